-- Finds the loops of a control flow graph, nested and irreducible ones too: depth-first search and union-find.
local max = math.max
local UNVISITED = -1
local NO_HEADER, REDUCIBLE, SELF_LOOP, IRREDUCIBLE = 1, 2, 3, 4

local function push(list, item) list[#list + 1] = item end

local function contains(list, wanted)
  for _, item in ipairs(list) do
    if item == wanted then return true end
  end
  return false
end

local Graph = {}
Graph.__index = Graph

function Graph.new() return setmetatable({ blocks = {} }, Graph) end

function Graph:block(name)
  while #self.blocks <= name do
    push(self.blocks, { name = #self.blocks, into = {}, out = {} })
  end
  return self.blocks[name + 1]
end

function Graph:connect(from, to)
  local first = self:block(from)
  local second = self:block(to)
  push(first.out, second)
  push(second.into, first)
end

function Graph:diamond(start)
  self:connect(start, start + 1)
  self:connect(start, start + 2)
  self:connect(start + 1, start + 3)
  self:connect(start + 2, start + 3)
  return start + 3
end

function Graph:straight(start, length)
  for i = 0, length - 1 do self:connect(start + i, start + i + 1) end
  return start + length
end

function Graph:base_loop(start)
  local header = self:straight(start, 1)
  local diamond1 = self:diamond(header)
  local inner = self:straight(diamond1, 1)
  local diamond2 = self:diamond(inner)
  local footer = self:straight(diamond2, 1)
  self:connect(diamond2, inner)
  self:connect(diamond1, header)
  self:connect(footer, start)
  return self:straight(footer, 1)
end

-- How deep the loops inside go.
local function depth(loop)
  local deepest = 0
  for _, child in ipairs(loop.children) do deepest = max(deepest, depth(child) + 1) end
  return deepest
end

local Node = {}
Node.__index = Node

function Node.new(block, number)
  return setmetatable({
    block = block, number = number, last = 0, member_of = -1, kind = NO_HEADER, parent = nil, found = nil, back = {}, other = {},
  }, Node)
end

-- The representative, with the path to it made short.
function Node:find()
  local root = self
  while root.parent do root = root.parent end
  local node = self
  while node.parent do
    local parent = node.parent
    if parent ~= root then node.parent = root end
    node = parent
  end
  return root
end

-- Numbers count from 0; nodes[number + 1] is the node.
local function search(block, nodes, numbers)
  local number = #nodes
  local node = Node.new(block, number)
  push(nodes, node)
  numbers[block.name + 1] = number
  local last = number
  for _, target in ipairs(block.out) do
    if numbers[target.name + 1] == UNVISITED then last = search(target, nodes, numbers) end
  end
  node.last = last
  return last
end

local function is_ancestor(nodes, w, v)
  return w <= v and v <= nodes[w + 1].last
end

local function sort_predecessors(nodes, numbers)
  for _, node in ipairs(nodes) do
    for _, before in ipairs(node.block.into) do
      local v = numbers[before.name + 1]
      if v ~= UNVISITED then
        if is_ancestor(nodes, node.number, v) then
          push(node.back, v)
        elseif not contains(node.other, v) then
          push(node.other, v)
        end
      end
    end
  end
end

-- The nodes of the loop with header `header`, without it; sets its kind.
local function collect(nodes, header)
  local pool = {}
  for _, v in ipairs(header.back) do
    if v == header.number then
      header.kind = SELF_LOOP
    else
      local node = nodes[v + 1]:find()
      if node.member_of ~= header.number then
        node.member_of = header.number
        push(pool, node)
      end
    end
  end
  if #pool > 0 then header.kind = REDUCIBLE end
  local at = 1
  while at <= #pool do
    local x = pool[at]
    at = at + 1
    for _, v in ipairs(x.other) do
      local node = nodes[v + 1]:find()
      if not is_ancestor(nodes, header.number, node.number) then
        header.kind = IRREDUCIBLE
        if not contains(header.other, node.number) then push(header.other, node.number) end
      elseif node.number ~= header.number and node.member_of ~= header.number then
        node.member_of = header.number
        push(pool, node)
      end
    end
  end
  return pool
end

local function find_loops(graph)
  local loops, nodes, numbers = {}, {}, {}
  for i = 1, #graph.blocks do numbers[i] = UNVISITED end
  search(graph:block(0), nodes, numbers)
  sort_predecessors(nodes, numbers)
  for w = #nodes, 1, -1 do
    local header = nodes[w]
    local pool = collect(nodes, header)
    if #pool > 0 or header.kind == SELF_LOOP then
      local found = { id = #loops, reducible = header.kind ~= IRREDUCIBLE, size = 0, parent = nil, children = {} }
      header.found = found
      for _, node in ipairs(pool) do
        node.parent = header
        local inner = node.found
        if inner then
          inner.parent = found
          push(found.children, inner)
        else
          found.size = found.size + 1
        end
      end
      push(loops, found)
    end
  end
  return loops
end

local function make_graph()
  local graph = Graph.new()
  graph:connect(0, 1)
  local n = 1
  for _ = 1, 3 do
    local outer = n
    n = graph:straight(n, 1)
    for _ = 1, 8 do
      local top = n
      n = graph:straight(n, 1)
      for _ = 1, 10 do n = graph:base_loop(n) end
      local bottom = graph:straight(n, 1)
      graph:connect(n, top)
      n = bottom
    end
    graph:connect(n, outer)
    graph:connect(outer, n - 1)
    n = graph:straight(n, 1)
  end
  return graph
end

local graph = make_graph()
local total = 0
for _ = 1, 90 do total = total + #find_loops(graph) end
local loops = find_loops(graph)
local irreducible, deepest, members = 0, 0, 0
for _, found in ipairs(loops) do
  if not found.reducible then irreducible = irreducible + 1 end
  if found.parent == nil then deepest = max(deepest, depth(found) + 1) end
  members = members + found.size * (found.id % 10)
end
print(string.format("%d blocks, %d loops, %d irreducible, depth %d", #graph.blocks, #loops, irreducible, deepest))
print(string.format("total %d, members %d", total, members))
