-- A map of integers beside a doubly linked list: a cache that drops what was used longest ago.
local floor = math.floor

-- The root is no entry: root.next is the entry used last, root.prev the one used first.
local Cache = {}
Cache.__index = Cache

function Cache.new(capacity)
  local root = { key = -1, value = 0, prev = nil, next = nil }
  root.prev = root
  root.next = root
  return setmetatable({ capacity = capacity, nodes = {}, length = 0, root = root, evicted = 0 }, Cache)
end

function Cache:unlink(node)
  local before = node.prev
  local after = node.next
  before.next = after
  after.prev = before
end

function Cache:link_first(node)
  local after = self.root.next
  node.prev = self.root
  node.next = after
  self.root.next = node
  after.prev = node
end

function Cache:get(key)
  local node = self.nodes[key]
  if node == nil then return nil end
  self:unlink(node)
  self:link_first(node)
  return node.value
end

function Cache:put(key, value)
  if self.length >= self.capacity then
    local oldest = self.root.prev
    self:unlink(oldest)
    self.nodes[oldest.key] = nil
    self.length = self.length - 1
    self.evicted = self.evicted + 1
  end
  local node = { key = key, value = value, prev = nil, next = nil }
  self:link_first(node)
  self.nodes[key] = node
  self.length = self.length + 1
end

local cache = Cache.new(2000)
local seed = 11
local hits, misses, checksum = 0, 0, 0
for _ = 1, 1000000 do
  seed = seed * 16807 % 2147483647
  local a = seed % 8000
  local b = floor(seed / 8000) % 8000
  local key = floor(a * b / 8000)
  local value = cache:get(key)
  if value then
    hits = hits + 1
    checksum = (checksum * 31 + value) % 1000003
  else
    misses = misses + 1
    cache:put(key, key * 7 + 1)
  end
end
print(string.format("hits %d, misses %d, evicted %d, checksum %d", hits, misses, cache.evicted, checksum))
