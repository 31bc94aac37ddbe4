-- Dynamic programming: the edit distance of two long texts, a row at a time.
local floor = math.floor

local function random_text(length, start)
  local letters = "acgt"
  local seed = start
  local parts = {}
  for i = 1, length do
    seed = seed * 16807 % 2147483647
    local k = floor(seed / 1000) % 4 + 1
    parts[i] = letters:sub(k, k)
  end
  return table.concat(parts)
end

local function bytes(s)
  local xs = {}
  for i = 1, #s do xs[i] = s:byte(i) end
  return xs
end

local function distance(from, to)
  local a, b = bytes(from), bytes(to)
  local n = #b
  local previous, current = {}, {}
  for j = 0, n do
    previous[j + 1] = j
    current[j + 1] = 0
  end
  for i = 1, #a do
    current[1] = i
    local x = a[i]
    for j = 1, n do
      local best = previous[j]
      if x ~= b[j] then best = best + 1 end
      local deleted = previous[j + 1] + 1
      if deleted < best then best = deleted end
      local inserted = current[j] + 1
      if inserted < best then best = inserted end
      current[j + 1] = best
    end
    previous, current = current, previous
  end
  return previous[n + 1]
end

print(string.format("%d %d", distance("kitten", "sitting"), distance("", "orus")))
print(string.format("%d", distance(random_text(4500, 1), random_text(4000, 2))))
