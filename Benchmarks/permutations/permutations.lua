-- Every order of nine numbers, each kept as an array of its own, then a checksum over them.
local function copy(xs)
  local ys = {}
  for i = 1, #xs do ys[i] = xs[i] end
  return ys
end

local function permute(items, k, out)
  if k == 1 then
    out[#out + 1] = copy(items)
    return
  end
  for i = 1, k do
    permute(items, k - 1, out)
    local j = k % 2 == 0 and i or 1
    items[j], items[k] = items[k], items[j]
  end
end

local function inversions(p)
  local n = #p
  local count = 0
  for i = 1, n do
    for j = i + 1, n do
      if p[i] > p[j] then count = count + 1 end
    end
  end
  return count
end

local n = 9
local items = {}
for i = 1, n do items[i] = i - 1 end
local all = {}
permute(items, n, all)
local odd, total, checksum = 0, 0, 0
for _, p in ipairs(all) do
  local count = inversions(p)
  total = total + count
  odd = odd + count % 2
  for _, x in ipairs(p) do
    checksum = (checksum * 31 + x) % 1000003
  end
end
print(string.format("%d %d %d %d", #all, odd, total, checksum))
