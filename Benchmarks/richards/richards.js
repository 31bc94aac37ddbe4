// A small operating system's scheduler: tasks of several kinds that send packets to each other.
const IDLE = 0, WORKER = 1, HANDLER_A = 2, HANDLER_B = 3, DEVICE_A = 4, DEVICE_B = 5;
const KIND_DEVICE = 0, KIND_WORK = 1;
const DATA_SIZE = 4;
const RUNNING = 0, RUNNABLE = 1, SUSPENDED = 2, SUSPENDED_RUNNABLE = 3, HELD = 4;

class Packet {
  constructor(link, id, kind) {
    this.link = link;
    this.id = id;
    this.kind = kind;
    this.datum = 0;
    this.data = new Array(DATA_SIZE).fill(0);
  }

  addTo(queue) {
    this.link = null;
    if (queue === null) return this;
    let last = queue;
    while (last.link !== null) last = last.link;
    last.link = this;
    return queue;
  }
}

class IdleTask {
  constructor(seed, count) {
    this.seed = seed;
    this.count = count;
  }

  run(scheduler, _packet) {
    this.count--;
    if (this.count === 0) return scheduler.holdCurrent();
    if ((this.seed & 1) === 0) {
      this.seed = this.seed >> 1;
      return scheduler.release(DEVICE_A);
    }
    this.seed = (this.seed >> 1) ^ 0xD008;
    return scheduler.release(DEVICE_B);
  }
}

class DeviceTask {
  constructor() {
    this.pending = null;
  }

  run(scheduler, packet) {
    if (packet !== null) {
      this.pending = packet;
      return scheduler.holdCurrent();
    }
    const pending = this.pending;
    if (pending === null) return scheduler.suspendCurrent();
    this.pending = null;
    return scheduler.queue(pending);
  }
}

class WorkerTask {
  constructor(target, letter) {
    this.target = target;
    this.letter = letter;
  }

  run(scheduler, packet) {
    if (packet === null) return scheduler.suspendCurrent();
    this.target = this.target === HANDLER_A ? HANDLER_B : HANDLER_A;
    packet.id = this.target;
    packet.datum = 0;
    for (let i = 0; i < DATA_SIZE; i++) {
      this.letter++;
      if (this.letter > 26) this.letter = 1;
      packet.data[i] = this.letter;
    }
    return scheduler.queue(packet);
  }
}

class HandlerTask {
  constructor() {
    this.work = null;
    this.devices = null;
  }

  run(scheduler, packet) {
    if (packet !== null) {
      if (packet.kind === KIND_WORK) {
        this.work = packet.addTo(this.work);
      } else {
        this.devices = packet.addTo(this.devices);
      }
    }
    const work = this.work;
    if (work !== null) {
      const count = work.datum;
      if (count >= DATA_SIZE) {
        this.work = work.link;
        return scheduler.queue(work);
      }
      const device = this.devices;
      if (device !== null) {
        this.devices = device.link;
        device.datum = work.data[count];
        work.datum = count + 1;
        return scheduler.queue(device);
      }
    }
    return scheduler.suspendCurrent();
  }
}

// A task's control block.
class Block {
  constructor(link, id, priority, queue, state, task) {
    this.link = link;
    this.id = id;
    this.priority = priority;
    this.queue = queue;
    this.state = state;
    this.task = task;
  }

  isHeldOrSuspended() {
    return (this.state & HELD) !== 0 || this.state === SUSPENDED;
  }

  run(scheduler) {
    let packet = null;
    if (this.state === SUSPENDED_RUNNABLE) {
      packet = this.queue;
      this.queue = packet.link;
      this.state = this.queue === null ? RUNNING : RUNNABLE;
    }
    return this.task.run(scheduler, packet);
  }

  checkPriorityAdd(current, packet) {
    if (this.queue === null) {
      this.queue = packet;
      this.state |= RUNNABLE;
      if (this.priority > current.priority) return this;
    } else {
      this.queue = packet.addTo(this.queue);
    }
    return current;
  }
}

class Scheduler {
  constructor() {
    this.queueCount = 0;
    this.holdCount = 0;
    this.blocks = [];
    this.list = null;
    this.current = null;
  }

  addTask(id, priority, queue, task) {
    const state = queue === null ? SUSPENDED : SUSPENDED_RUNNABLE;
    const block = new Block(this.list, id, priority, queue, state, task);
    this.list = block;
    this.blocks.push(block);
    return block;
  }

  schedule() {
    this.current = this.list;
    while (this.current !== null) {
      const block = this.current;
      if (block.isHeldOrSuspended()) {
        this.current = block.link;
      } else {
        this.current = block.run(this);
      }
    }
  }

  release(id) {
    const block = this.blocks[id];
    block.state &= ~HELD;
    return block.priority > this.current.priority ? block : this.current;
  }

  holdCurrent() {
    this.holdCount++;
    const block = this.current;
    block.state |= HELD;
    return block.link;
  }

  suspendCurrent() {
    const block = this.current;
    block.state |= SUSPENDED;
    return block;
  }

  queue(packet) {
    const block = this.blocks[packet.id];
    this.queueCount++;
    packet.link = null;
    packet.id = this.current.id;
    return block.checkPriorityAdd(this.current, packet);
  }
}

function packets(count, id, kind) {
  let queue = null;
  for (let i = 0; i < count; i++) queue = new Packet(queue, id, kind);
  return queue;
}

function run(count) {
  const scheduler = new Scheduler();
  const idle = scheduler.addTask(IDLE, 0, null, new IdleTask(1, count));
  idle.state = RUNNING;
  scheduler.addTask(WORKER, 1000, packets(2, WORKER, KIND_WORK), new WorkerTask(HANDLER_A, 0));
  scheduler.addTask(HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE), new HandlerTask());
  scheduler.addTask(HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE), new HandlerTask());
  scheduler.addTask(DEVICE_A, 4000, null, new DeviceTask());
  scheduler.addTask(DEVICE_B, 5000, null, new DeviceTask());
  scheduler.schedule();
  return [scheduler.queueCount, scheduler.holdCount];
}

let queued = 0, held = 0;
for (let i = 0; i < 20; i++) [queued, held] = run(10000);
console.log(`queued ${queued}, held ${held}`);
