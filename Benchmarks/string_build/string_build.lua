-- A text that grows by small joins, and numbers turned into text.
-- Joining with .. copies the whole text each time, so this does what Lua programs do: collect, then concat.
local function build(n)
  local parts = {}
  for i = 0, n - 1 do
    parts[#parts + 1] = string.format("%d,", i)
  end
  return table.concat(parts)
end

local total = 0
for round = 0, 9 do
  local text = build(150000)
  total = total + #text
end
print(total)
