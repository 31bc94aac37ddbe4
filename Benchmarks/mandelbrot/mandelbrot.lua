-- Floating point in a loop that leaves early.
local function escape(cr, ci, limit)
  local zr, zi = 0.0, 0.0
  local n = 0
  while n < limit do
    local rr = zr * zr
    local ii = zi * zi
    if rr + ii > 4.0 then return n end
    zi = 2.0 * zr * zi + ci
    zr = rr - ii + cr
    n = n + 1
  end
  return n
end

local function draw(size, limit)
  local inside, steps = 0, 0
  for y = 0, size - 1 do
    local ci = 2.0 * y / size - 1.0
    for x = 0, size - 1 do
      local cr = 2.0 * x / size - 1.5
      local n = escape(cr, ci, limit)
      steps = steps + n
      if n == limit then inside = inside + 1 end
    end
  end
  return inside, steps
end

local inside, steps = draw(720, 100)
print(string.format("%d %d", inside, steps))
