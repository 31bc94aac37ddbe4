-- Counted loops around integer arithmetic. LuaJIT has no bit operators: this is nested_loops.lua over its `bit`.
local bit = require("bit")
local band, bxor = bit.band, bit.bxor

local function run(n)
  local sum = 0
  for a = 0, n - 1 do
    for b = 0, n - 1 do
      for c = 0, n - 1 do
        for d = 0, n - 1 do
          sum = sum + (bxor(a, b) + band(c, d))
        end
      end
    end
  end
  return sum
end

print(string.format("%d", run(90)))
