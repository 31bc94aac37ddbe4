// Recursion over an array that is changed in place.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void sort(int *xs, int low, int high) {
  int pivot = xs[(low + high) / 2];
  int i = low, j = high;
  while (i <= j) {
    while (xs[i] < pivot) i++;
    while (xs[j] > pivot) j--;
    if (i <= j) {
      int t = xs[i];
      xs[i] = xs[j];
      xs[j] = t;
      i++;
      j--;
    }
  }
  if (low < j) sort(xs, low, j);
  if (i < high) sort(xs, i, high);
}

int main(void) {
  int n = 2000000;
  int *xs = malloc(n * sizeof(int));
  int64_t seed = 42;
  for (int i = 0; i < n; i++) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    xs[i] = seed / 8 % 1000000;
  }
  sort(xs, 0, n - 1);
  bool ordered = true;
  for (int i = 1; i < n; i++) {
    if (xs[i - 1] > xs[i]) ordered = false;
  }
  printf("%s %d %d %d\n", ordered ? "true" : "false", xs[0], xs[n / 2], xs[n - 1]);
}
