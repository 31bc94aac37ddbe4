-- An incremental solver of constraints of several strengths over a graph of variables.
local floor, max = math.floor, math.max

local REQUIRED, PREFERRED, STRONG_DEFAULT, NORMAL, WEAKEST = 0, 2, 3, 4, 6
local UNSATISFIED, FORWARD, BACKWARD = 0, 1, 2
local STAY, EDIT, EQUAL, SCALE = 1, 2, 3, 4

local Variable = {}
Variable.__index = Variable

function Variable.new(value)
  return setmetatable(
    { value = value, constraints = {}, determined_by = nil, mark = 0, walk_strength = WEAKEST, stay = true }, Variable)
end

function Variable:remove_constraint(constraint)
  for i = 1, #self.constraints do
    if self.constraints[i] == constraint then
      table.remove(self.constraints, i)
      break
    end
  end
  if self.determined_by == constraint then self.determined_by = nil end
end

-- From `left` to `right` or back; stays and edits have only an output, which is both.
local Constraint = {}
Constraint.__index = Constraint

function Constraint.new(kind, strength, left, right, scale, offset)
  return setmetatable({
    kind = kind, strength = strength, left = left, right = right, scale = scale, offset = offset, direction = UNSATISFIED,
  }, Constraint)
end

function Constraint:is_unary() return self.kind == STAY or self.kind == EDIT end
function Constraint:is_satisfied() return self.direction ~= UNSATISFIED end
function Constraint:output() return self.direction == BACKWARD and self.left or self.right end
function Constraint:input() return self.direction == BACKWARD and self.right or self.left end

local function push(list, item) list[#list + 1] = item end

local function pop(list)
  local n = #list
  local item = list[n]
  list[n] = nil
  return item
end

function Constraint:add_to_graph()
  self.direction = UNSATISFIED
  push(self.right.constraints, self)
  if not self:is_unary() then push(self.left.constraints, self) end
  if self.kind == SCALE then
    push(self.scale.constraints, self)
    push(self.offset.constraints, self)
  end
end

function Constraint:remove_from_graph()
  self.right:remove_constraint(self)
  if not self:is_unary() then self.left:remove_constraint(self) end
  if self.kind == SCALE then
    self.scale:remove_constraint(self)
    self.offset:remove_constraint(self)
  end
  self.direction = UNSATISFIED
end

function Constraint:can_write(target, mark)
  return target.mark ~= mark and self.strength < target.walk_strength
end

function Constraint:choose_method(mark)
  local forward = self:can_write(self.right, mark)
  if self:is_unary() or self.left.mark == mark then
    self.direction = forward and FORWARD or UNSATISFIED
  elseif self.right.mark == mark or self.left.walk_strength > self.right.walk_strength then
    self.direction = self:can_write(self.left, mark) and BACKWARD or UNSATISFIED
  else
    self.direction = forward and FORWARD or UNSATISFIED
  end
end

function Constraint:mark_inputs(mark)
  if self:is_unary() then return end
  self:input().mark = mark
  if self.kind == SCALE then
    self.scale.mark = mark
    self.offset.mark = mark
  end
end

function Constraint:inputs_known(mark)
  if self:is_unary() then return true end
  local source = self:input()
  return source.mark == mark or source.stay or source.determined_by == nil
end

function Constraint:recalculate()
  local out = self:output()
  if self:is_unary() then
    out.walk_strength = self.strength
    out.stay = self.kind == STAY
  elseif self.kind == EQUAL then
    out.walk_strength = max(self.strength, self:input().walk_strength)
    out.stay = self:input().stay
  else
    out.walk_strength = max(self.strength, self:input().walk_strength)
    out.stay = self:input().stay and self.scale.stay and self.offset.stay
  end
  if out.stay then self:execute() end
end

function Constraint:execute()
  if self.kind == EQUAL then
    self:output().value = self:input().value
  elseif self.kind == SCALE then
    if self.direction == FORWARD then
      self.right.value = self.left.value * self.scale.value + self.offset.value
    else
      self.left.value = floor((self.right.value - self.offset.value) / self.scale.value)
    end
  end
end

-- Enforces the constraint; what it overrides is given back.
function Constraint:satisfy(mark, planner)
  self:choose_method(mark)
  if not self:is_satisfied() then
    if self.strength == REQUIRED then error("cannot satisfy a required constraint") end
    return nil
  end
  self:mark_inputs(mark)
  local out = self:output()
  local overridden = out.determined_by
  if overridden then overridden.direction = UNSATISFIED end
  out.determined_by = self
  if not planner:add_propagate(self, mark) then error("a cycle") end
  out.mark = mark
  return overridden
end

local function add_consumers(variable, out)
  for _, constraint in ipairs(variable.constraints) do
    if constraint:is_satisfied() and variable.determined_by ~= constraint then push(out, constraint) end
  end
end

local Planner = {}
Planner.__index = Planner

function Planner.new() return setmetatable({ mark = 0 }, Planner) end

function Planner:constrain(kind, strength, left, right, scale, offset)
  local constraint = Constraint.new(kind, strength, left, right, scale, offset)
  constraint:add_to_graph()
  self:incremental_add(constraint)
  return constraint
end

function Planner:new_mark()
  self.mark = self.mark + 1
  return self.mark
end

function Planner:incremental_add(constraint)
  local mark = self:new_mark()
  local overridden = constraint:satisfy(mark, self)
  while overridden do overridden = overridden:satisfy(mark, self) end
end

function Planner:incremental_remove(constraint)
  local out = constraint:output()
  constraint:remove_from_graph()
  local unsatisfied = self:remove_propagate_from(out)
  for strength = REQUIRED, WEAKEST - 1 do
    for _, other in ipairs(unsatisfied) do
      if other.strength == strength then self:incremental_add(other) end
    end
  end
end

function Planner:make_plan(sources)
  local mark = self:new_mark()
  local plan = {}
  while #sources > 0 do
    local constraint = pop(sources)
    local out = constraint:output()
    if out.mark ~= mark and constraint:inputs_known(mark) then
      push(plan, constraint)
      out.mark = mark
      add_consumers(out, sources)
    end
  end
  return plan
end

function Planner:add_propagate(constraint, mark)
  local todo = { constraint }
  while #todo > 0 do
    local following = pop(todo)
    local out = following:output()
    if out.mark == mark then
      self:incremental_remove(constraint)
      return false
    end
    following:recalculate()
    add_consumers(out, todo)
  end
  return true
end

function Planner:remove_propagate_from(out)
  out.determined_by = nil
  out.walk_strength = WEAKEST
  out.stay = true
  local unsatisfied = {}
  local todo = { out }
  while #todo > 0 do
    local variable = pop(todo)
    for _, constraint in ipairs(variable.constraints) do
      if not constraint:is_satisfied() then push(unsatisfied, constraint) end
    end
    for _, constraint in ipairs(variable.constraints) do
      if constraint:is_satisfied() and variable.determined_by ~= constraint then
        constraint:recalculate()
        push(todo, constraint:output())
      end
    end
  end
  return unsatisfied
end

function Planner:change(variable, value)
  local edit = self:constrain(EDIT, PREFERRED, variable, variable)
  local plan = self:make_plan({ edit })
  for _ = 1, 10 do
    variable.value = value
    for _, constraint in ipairs(plan) do constraint:execute() end
  end
  self:incremental_remove(edit)
end

local function chain_test(n)
  local planner = Planner.new()
  local variables = {}
  for i = 0, n do variables[i] = Variable.new(0) end
  for i = 0, n - 1 do planner:constrain(EQUAL, REQUIRED, variables[i], variables[i + 1]) end
  planner:constrain(STAY, STRONG_DEFAULT, variables[n], variables[n])
  local edit = planner:constrain(EDIT, PREFERRED, variables[0], variables[0])
  local plan = planner:make_plan({ edit })
  local total = 0
  for i = 0, 99 do
    variables[0].value = i
    for _, constraint in ipairs(plan) do constraint:execute() end
    total = total + variables[n].value
  end
  planner:incremental_remove(edit)
  return total
end

local function projection_test(n)
  local planner = Planner.new()
  local scale, offset = Variable.new(10), Variable.new(1000)
  local sources, targets = {}, {}
  for i = 1, n do
    sources[i] = Variable.new(i - 1)
    targets[i] = Variable.new(i - 1)
  end
  for i = 1, n do
    planner:constrain(STAY, NORMAL, sources[i], sources[i])
    planner:constrain(SCALE, REQUIRED, sources[i], targets[i], scale, offset)
  end
  planner:change(sources[n], 17)
  local total = targets[n].value
  planner:change(targets[n], 1050)
  total = total + sources[n].value
  planner:change(scale, 5)
  for _, target in ipairs(targets) do total = total + target.value end
  planner:change(offset, 2000)
  for _, target in ipairs(targets) do total = total + target.value end
  return total
end

local chain, projection = 0, 0
for _ = 1, 12 do
  chain = chain + chain_test(1500)
  projection = projection + projection_test(1500)
end
print(string.format("chain %d, projection %d", chain, projection))
