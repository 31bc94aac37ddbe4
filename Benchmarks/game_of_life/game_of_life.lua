-- Two-dimensional arrays on a torus, a new grid each generation.
local function random_grid(width, height)
  local seed = 42
  local grid = {}
  for y = 1, height do
    local row = {}
    for x = 1, width do
      seed = seed * 16807 % 2147483647
      row[x] = seed % 3 == 0 and 1 or 0
    end
    grid[y] = row
  end
  return grid
end

local function step(grid)
  local height, width = #grid, #grid[1]
  local following = {}
  for y = 1, height do
    local above = grid[(y + height - 2) % height + 1]
    local here = grid[y]
    local below = grid[y % height + 1]
    local row = {}
    for x = 1, width do
      local left = (x + width - 2) % width + 1
      local right = x % width + 1
      local near = above[left] + above[x] + above[right] + here[left] + here[right] + below[left] + below[x] + below[right]
      if near == 3 or near == 2 and here[x] == 1 then row[x] = 1 else row[x] = 0 end
    end
    following[y] = row
  end
  return following
end

local function population(grid)
  local alive = 0
  for _, row in ipairs(grid) do
    for _, cell in ipairs(row) do alive = alive + cell end
  end
  return alive
end

local grid = random_grid(160, 120)
print(string.format("start %d", population(grid)))
for generation = 1, 400 do
  grid = step(grid)
  if generation % 100 == 0 then print(string.format("generation %d: %d", generation, population(grid))) end
end
local picture = {}
for i, cell in ipairs(grid[61]) do picture[i] = cell == 1 and "#" or "." end
print(table.concat(picture))
