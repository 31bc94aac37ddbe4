-- Floating point in nested loops over arrays, with a small function inside. LuaJIT has no `//`: the product is even, so `/` is as exact.
local function a(i, j)
  return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1)
end

local function times(v, u)
  local n = #v
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do
      sum = sum + a(i - 1, j - 1) * u[j]
    end
    v[i] = sum
  end
end

local function times_transposed(v, u)
  local n = #v
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do
      sum = sum + a(j - 1, i - 1) * u[j]
    end
    v[i] = sum
  end
end

local function times_both(v, u, t)
  times(t, u)
  times_transposed(v, t)
end

local n = 500
local u, v, t = {}, {}, {}
for i = 1, n do
  u[i] = 1.0
  v[i] = 0.0
  t[i] = 0.0
end
for i = 1, 10 do
  times_both(v, u, t)
  times_both(u, v, t)
end
local vbv, vv = 0.0, 0.0
for i = 1, n do
  vbv = vbv + u[i] * v[i]
  vv = vv + v[i] * v[i]
end
print(string.format("%.9f", math.sqrt(vbv / vv)))
