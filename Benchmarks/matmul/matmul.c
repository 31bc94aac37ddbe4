// Products of matrices, as arrays of rows; the second factor is transposed first.
#include <stdio.h>
#include <stdlib.h>

static double **new_matrix(int n) {
  double **a = malloc(n * sizeof(double *));
  for (int i = 0; i < n; i++) a[i] = calloc(n, sizeof(double));
  return a;
}

static double **matrix(int n, double seed) {
  double scale = seed / n / n;
  double **a = new_matrix(n);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) a[i][j] = scale * ((i - j) * (i + j));
  return a;
}

static double **transpose(double **a, int n) {
  double **t = new_matrix(n);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) t[i][j] = a[j][i];
  return t;
}

static double **multiply(double **a, double **b, int n) {
  double **columns = transpose(b, n);
  double **c = new_matrix(n);
  for (int i = 0; i < n; i++) {
    double *row = a[i];
    double *out = c[i];
    for (int j = 0; j < n; j++) {
      double *column = columns[j];
      double sum = 0.0;
      for (int k = 0; k < n; k++) sum += row[k] * column[k];
      out[j] = sum;
    }
  }
  return c;
}

int main(void) {
  int n = 400;
  double **a = matrix(n, 1.0);
  double **b = matrix(n, 2.0);
  double **c = multiply(a, b, n);
  double trace = 0.0;
  for (int i = 0; i < n; i++) trace += c[i][i];
  printf("%.9f %.9f\n", c[n / 2][n / 2], trace);
}
