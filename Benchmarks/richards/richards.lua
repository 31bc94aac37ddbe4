-- A small operating system's scheduler: tasks of several kinds that send packets to each other.
local floor = math.floor

local IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = 0, 1, 2, 3, 4, 5
local KIND_DEVICE, KIND_WORK = 0, 1
local DATA_SIZE = 4

-- States are bits; the three operations on them without operators that LuaJIT cannot read.
local RUNNING, RUNNABLE, SUSPENDED, SUSPENDED_RUNNABLE, HELD = 0, 1, 2, 3, 4
local band, bor, bxor
if jit then
  local bit = require("bit")
  band, bor, bxor = bit.band, bit.bor, bit.bxor
else
  band, bor, bxor = load([[
    return function(a, b) return a & b end, function(a, b) return a | b end, function(a, b) return a ~ b end
  ]])()
end

local Packet = {}
Packet.__index = Packet

function Packet.new(link, id, kind)
  return setmetatable({ link = link, id = id, kind = kind, datum = 0, data = { 0, 0, 0, 0 } }, Packet)
end

function Packet:add_to(queue)
  self.link = nil
  if queue == nil then return self end
  local last = queue
  while last.link do last = last.link end
  last.link = self
  return queue
end

local IdleTask = {}
IdleTask.__index = IdleTask

function IdleTask:run(scheduler, packet)
  self.count = self.count - 1
  if self.count == 0 then return scheduler:hold_current() end
  if band(self.seed, 1) == 0 then
    self.seed = floor(self.seed / 2)
    return scheduler:release(DEVICE_A)
  end
  self.seed = bxor(floor(self.seed / 2), 0xD008)
  return scheduler:release(DEVICE_B)
end

local DeviceTask = {}
DeviceTask.__index = DeviceTask

function DeviceTask:run(scheduler, packet)
  if packet then
    self.pending = packet
    return scheduler:hold_current()
  end
  local pending = self.pending
  if pending == nil then return scheduler:suspend_current() end
  self.pending = nil
  return scheduler:queue(pending)
end

local WorkerTask = {}
WorkerTask.__index = WorkerTask

function WorkerTask:run(scheduler, packet)
  if packet == nil then return scheduler:suspend_current() end
  self.target = self.target == HANDLER_A and HANDLER_B or HANDLER_A
  packet.id = self.target
  packet.datum = 0
  for i = 1, DATA_SIZE do
    self.letter = self.letter + 1
    if self.letter > 26 then self.letter = 1 end
    packet.data[i] = self.letter
  end
  return scheduler:queue(packet)
end

local HandlerTask = {}
HandlerTask.__index = HandlerTask

function HandlerTask:run(scheduler, packet)
  if packet then
    if packet.kind == KIND_WORK then
      self.work = packet:add_to(self.work)
    else
      self.devices = packet:add_to(self.devices)
    end
  end
  local work = self.work
  if work then
    local count = work.datum
    if count >= DATA_SIZE then
      self.work = work.link
      return scheduler:queue(work)
    end
    local device = self.devices
    if device then
      self.devices = device.link
      device.datum = work.data[count + 1]
      work.datum = count + 1
      return scheduler:queue(device)
    end
  end
  return scheduler:suspend_current()
end

-- A task's control block.
local Block = {}
Block.__index = Block

function Block:is_held_or_suspended()
  return band(self.state, HELD) ~= 0 or self.state == SUSPENDED
end

function Block:run(scheduler)
  local packet = nil
  if self.state == SUSPENDED_RUNNABLE then
    packet = self.queue
    self.queue = packet.link
    self.state = self.queue == nil and RUNNING or RUNNABLE
  end
  return self.task:run(scheduler, packet)
end

function Block:check_priority_add(current, packet)
  if self.queue == nil then
    self.queue = packet
    self.state = bor(self.state, RUNNABLE)
    if self.priority > current.priority then return self end
  else
    self.queue = packet:add_to(self.queue)
  end
  return current
end

local Scheduler = {}
Scheduler.__index = Scheduler

function Scheduler:add_task(id, priority, queue, task)
  local state = queue == nil and SUSPENDED or SUSPENDED_RUNNABLE
  local block = setmetatable(
    { link = self.list, id = id, priority = priority, queue = queue, state = state, task = task }, Block)
  self.list = block
  self.blocks[#self.blocks + 1] = block
  return block
end

function Scheduler:schedule()
  self.current = self.list
  while self.current do
    local block = self.current
    if block:is_held_or_suspended() then
      self.current = block.link
    else
      self.current = block:run(self)
    end
  end
end

function Scheduler:release(id)
  local block = self.blocks[id + 1]
  block.state = band(block.state, 3)
  return block.priority > self.current.priority and block or self.current
end

function Scheduler:hold_current()
  self.hold_count = self.hold_count + 1
  local block = self.current
  block.state = bor(block.state, HELD)
  return block.link
end

function Scheduler:suspend_current()
  local block = self.current
  block.state = bor(block.state, SUSPENDED)
  return block
end

function Scheduler:queue(packet)
  local block = self.blocks[packet.id + 1]
  self.queue_count = self.queue_count + 1
  packet.link = nil
  packet.id = self.current.id
  return block:check_priority_add(self.current, packet)
end

local function packets(count, id, kind)
  local queue = nil
  for _ = 1, count do queue = Packet.new(queue, id, kind) end
  return queue
end

local function run(count)
  local scheduler = setmetatable({ queue_count = 0, hold_count = 0, blocks = {}, list = nil, current = nil }, Scheduler)
  local idle = scheduler:add_task(IDLE, 0, nil, setmetatable({ seed = 1, count = count }, IdleTask))
  idle.state = RUNNING
  local worker = setmetatable({ target = HANDLER_A, letter = 0 }, WorkerTask)
  scheduler:add_task(WORKER, 1000, packets(2, WORKER, KIND_WORK), worker)
  scheduler:add_task(HANDLER_A, 2000, packets(3, DEVICE_A, KIND_DEVICE), setmetatable({}, HandlerTask))
  scheduler:add_task(HANDLER_B, 3000, packets(3, DEVICE_B, KIND_DEVICE), setmetatable({}, HandlerTask))
  scheduler:add_task(DEVICE_A, 4000, nil, setmetatable({}, DeviceTask))
  scheduler:add_task(DEVICE_B, 5000, nil, setmetatable({}, DeviceTask))
  scheduler:schedule()
  return scheduler.queue_count, scheduler.hold_count
end

local queued, held
for _ = 1, 20 do queued, held = run(10000) end
print(string.format("queued %d, held %d", queued, held))
