// Clusters of points: structs of floats, arrays of them, and a running minimum.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  int64_t seed;
} Random;

static double uniform(Random *r) {
  r->seed = r->seed * 16807 % 2147483647;
  return r->seed / 2147483647.0;
}

typedef struct {
  double x, y;
} Point;

static double distance(Point a, Point b) {
  double dx = a.x - b.x;
  double dy = a.y - b.y;
  return dx * dx + dy * dy;
}

typedef struct {
  Point centre;
  double sum_x, sum_y;
  int count;
} Cluster;

static void add_point(Cluster *c, Point p) {
  c->sum_x += p.x;
  c->sum_y += p.y;
  c->count++;
}

static void settle(Cluster *c) {
  if (c->count > 0) c->centre = (Point){c->sum_x / c->count, c->sum_y / c->count};
  c->sum_x = 0.0;
  c->sum_y = 0.0;
  c->count = 0;
}

static int nearest(const Cluster *clusters, int k, Point p) {
  int best = 0;
  double least = INFINITY;
  for (int i = 0; i < k; i++) {
    double d = distance(p, clusters[i].centre);
    if (d < least) {
      least = d;
      best = i;
    }
  }
  return best;
}

int main(void) {
  enum { N = 40000, K = 16 };
  Random random = {7};
  Point *points = malloc(N * sizeof(Point));
  int *labels = malloc(N * sizeof(int));
  for (int i = 0; i < N; i++) {
    double x = i % 4 * 10.0 + uniform(&random) * 6.0;
    x += uniform(&random) * 6.0;
    double y = i / 4 % 4 * 10.0 + uniform(&random) * 6.0;
    y += uniform(&random) * 6.0;
    points[i] = (Point){x, y};
    labels[i] = -1;
  }
  Cluster clusters[K];
  for (int i = 0; i < K; i++) clusters[i] = (Cluster){points[i], 0.0, 0.0, 0};
  int rounds = 0, changed = 1;
  while (changed > 0 && rounds < 12) {
    changed = 0;
    for (int i = 0; i < N; i++) {
      int label = nearest(clusters, K, points[i]);
      if (label != labels[i]) {
        labels[i] = label;
        changed++;
      }
      add_point(&clusters[label], points[i]);
    }
    for (int i = 0; i < K; i++) settle(&clusters[i]);
    rounds++;
  }
  printf("rounds %d, changed %d\n", rounds, changed);
  for (int i = 0; i < K; i++) printf("%.6f %.6f\n", clusters[i].centre.x, clusters[i].centre.y);
  free(points);
  free(labels);
}
