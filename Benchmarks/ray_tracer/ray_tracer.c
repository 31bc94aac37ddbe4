// Spheres over a floor, with shadows and mirrors: small vectors by value.
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
  double x, y, z;
} Vec;

static Vec add(Vec a, Vec b) { return (Vec){a.x + b.x, a.y + b.y, a.z + b.z}; }
static Vec sub(Vec a, Vec b) { return (Vec){a.x - b.x, a.y - b.y, a.z - b.z}; }
static Vec scale(Vec a, double k) { return (Vec){a.x * k, a.y * k, a.z * k}; }
static double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static Vec unit(Vec a) { return scale(a, 1.0 / sqrt(dot(a, a))); }

typedef struct {
  Vec centre;
  double radius;
  Vec colour;
  double mirror;
} Sphere;

// How far along the ray the sphere is hit; negative if it is not.
static double hit(const Sphere *s, Vec origin, Vec direction) {
  Vec to_centre = sub(s->centre, origin);
  double along = dot(to_centre, direction);
  double d = s->radius * s->radius - (dot(to_centre, to_centre) - along * along);
  if (d < 0.0) return -1.0;
  double half = sqrt(d);
  double near = along - half;
  if (near > 0.0001) return near;
  double far = along + half;
  if (far > 0.0001) return far;
  return -1.0;
}

typedef struct {
  Sphere spheres[12];
  int count;
  Vec light;
} Scene;

static const Sphere *nearest(const Scene *scene, Vec origin, Vec direction, double *least) {
  *least = INFINITY;
  const Sphere *found = NULL;
  for (int i = 0; i < scene->count; i++) {
    double t = hit(&scene->spheres[i], origin, direction);
    if (t >= 0.0 && t < *least) {
      *least = t;
      found = &scene->spheres[i];
    }
  }
  return found;
}

static bool shadowed(const Scene *scene, Vec point, Vec to_light) {
  for (int i = 0; i < scene->count; i++) {
    if (hit(&scene->spheres[i], point, to_light) >= 0.0) return true;
  }
  return false;
}

static Vec shade(const Scene *scene, Vec point, Vec normal, Vec colour) {
  Vec to_light = unit(sub(scene->light, point));
  double bright = 0.1;
  double facing = dot(normal, to_light);
  if (facing > 0.0 && !shadowed(scene, point, to_light)) bright += 0.9 * facing;
  return scale(colour, bright);
}

static Vec trace_floor(const Scene *scene, Vec origin, Vec direction) {
  if (direction.y >= -0.001) return scale((Vec){0.3, 0.5, 0.9}, 1.0 - direction.y * 0.5);
  double t = -origin.y / direction.y;
  Vec point = add(origin, scale(direction, t));
  bool dark = fmod(floor(point.x) + floor(point.z), 2.0) == 0.0;
  Vec colour = dark ? (Vec){0.2, 0.2, 0.2} : (Vec){0.9, 0.9, 0.9};
  return shade(scene, point, (Vec){0.0, 1.0, 0.0}, colour);
}

static Vec trace(const Scene *scene, Vec origin, Vec direction, int depth) {
  double t;
  const Sphere *sphere = nearest(scene, origin, direction, &t);
  if (!sphere) return trace_floor(scene, origin, direction);
  Vec point = add(origin, scale(direction, t));
  Vec normal = unit(sub(point, sphere->centre));
  Vec own = shade(scene, point, normal, sphere->colour);
  if (sphere->mirror <= 0.0 || depth == 0) return own;
  Vec reflected = sub(direction, scale(normal, 2.0 * dot(direction, normal)));
  return add(scale(own, 1.0 - sphere->mirror),
             scale(trace(scene, point, unit(reflected), depth - 1), sphere->mirror));
}

static Scene make_scene(void) {
  Scene scene = {.count = 12, .light = {-6.0, 9.0, -4.0}};
  for (int i = 0; i < 12; i++) {
    int column = i % 4;
    int row = i / 4;
    scene.spheres[i] = (Sphere){
      .centre = {column * 2.2 - 3.3, 0.6 + row * 0.5, 4.0 + row * 2.5},
      .radius = 0.6 + row * 0.2,
      .colour = {0.3 + i * 0.05, 1.0 - i * 0.06, 0.4 + column * 0.15},
      .mirror = i % 3 == 0 ? 0.4 : 0.0,
    };
  }
  return scene;
}

static int level(double brightness) {
  return floor(fmax(0.0, fmin(255.0, brightness * 255.0)));
}

static void render(const Scene *scene, int width, int height) {
  Vec eye = {0.0, 2.0, -4.0};
  const char *shades = " .:-=+*#%@";
  int64_t checksum = 0;
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      double right = (x - width / 2.0) / height;
      double up = (height / 2.0 - y) / height;
      Vec colour = trace(scene, eye, unit((Vec){right, up - 0.1, 1.0}), 3);
      int red = level(colour.x);
      int green = level(colour.y);
      int blue = level(colour.z);
      checksum = (checksum * 31 + (red + 256 * green + 65536 * blue)) % 1000003;
      if (x % 4 == 0 && y % 16 == 0) putchar(shades[(red + green + blue) * 9 / 765]);
    }
    if (y % 16 == 0) putchar('\n');
  }
  printf("checksum %d\n", (int)checksum);
}

int main(void) {
  Scene scene = make_scene();
  render(&scene, 280, 200);
}
