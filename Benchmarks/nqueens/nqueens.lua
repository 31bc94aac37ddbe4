-- Backtracking over arrays of flags.
local Board = {}
Board.__index = Board

local function flags(n)
  local xs = {}
  for i = 1, n do xs[i] = false end
  return xs
end

function Board.new(size)
  return setmetatable({
    size = size, columns = flags(size), rising = flags(2 * size), falling = flags(2 * size),
  }, Board)
end

function Board:solve(row)
  if row > self.size then return 1 end
  local solutions = 0
  for column = 1, self.size do
    local up = row + column - 1
    local down = row - column + self.size
    if not self.columns[column] and not self.rising[up] and not self.falling[down] then
      self.columns[column] = true
      self.rising[up] = true
      self.falling[down] = true
      solutions = solutions + self:solve(row + 1)
      self.columns[column] = false
      self.rising[up] = false
      self.falling[down] = false
    end
  end
  return solutions
end

for size = 4, 12 do
  print(string.format("%d queens: %d", size, Board.new(size):solve(1)))
end
