-- Clusters of points: tables of floats, arrays of them, and a running minimum.
local floor = math.floor

local Random = {}
Random.__index = Random

function Random:uniform()
  self.seed = self.seed * 16807 % 2147483647
  return self.seed / 2147483647.0
end

local Point = {}
Point.__index = Point

function Point.new(x, y)
  return setmetatable({ x = x, y = y }, Point)
end

function Point:distance(other)
  local dx = self.x - other.x
  local dy = self.y - other.y
  return dx * dx + dy * dy
end

local Cluster = {}
Cluster.__index = Cluster

function Cluster.new(centre)
  return setmetatable({ centre = centre, sum_x = 0.0, sum_y = 0.0, count = 0 }, Cluster)
end

function Cluster:add_point(p)
  self.sum_x = self.sum_x + p.x
  self.sum_y = self.sum_y + p.y
  self.count = self.count + 1
end

function Cluster:settle()
  if self.count > 0 then
    self.centre = Point.new(self.sum_x / self.count, self.sum_y / self.count)
  end
  self.sum_x = 0.0
  self.sum_y = 0.0
  self.count = 0
end

local function nearest(clusters, p)
  local best, least = 1, math.huge
  for i, cluster in ipairs(clusters) do
    local d = p:distance(cluster.centre)
    if d < least then
      least = d
      best = i
    end
  end
  return best
end

local function make_points(n, random)
  local points = {}
  for i = 0, n - 1 do
    local x = i % 4 * 10.0 + random:uniform() * 6.0 + random:uniform() * 6.0
    local y = floor(i / 4) % 4 * 10.0 + random:uniform() * 6.0 + random:uniform() * 6.0
    points[i + 1] = Point.new(x, y)
  end
  return points
end

local points = make_points(40000, setmetatable({ seed = 7 }, Random))
local clusters, labels = {}, {}
for i = 1, 16 do clusters[i] = Cluster.new(points[i]) end
for i = 1, #points do labels[i] = -1 end
local rounds, changed = 0, 1
while changed > 0 and rounds < 12 do
  changed = 0
  for i, p in ipairs(points) do
    local label = nearest(clusters, p)
    if label ~= labels[i] then
      labels[i] = label
      changed = changed + 1
    end
    clusters[label]:add_point(p)
  end
  for _, cluster in ipairs(clusters) do cluster:settle() end
  rounds = rounds + 1
end
print(string.format("rounds %d, changed %d", rounds, changed))
for _, cluster in ipairs(clusters) do
  print(string.format("%.6f %.6f", cluster.centre.x, cluster.centre.y))
end
