// Floating point in nested loops over arrays, with a small function inside.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double a(int i, int j) {
  return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
}

static void times(double *v, const double *u, int n) {
  for (int i = 0; i < n; i++) {
    double sum = 0.0;
    for (int j = 0; j < n; j++) sum += a(i, j) * u[j];
    v[i] = sum;
  }
}

static void times_transposed(double *v, const double *u, int n) {
  for (int i = 0; i < n; i++) {
    double sum = 0.0;
    for (int j = 0; j < n; j++) sum += a(j, i) * u[j];
    v[i] = sum;
  }
}

static void times_both(double *v, const double *u, double *t, int n) {
  times(t, u, n);
  times_transposed(v, t, n);
}

int main(void) {
  int n = 500;
  double *u = malloc(n * sizeof(double));
  double *v = malloc(n * sizeof(double));
  double *t = malloc(n * sizeof(double));
  for (int i = 0; i < n; i++) {
    u[i] = 1.0;
    v[i] = 0.0;
    t[i] = 0.0;
  }
  for (int i = 0; i < 10; i++) {
    times_both(v, u, t, n);
    times_both(u, v, t, n);
  }
  double vbv = 0.0, vv = 0.0;
  for (int i = 0; i < n; i++) {
    vbv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  printf("%.9f\n", sqrt(vbv / vv));
}
