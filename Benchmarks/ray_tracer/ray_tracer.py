# Spheres over a floor, with shadows and mirrors: small vectors made and dropped, operators as methods.
from math import floor, inf, sqrt


class Vec:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vec(self.x - o.x, self.y - o.y, self.z - o.z)

    def scale(self, k):
        return Vec(self.x * k, self.y * k, self.z * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self.scale(1.0 / sqrt(self.dot(self)))


class Sphere:
    def __init__(self, centre, radius, colour, mirror):
        self.centre = centre
        self.radius = radius
        self.colour = colour
        self.mirror = mirror

    def hit(self, origin, direction):
        """How far along the ray the sphere is hit; nothing if it is not."""
        to_centre = self.centre - origin
        along = to_centre.dot(direction)
        d = self.radius * self.radius - (to_centre.dot(to_centre) - along * along)
        if d < 0.0:
            return None
        half = sqrt(d)
        near = along - half
        if near > 0.0001:
            return near
        far = along + half
        if far > 0.0001:
            return far
        return None


class Scene:
    def __init__(self, spheres, light):
        self.spheres = spheres
        self.light = light

    def nearest(self, origin, direction):
        least = inf
        found = None
        for sphere in self.spheres:
            t = sphere.hit(origin, direction)
            if t is not None and t < least:
                least = t
                found = sphere
        return None if found is None else (least, found)

    def shadowed(self, point, to_light):
        for sphere in self.spheres:
            if sphere.hit(point, to_light) is not None:
                return True
        return False

    def shade(self, point, normal, colour):
        to_light = (self.light - point).unit()
        bright = 0.1
        facing = normal.dot(to_light)
        if facing > 0.0 and not self.shadowed(point, to_light):
            bright += 0.9 * facing
        return colour.scale(bright)

    def trace(self, origin, direction, depth):
        found = self.nearest(origin, direction)
        if found is None:
            return self.trace_floor(origin, direction)
        t, sphere = found
        point = origin + direction.scale(t)
        normal = (point - sphere.centre).unit()
        own = self.shade(point, normal, sphere.colour)
        if sphere.mirror <= 0.0 or depth == 0:
            return own
        reflected = direction - normal.scale(2.0 * direction.dot(normal))
        return own.scale(1.0 - sphere.mirror) + self.trace(point, reflected.unit(), depth - 1).scale(sphere.mirror)

    def trace_floor(self, origin, direction):
        if direction.y >= -0.001:
            return Vec(0.3, 0.5, 0.9).scale(1.0 - direction.y * 0.5)
        t = -origin.y / direction.y
        point = origin + direction.scale(t)
        dark = (floor(point.x) + floor(point.z)) % 2 == 0
        colour = Vec(0.2, 0.2, 0.2) if dark else Vec(0.9, 0.9, 0.9)
        return self.shade(point, Vec(0.0, 1.0, 0.0), colour)


def make_scene():
    spheres = []
    for i in range(12):
        column = i % 4
        row = i // 4
        spheres.append(Sphere(
            centre=Vec(column * 2.2 - 3.3, 0.6 + row * 0.5, 4.0 + row * 2.5),
            radius=0.6 + row * 0.2,
            colour=Vec(0.3 + i * 0.05, 1.0 - i * 0.06, 0.4 + column * 0.15),
            mirror=0.4 if i % 3 == 0 else 0.0,
        ))
    return Scene(spheres, Vec(-6.0, 9.0, -4.0))


def level(brightness):
    return floor(max(0.0, min(255.0, brightness * 255.0)))


def render(scene, width, height):
    eye = Vec(0.0, 2.0, -4.0)
    shades = " .:-=+*#%@"
    checksum = 0
    for y in range(height):
        line = ""
        for x in range(width):
            right = (x - width / 2) / height
            up = (height / 2 - y) / height
            colour = scene.trace(eye, Vec(right, up - 0.1, 1.0).unit(), 3)
            red = level(colour.x)
            green = level(colour.y)
            blue = level(colour.z)
            checksum = (checksum * 31 + (red + 256 * green + 65536 * blue)) % 1000003
            if x % 4 == 0:
                line += shades[(red + green + blue) * 9 // 765]
        if y % 16 == 0:
            print(line)
    print(f"checksum {checksum}")


render(make_scene(), 280, 200)
