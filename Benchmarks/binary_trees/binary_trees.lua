-- Many small objects that point to each other, most of them short-lived.
local function count(tree)
  local n = 1
  if tree.left then n = n + count(tree.left) end
  if tree.right then n = n + count(tree.right) end
  return n
end

local function build(depth)
  if depth == 0 then return { left = nil, right = nil } end
  return { left = build(depth - 1), right = build(depth - 1) }
end

local max_depth = 15
print(string.format("stretch tree of depth %d\t check: %d", max_depth + 1, count(build(max_depth + 1))))
local long_lived = build(max_depth)
for depth = 4, max_depth, 4 do
  local iterations = 2 ^ (max_depth - depth + 4)
  local check = 0
  for _ = 1, iterations do
    check = check + count(build(depth))
  end
  print(string.format("%d\t trees of depth %d\t check: %d", iterations, depth, check))
end
print(string.format("long lived tree of depth %d\t check: %d", max_depth, count(long_lived)))
