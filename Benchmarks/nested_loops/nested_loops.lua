-- Counted loops around integer arithmetic.
local function run(n)
  local sum = 0
  for a = 0, n - 1 do
    for b = 0, n - 1 do
      for c = 0, n - 1 do
        for d = 0, n - 1 do
          sum = sum + ((a ~ b) + (c & d))
        end
      end
    end
  end
  return sum
end

print(run(90))
