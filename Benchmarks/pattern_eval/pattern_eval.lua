-- An evaluator and a simplifier over tagged tables, with nested tests.
local floor = math.floor
local MODULUS = 1000003

local NUM, VAR, NEG, ADD, SUB, MUL, IF = 1, 2, 3, 4, 5, 6, 7

local function num(value) return { tag = NUM, value = value } end
local function neg(of) return { tag = NEG, of = of } end
local function binary(tag, left, right) return { tag = tag, left = left, right = right } end
local function choice(condition, yes, no) return { tag = IF, condition = condition, yes = yes, no = no } end

local Random = {}
Random.__index = Random

function Random:below(n)
  self.seed = self.seed * 16807 % 2147483647
  return floor(self.seed / 1000) % n
end

local function generate(random, depth)
  if depth == 0 then
    if random:below(3) == 0 then return num(random:below(3)) end
    return { tag = VAR, index = random:below(8) }
  end
  local kind = random:below(6)
  local left = generate(random, depth - 1)
  if kind == 0 then return neg(left) end
  local right = generate(random, depth - 1)
  if kind == 1 or kind == 2 then return binary(ADD, left, right) end
  if kind == 3 then return binary(SUB, left, right) end
  if kind == 4 then return binary(MUL, left, right) end
  return choice(left, right, generate(random, depth - 1))
end

local function eval(e, env)
  local tag = e.tag
  if tag == NUM then return e.value
  elseif tag == VAR then return env[e.index + 1]
  elseif tag == NEG then return (MODULUS - eval(e.of, env)) % MODULUS
  elseif tag == ADD then return (eval(e.left, env) + eval(e.right, env)) % MODULUS
  elseif tag == SUB then return (eval(e.left, env) + MODULUS - eval(e.right, env)) % MODULUS
  elseif tag == MUL then return eval(e.left, env) * eval(e.right, env) % MODULUS
  elseif eval(e.condition, env) % 2 == 1 then return eval(e.yes, env)
  else return eval(e.no, env) end
end

local function is_num(e, value) return e.tag == NUM and e.value == value end

local function simplify_node(e)
  local tag = e.tag
  if tag == NEG then
    if e.of.tag == NUM then return num((MODULUS - e.of.value) % MODULUS) end
    if e.of.tag == NEG then return e.of.of end
  elseif tag == ADD then
    if e.left.tag == NUM and e.right.tag == NUM then return num((e.left.value + e.right.value) % MODULUS) end
    if is_num(e.left, 0) then return e.right end
    if is_num(e.right, 0) then return e.left end
  elseif tag == SUB then
    if e.left.tag == NUM and e.right.tag == NUM then return num((e.left.value + MODULUS - e.right.value) % MODULUS) end
    if is_num(e.right, 0) then return e.left end
  elseif tag == MUL then
    if e.left.tag == NUM and e.right.tag == NUM then return num(e.left.value * e.right.value % MODULUS) end
    if is_num(e.left, 0) or is_num(e.right, 0) then return num(0) end
    if is_num(e.left, 1) then return e.right end
    if is_num(e.right, 1) then return e.left end
  elseif tag == IF then
    if e.condition.tag == NUM then return e.condition.value % 2 == 1 and e.yes or e.no end
  end
  return e
end

local function simplify(e)
  local tag = e.tag
  if tag == NEG then return simplify_node(neg(simplify(e.of)))
  elseif tag == ADD or tag == SUB or tag == MUL then
    return simplify_node(binary(tag, simplify(e.left), simplify(e.right)))
  elseif tag == IF then
    return simplify_node(choice(simplify(e.condition), simplify(e.yes), simplify(e.no)))
  end
  return e
end

local function size(e)
  local tag = e.tag
  if tag == NUM or tag == VAR then return 1
  elseif tag == NEG then return 1 + size(e.of)
  elseif tag == IF then return 1 + size(e.condition) + size(e.yes) + size(e.no) end
  return 1 + size(e.left) + size(e.right)
end

local function evaluate_often(e, rounds)
  local total = 0
  for i = 0, rounds - 1 do
    local env = {}
    for k = 1, 8 do env[k] = (i * k + total) % MODULUS end
    total = (total + eval(e, env)) % MODULUS
  end
  return total
end

local e = generate(setmetatable({ seed = 12345 }, Random), 11)
print(string.format("size %d", size(e)))
print(string.format("value %d", evaluate_often(e, 1000)))
local smaller = e
for _ = 1, 90 do smaller = simplify(e) end
print(string.format("size %d", size(smaller)))
print(string.format("value %d", evaluate_often(smaller, 2000)))
