-- A large live set whose members are replaced all the time: old objects that point to new ones, and much garbage.
local function make_links(start, length)
  local links = nil
  for i = 0, length - 1 do links = { value = start + i, next = links } end
  return links
end

local function sum_links(start)
  local total = 0
  local at = start
  while at do
    total = total + at.value
    at = at.next
  end
  return total
end

local function make_record(id)
  return { id = id, tags = { id % 7, id % 11, id % 13 }, links = make_links(id % 100, id % 5), peer = nil }
end

local function churn(size, steps)
  local live = {}
  for i = 0, size - 1 do live[i + 1] = make_record(i) end
  local seed, checksum = 99, 0
  for step = 0, steps - 1 do
    seed = seed * 16807 % 2147483647
    local at = seed % size
    local old = live[at + 1]
    local fresh = make_record(size + step)
    local total = old.tags[1] + old.tags[2] + old.tags[3] + sum_links(old.links)
    if old.peer then total = total + old.peer.id % 1000 end
    checksum = (checksum * 31 + total) % 1000003
    live[at + 1] = fresh
    live[(at + 1) % size + 1].peer = fresh
    old.peer = nil
  end
  for _, record in ipairs(live) do checksum = (checksum * 31 + record.id) % 1000003 end
  return checksum
end

print(string.format("%d", churn(20000, 150000)))
