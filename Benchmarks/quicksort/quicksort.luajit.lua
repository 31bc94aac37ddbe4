-- Recursion over an array that is changed in place. LuaJIT has no integers: the generator's product,
-- over 2^53, is made in two halves.
local floor = math.floor

local function sort(xs, low, high)
  local pivot = xs[floor((low + high) / 2)]
  local i, j = low, high
  while i <= j do
    while xs[i] < pivot do i = i + 1 end
    while xs[j] > pivot do j = j - 1 end
    if i <= j then
      local t = xs[i]
      xs[i] = xs[j]
      xs[j] = t
      i = i + 1
      j = j - 1
    end
  end
  if low < j then sort(xs, low, j) end
  if i < high then sort(xs, i, high) end
end

local n = 2000000
local xs = {}
local seed = 42
for i = 0, n - 1 do
  local low = seed % 65536
  local high = (seed - low) / 65536
  seed = (high * 1103515245 % 2147483648 * 65536 + low * 1103515245 + 12345) % 2147483648
  xs[i] = floor(seed / 8) % 1000000
end
sort(xs, 0, n - 1)
local ordered = true
for i = 1, n - 1 do
  if xs[i - 1] > xs[i] then ordered = false end
end
print(string.format("%s %d %d %d", ordered, xs[0], xs[n / 2], xs[n - 1]))
