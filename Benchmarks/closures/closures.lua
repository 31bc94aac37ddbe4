-- Functions made at run time: captured values, captured variables, composition, functions over arrays.
local function adder(n)
  return function(x) return x + n end
end

local function scaler(n)
  return function(x) return x * n % 1000003 end
end

local function compose(f, g)
  return function(x) return g(f(x)) end
end

local function counter(step)
  local n = 0
  return function()
    n = n + step
    return n
  end
end

local function transform(xs, f)
  local out = {}
  for _, x in ipairs(xs) do out[#out + 1] = f(x) end
  return out
end

local function keep(xs, wanted)
  local out = {}
  for _, x in ipairs(xs) do
    if wanted(x) then out[#out + 1] = x end
  end
  return out
end

local function fold(xs, start, f)
  local total = start
  for _, x in ipairs(xs) do total = f(total, x) end
  return total
end

local function run_chain(rounds)
  local chain = adder(1)
  for i = 0, 5 do
    chain = compose(chain, scaler(i + 2))
    chain = compose(chain, adder(i * 3))
  end
  local total = 0
  for i = 0, rounds - 1 do total = total + chain(i) end
  return total
end

local function run_counters(rounds)
  local counters = { counter(1), counter(2), counter(3) }
  local total = 0
  for i = 0, rounds - 1 do total = total + counters[i % 3 + 1]() end
  return total
end

local function run_arrays(rounds)
  local numbers = {}
  for i = 0, 999 do numbers[i + 1] = i end
  local total = 0
  for round = 0, rounds - 1 do
    local shifted = transform(numbers, function(x) return x * 3 + round end)
    local chosen = keep(shifted, function(x) return x % 2 == round % 2 end)
    total = fold(chosen, total, function(t, x) return (t * 31 + x) % 1000003 end)
  end
  return total
end

print(string.format("%d", run_chain(600000)))
print(string.format("%d", run_counters(3000000)))
print(string.format("%d", run_arrays(2000)))
