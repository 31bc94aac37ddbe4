// A small operating system's scheduler: tasks of several kinds that send packets to each other.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B, IDS };
enum { KIND_DEVICE, KIND_WORK };
enum { DATA_SIZE = 4 };
enum { RUNNING = 0, RUNNABLE = 1, SUSPENDED = 2, SUSPENDED_RUNNABLE = 3, HELD = 4 };

typedef struct Packet Packet;
struct Packet {
  Packet *link;
  int id, kind, datum;
  int data[DATA_SIZE];
};

static Packet *packet_new(Packet *link, int id, int kind) {
  Packet *p = calloc(1, sizeof(Packet));
  p->link = link;
  p->id = id;
  p->kind = kind;
  return p;
}

static Packet *add_to(Packet *packet, Packet *queue) {
  packet->link = NULL;
  if (!queue) return packet;
  Packet *last = queue;
  while (last->link) last = last->link;
  last->link = packet;
  return queue;
}

typedef struct Block Block;
typedef struct Scheduler Scheduler;
typedef struct Task Task;
struct Task {
  Block *(*run)(Task *self, Scheduler *scheduler, Packet *packet);
  union {
    struct { int seed, count; };        // idle
    struct { int target, letter; };     // worker
    struct { Packet *work, *devices; }; // handler
    Packet *pending;                    // device
  };
};

// A task's control block.
struct Block {
  Block *link;
  int id, priority;
  Packet *queue;
  int state;
  Task task;
};

struct Scheduler {
  int queue_count, hold_count, block_count;
  Block *blocks[IDS];
  Block *list, *current;
};

static bool is_held_or_suspended(const Block *b) {
  return (b->state & HELD) != 0 || b->state == SUSPENDED;
}

static Block *block_run(Block *b, Scheduler *scheduler) {
  Packet *packet = NULL;
  if (b->state == SUSPENDED_RUNNABLE) {
    packet = b->queue;
    b->queue = packet->link;
    b->state = b->queue ? RUNNABLE : RUNNING;
  }
  return b->task.run(&b->task, scheduler, packet);
}

static Block *check_priority_add(Block *b, Block *current, Packet *packet) {
  if (!b->queue) {
    b->queue = packet;
    b->state |= RUNNABLE;
    if (b->priority > current->priority) return b;
  } else {
    b->queue = add_to(packet, b->queue);
  }
  return current;
}

static Block *add_task(Scheduler *s, int id, int priority, Packet *queue, Task task) {
  Block *b = malloc(sizeof(Block));
  *b = (Block){s->list, id, priority, queue, queue ? SUSPENDED_RUNNABLE : SUSPENDED, task};
  s->list = b;
  s->blocks[s->block_count++] = b;
  return b;
}

static void schedule(Scheduler *s) {
  s->current = s->list;
  while (s->current) {
    Block *b = s->current;
    s->current = is_held_or_suspended(b) ? b->link : block_run(b, s);
  }
}

static Block *release(Scheduler *s, int id) {
  Block *b = s->blocks[id];
  b->state &= ~HELD;
  return b->priority > s->current->priority ? b : s->current;
}

static Block *hold_current(Scheduler *s) {
  s->hold_count++;
  s->current->state |= HELD;
  return s->current->link;
}

static Block *suspend_current(Scheduler *s) {
  s->current->state |= SUSPENDED;
  return s->current;
}

static Block *queue(Scheduler *s, Packet *packet) {
  Block *b = s->blocks[packet->id];
  s->queue_count++;
  packet->link = NULL;
  packet->id = s->current->id;
  return check_priority_add(b, s->current, packet);
}

static Block *run_idle(Task *self, Scheduler *s, Packet *packet) {
  (void)packet;
  self->count--;
  if (self->count == 0) return hold_current(s);
  if ((self->seed & 1) == 0) {
    self->seed = self->seed >> 1;
    return release(s, DEVICE_A);
  }
  self->seed = (self->seed >> 1) ^ 0xD008;
  return release(s, DEVICE_B);
}

static Block *run_device(Task *self, Scheduler *s, Packet *packet) {
  if (packet) {
    self->pending = packet;
    return hold_current(s);
  }
  Packet *pending = self->pending;
  if (!pending) return suspend_current(s);
  self->pending = NULL;
  return queue(s, pending);
}

static Block *run_worker(Task *self, Scheduler *s, Packet *packet) {
  if (!packet) return suspend_current(s);
  self->target = self->target == HANDLER_A ? HANDLER_B : HANDLER_A;
  packet->id = self->target;
  packet->datum = 0;
  for (int i = 0; i < DATA_SIZE; i++) {
    self->letter++;
    if (self->letter > 26) self->letter = 1;
    packet->data[i] = self->letter;
  }
  return queue(s, packet);
}

static Block *run_handler(Task *self, Scheduler *s, Packet *packet) {
  if (packet) {
    if (packet->kind == KIND_WORK)
      self->work = add_to(packet, self->work);
    else
      self->devices = add_to(packet, self->devices);
  }
  Packet *work = self->work;
  if (work) {
    int count = work->datum;
    if (count >= DATA_SIZE) {
      self->work = work->link;
      return queue(s, work);
    }
    Packet *device = self->devices;
    if (device) {
      self->devices = device->link;
      device->datum = work->data[count];
      work->datum = count + 1;
      return queue(s, device);
    }
  }
  return suspend_current(s);
}

static Packet *packets(int count, int id, int kind) {
  Packet *queue = NULL;
  for (int i = 0; i < count; i++) queue = packet_new(queue, id, kind);
  return queue;
}

static Scheduler run(int count) {
  Scheduler s = {0};
  Block *idle = add_task(&s, IDLE, 0, NULL, (Task){.run = run_idle, .seed = 1, .count = count});
  idle->state = RUNNING;
  Task worker = {.run = run_worker, .target = HANDLER_A, .letter = 0};
  add_task(&s, WORKER, 1000, packets(2, WORKER, KIND_WORK), worker);
  add_task(&s, HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE), (Task){.run = run_handler});
  add_task(&s, HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE), (Task){.run = run_handler});
  add_task(&s, DEVICE_A, 4000, NULL, (Task){.run = run_device});
  add_task(&s, DEVICE_B, 5000, NULL, (Task){.run = run_device});
  schedule(&s);
  return s;
}

int main(void) {
  Scheduler s = {0};
  for (int i = 0; i < 20; i++) s = run(10000);
  printf("queued %d, held %d\n", s.queue_count, s.hold_count);
}
