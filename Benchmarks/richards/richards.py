# A small operating system's scheduler: tasks of several kinds that send packets to each other.
IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1
DATA_SIZE = 4
RUNNING, RUNNABLE, SUSPENDED, SUSPENDED_RUNNABLE, HELD = 0, 1, 2, 3, 4


class Packet:
    def __init__(self, link, id, kind):
        self.link = link
        self.id = id
        self.kind = kind
        self.datum = 0
        self.data = [0] * DATA_SIZE

    def add_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class IdleTask:
    def __init__(self, seed, count):
        self.seed = seed
        self.count = count

    def run(self, scheduler, packet):
        self.count -= 1
        if self.count == 0:
            return scheduler.hold_current()
        if self.seed & 1 == 0:
            self.seed = self.seed >> 1
            return scheduler.release(DEVICE_A)
        self.seed = (self.seed >> 1) ^ 0xD008
        return scheduler.release(DEVICE_B)


class DeviceTask:
    def __init__(self):
        self.pending = None

    def run(self, scheduler, packet):
        if packet is not None:
            self.pending = packet
            return scheduler.hold_current()
        pending = self.pending
        if pending is None:
            return scheduler.suspend_current()
        self.pending = None
        return scheduler.queue(pending)


class WorkerTask:
    def __init__(self, target, letter):
        self.target = target
        self.letter = letter

    def run(self, scheduler, packet):
        if packet is None:
            return scheduler.suspend_current()
        self.target = HANDLER_B if self.target == HANDLER_A else HANDLER_A
        packet.id = self.target
        packet.datum = 0
        for i in range(DATA_SIZE):
            self.letter += 1
            if self.letter > 26:
                self.letter = 1
            packet.data[i] = self.letter
        return scheduler.queue(packet)


class HandlerTask:
    def __init__(self):
        self.work = None
        self.devices = None

    def run(self, scheduler, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.add_to(self.work)
            else:
                self.devices = packet.add_to(self.devices)
        work = self.work
        if work is not None:
            count = work.datum
            if count >= DATA_SIZE:
                self.work = work.link
                return scheduler.queue(work)
            device = self.devices
            if device is not None:
                self.devices = device.link
                device.datum = work.data[count]
                work.datum = count + 1
                return scheduler.queue(device)
        return scheduler.suspend_current()


class Block:
    """A task's control block."""

    def __init__(self, link, id, priority, queue, state, task):
        self.link = link
        self.id = id
        self.priority = priority
        self.queue = queue
        self.state = state
        self.task = task

    def is_held_or_suspended(self):
        return self.state & HELD != 0 or self.state == SUSPENDED

    def run(self, scheduler):
        packet = None
        if self.state == SUSPENDED_RUNNABLE:
            packet = self.queue
            self.queue = packet.link
            self.state = RUNNING if self.queue is None else RUNNABLE
        return self.task.run(scheduler, packet)

    def check_priority_add(self, current, packet):
        if self.queue is None:
            self.queue = packet
            self.state |= RUNNABLE
            if self.priority > current.priority:
                return self
        else:
            self.queue = packet.add_to(self.queue)
        return current


class Scheduler:
    def __init__(self):
        self.queue_count = 0
        self.hold_count = 0
        self.blocks = []
        self.list = None
        self.current = None

    def add_task(self, id, priority, queue, task):
        state = SUSPENDED if queue is None else SUSPENDED_RUNNABLE
        block = Block(self.list, id, priority, queue, state, task)
        self.list = block
        self.blocks.append(block)
        return block

    def schedule(self):
        self.current = self.list
        while self.current is not None:
            block = self.current
            if block.is_held_or_suspended():
                self.current = block.link
            else:
                self.current = block.run(self)

    def release(self, id):
        block = self.blocks[id]
        block.state &= ~HELD
        return block if block.priority > self.current.priority else self.current

    def hold_current(self):
        self.hold_count += 1
        block = self.current
        block.state |= HELD
        return block.link

    def suspend_current(self):
        block = self.current
        block.state |= SUSPENDED
        return block

    def queue(self, packet):
        block = self.blocks[packet.id]
        self.queue_count += 1
        packet.link = None
        packet.id = self.current.id
        return block.check_priority_add(self.current, packet)


def packets(count, id, kind):
    queue = None
    for _ in range(count):
        queue = Packet(queue, id, kind)
    return queue


def run(count):
    scheduler = Scheduler()
    idle = scheduler.add_task(IDLE, 0, None, IdleTask(1, count))
    idle.state = RUNNING
    scheduler.add_task(WORKER, 1000, packets(2, WORKER, KIND_WORK), WorkerTask(HANDLER_A, 0))
    scheduler.add_task(HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE), HandlerTask())
    scheduler.add_task(HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE), HandlerTask())
    scheduler.add_task(DEVICE_A, 4000, None, DeviceTask())
    scheduler.add_task(DEVICE_B, 5000, None, DeviceTask())
    scheduler.schedule()
    return scheduler.queue_count, scheduler.hold_count


for _ in range(20):
    queued, held = run(10000)
print(f"queued {queued}, held {held}")
