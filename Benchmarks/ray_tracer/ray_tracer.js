// Spheres over a floor, with shadows and mirrors: small vectors made and dropped.
class Vec {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  add(o) {
    return new Vec(this.x + o.x, this.y + o.y, this.z + o.z);
  }

  sub(o) {
    return new Vec(this.x - o.x, this.y - o.y, this.z - o.z);
  }

  scale(k) {
    return new Vec(this.x * k, this.y * k, this.z * k);
  }

  dot(o) {
    return this.x * o.x + this.y * o.y + this.z * o.z;
  }

  unit() {
    return this.scale(1.0 / Math.sqrt(this.dot(this)));
  }
}

class Sphere {
  constructor(centre, radius, colour, mirror) {
    this.centre = centre;
    this.radius = radius;
    this.colour = colour;
    this.mirror = mirror;
  }

  // How far along the ray the sphere is hit; nothing if it is not.
  hit(origin, direction) {
    const toCentre = this.centre.sub(origin);
    const along = toCentre.dot(direction);
    const d = this.radius * this.radius - (toCentre.dot(toCentre) - along * along);
    if (d < 0.0) return null;
    const half = Math.sqrt(d);
    const near = along - half;
    if (near > 0.0001) return near;
    const far = along + half;
    if (far > 0.0001) return far;
    return null;
  }
}

class Scene {
  constructor(spheres, light) {
    this.spheres = spheres;
    this.light = light;
  }

  nearest(origin, direction) {
    let least = Infinity;
    let found = null;
    for (const sphere of this.spheres) {
      const t = sphere.hit(origin, direction);
      if (t !== null && t < least) {
        least = t;
        found = sphere;
      }
    }
    return found === null ? null : [least, found];
  }

  shadowed(point, toLight) {
    for (const sphere of this.spheres) {
      if (sphere.hit(point, toLight) !== null) return true;
    }
    return false;
  }

  shade(point, normal, colour) {
    const toLight = this.light.sub(point).unit();
    let bright = 0.1;
    const facing = normal.dot(toLight);
    if (facing > 0.0 && !this.shadowed(point, toLight)) bright += 0.9 * facing;
    return colour.scale(bright);
  }

  trace(origin, direction, depth) {
    const found = this.nearest(origin, direction);
    if (found === null) return this.traceFloor(origin, direction);
    const [t, sphere] = found;
    const point = origin.add(direction.scale(t));
    const normal = point.sub(sphere.centre).unit();
    const own = this.shade(point, normal, sphere.colour);
    if (sphere.mirror <= 0.0 || depth === 0) return own;
    const reflected = direction.sub(normal.scale(2.0 * direction.dot(normal)));
    return own.scale(1.0 - sphere.mirror).add(this.trace(point, reflected.unit(), depth - 1).scale(sphere.mirror));
  }

  traceFloor(origin, direction) {
    if (direction.y >= -0.001) return new Vec(0.3, 0.5, 0.9).scale(1.0 - direction.y * 0.5);
    const t = -origin.y / direction.y;
    const point = origin.add(direction.scale(t));
    const dark = (Math.floor(point.x) + Math.floor(point.z)) % 2 === 0;
    const colour = dark ? new Vec(0.2, 0.2, 0.2) : new Vec(0.9, 0.9, 0.9);
    return this.shade(point, new Vec(0.0, 1.0, 0.0), colour);
  }
}

function makeScene() {
  const spheres = [];
  for (let i = 0; i < 12; i++) {
    const column = i % 4;
    const row = Math.floor(i / 4);
    spheres.push(new Sphere(
      new Vec(column * 2.2 - 3.3, 0.6 + row * 0.5, 4.0 + row * 2.5),
      0.6 + row * 0.2,
      new Vec(0.3 + i * 0.05, 1.0 - i * 0.06, 0.4 + column * 0.15),
      i % 3 === 0 ? 0.4 : 0.0,
    ));
  }
  return new Scene(spheres, new Vec(-6.0, 9.0, -4.0));
}

function level(brightness) {
  return Math.floor(Math.max(0.0, Math.min(255.0, brightness * 255.0)));
}

function render(scene, width, height) {
  const eye = new Vec(0.0, 2.0, -4.0);
  const shades = " .:-=+*#%@";
  let checksum = 0;
  for (let y = 0; y < height; y++) {
    let line = "";
    for (let x = 0; x < width; x++) {
      const right = (x - width / 2) / height;
      const up = (height / 2 - y) / height;
      const colour = scene.trace(eye, new Vec(right, up - 0.1, 1.0).unit(), 3);
      const red = level(colour.x);
      const green = level(colour.y);
      const blue = level(colour.z);
      checksum = (checksum * 31 + (red + 256 * green + 65536 * blue)) % 1000003;
      if (x % 4 === 0) line += shades[Math.floor((red + green + blue) * 9 / 765)];
    }
    if (y % 16 === 0) console.log(line);
  }
  console.log(`checksum ${checksum}`);
}

render(makeScene(), 280, 200);
