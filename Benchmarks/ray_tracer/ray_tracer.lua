-- Spheres over a floor, with shadows and mirrors: small vectors made and dropped, operators as methods.
local floor, sqrt = math.floor, math.sqrt

local Vec = {}
Vec.__index = Vec

local function vec(x, y, z) return setmetatable({ x = x, y = y, z = z }, Vec) end

function Vec.__add(a, b) return vec(a.x + b.x, a.y + b.y, a.z + b.z) end
function Vec.__sub(a, b) return vec(a.x - b.x, a.y - b.y, a.z - b.z) end
function Vec:scale(k) return vec(self.x * k, self.y * k, self.z * k) end
function Vec:dot(o) return self.x * o.x + self.y * o.y + self.z * o.z end
function Vec:unit() return self:scale(1.0 / sqrt(self:dot(self))) end

local Sphere = {}
Sphere.__index = Sphere

-- How far along the ray the sphere is hit; nothing if it is not.
function Sphere:hit(origin, direction)
  local to_centre = self.centre - origin
  local along = to_centre:dot(direction)
  local d = self.radius * self.radius - (to_centre:dot(to_centre) - along * along)
  if d < 0.0 then return nil end
  local half = sqrt(d)
  local near = along - half
  if near > 0.0001 then return near end
  local far = along + half
  if far > 0.0001 then return far end
  return nil
end

local Scene = {}
Scene.__index = Scene

function Scene:nearest(origin, direction)
  local least = math.huge
  local found = nil
  for _, sphere in ipairs(self.spheres) do
    local t = sphere:hit(origin, direction)
    if t and t < least then
      least = t
      found = sphere
    end
  end
  return least, found
end

function Scene:shadowed(point, to_light)
  for _, sphere in ipairs(self.spheres) do
    if sphere:hit(point, to_light) then return true end
  end
  return false
end

function Scene:shade(point, normal, colour)
  local to_light = (self.light - point):unit()
  local bright = 0.1
  local facing = normal:dot(to_light)
  if facing > 0.0 and not self:shadowed(point, to_light) then bright = bright + 0.9 * facing end
  return colour:scale(bright)
end

function Scene:trace(origin, direction, depth)
  local t, sphere = self:nearest(origin, direction)
  if not sphere then return self:trace_floor(origin, direction) end
  local point = origin + direction:scale(t)
  local normal = (point - sphere.centre):unit()
  local own = self:shade(point, normal, sphere.colour)
  if sphere.mirror <= 0.0 or depth == 0 then return own end
  local reflected = direction - normal:scale(2.0 * direction:dot(normal))
  return own:scale(1.0 - sphere.mirror) + self:trace(point, reflected:unit(), depth - 1):scale(sphere.mirror)
end

function Scene:trace_floor(origin, direction)
  if direction.y >= -0.001 then return vec(0.3, 0.5, 0.9):scale(1.0 - direction.y * 0.5) end
  local t = -origin.y / direction.y
  local point = origin + direction:scale(t)
  local dark = (floor(point.x) + floor(point.z)) % 2 == 0
  local colour = dark and vec(0.2, 0.2, 0.2) or vec(0.9, 0.9, 0.9)
  return self:shade(point, vec(0.0, 1.0, 0.0), colour)
end

local function make_scene()
  local spheres = {}
  for i = 0, 11 do
    local column = i % 4
    local row = floor(i / 4)
    spheres[#spheres + 1] = setmetatable({
      centre = vec(column * 2.2 - 3.3, 0.6 + row * 0.5, 4.0 + row * 2.5),
      radius = 0.6 + row * 0.2,
      colour = vec(0.3 + i * 0.05, 1.0 - i * 0.06, 0.4 + column * 0.15),
      mirror = i % 3 == 0 and 0.4 or 0.0,
    }, Sphere)
  end
  return setmetatable({ spheres = spheres, light = vec(-6.0, 9.0, -4.0) }, Scene)
end

local function level(brightness)
  return floor(math.max(0.0, math.min(255.0, brightness * 255.0)))
end

local function render(scene, width, height)
  local eye = vec(0.0, 2.0, -4.0)
  local shades = " .:-=+*#%@"
  local checksum = 0
  for y = 0, height - 1 do
    local line = {}
    for x = 0, width - 1 do
      local right = (x - width / 2) / height
      local up = (height / 2 - y) / height
      local colour = scene:trace(eye, vec(right, up - 0.1, 1.0):unit(), 3)
      local red, green, blue = level(colour.x), level(colour.y), level(colour.z)
      checksum = (checksum * 31 + (red + 256 * green + 65536 * blue)) % 1000003
      if x % 4 == 0 then
        local at = floor((red + green + blue) * 9 / 765) + 1
        line[#line + 1] = shades:sub(at, at)
      end
    end
    if y % 16 == 0 then print(table.concat(line)) end
  end
  print(string.format("checksum %d", checksum))
end

render(make_scene(), 280, 200)
