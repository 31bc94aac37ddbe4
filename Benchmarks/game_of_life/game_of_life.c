// Two-dimensional arrays on a torus, a new grid each generation.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  int width, height;
  int **rows;
} Grid;

static Grid grid_new(int width, int height) {
  Grid g = {width, height, malloc(height * sizeof(int *))};
  for (int y = 0; y < height; y++) g.rows[y] = calloc(width, sizeof(int));
  return g;
}

static void grid_free(Grid g) {
  for (int y = 0; y < g.height; y++) free(g.rows[y]);
  free(g.rows);
}

static Grid random_grid(int width, int height) {
  int64_t seed = 42;
  Grid g = grid_new(width, height);
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      seed = seed * 16807 % 2147483647;
      if (seed % 3 == 0) g.rows[y][x] = 1;
    }
  }
  return g;
}

static Grid step(Grid g) {
  int width = g.width, height = g.height;
  Grid following = grid_new(width, height);
  for (int y = 0; y < height; y++) {
    int *above = g.rows[(y + height - 1) % height];
    int *here = g.rows[y];
    int *below = g.rows[(y + 1) % height];
    int *row = following.rows[y];
    for (int x = 0; x < width; x++) {
      int left = (x + width - 1) % width;
      int right = (x + 1) % width;
      int near = above[left] + above[x] + above[right] + here[left] + here[right] +
                 below[left] + below[x] + below[right];
      if (near == 3 || (near == 2 && here[x] == 1)) row[x] = 1;
    }
  }
  return following;
}

static int population(Grid g) {
  int alive = 0;
  for (int y = 0; y < g.height; y++)
    for (int x = 0; x < g.width; x++) alive += g.rows[y][x];
  return alive;
}

int main(void) {
  Grid grid = random_grid(160, 120);
  printf("start %d\n", population(grid));
  for (int generation = 1; generation <= 400; generation++) {
    Grid following = step(grid);
    grid_free(grid);
    grid = following;
    if (generation % 100 == 0) printf("generation %d: %d\n", generation, population(grid));
  }
  for (int x = 0; x < grid.width; x++) putchar(grid.rows[60][x] == 1 ? '#' : '.');
  putchar('\n');
  grid_free(grid);
}
