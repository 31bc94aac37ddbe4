-- Products of matrices, as arrays of rows; the second factor is transposed first.
local function matrix(n, seed)
  local scale = seed / n / n
  local a = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j + 1] = scale * ((i - j) * (i + j)) end
    a[i + 1] = row
  end
  return a
end

local function transpose(a)
  local n = #a
  local t = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do row[j] = a[j][i] end
    t[i] = row
  end
  return t
end

local function multiply(a, b)
  local n = #a
  local columns = transpose(b)
  local c = {}
  for i = 1, n do
    local row = a[i]
    local out = {}
    for j = 1, n do
      local column = columns[j]
      local sum = 0.0
      for k = 1, n do
        sum = sum + row[k] * column[k]
      end
      out[j] = sum
    end
    c[i] = out
  end
  return c
end

local n = 400
local a = matrix(n, 1.0)
local b = matrix(n, 2.0)
local c = multiply(a, b)
local trace = 0.0
for i = 1, n do trace = trace + c[i][i] end
print(string.format("%.9f %.9f", c[n / 2 + 1][n / 2 + 1], trace))
