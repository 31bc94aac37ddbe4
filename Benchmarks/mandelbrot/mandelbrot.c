// Floating point in a loop that leaves early.
#include <stdint.h>
#include <stdio.h>

static int escape(double cr, double ci, int limit) {
  double zr = 0.0, zi = 0.0;
  int n = 0;
  while (n < limit) {
    double rr = zr * zr;
    double ii = zi * zi;
    if (rr + ii > 4.0) return n;
    zi = 2.0 * zr * zi + ci;
    zr = rr - ii + cr;
    n++;
  }
  return n;
}

int main(void) {
  int size = 720, limit = 100;
  int inside = 0;
  int64_t steps = 0;
  for (int y = 0; y < size; y++) {
    double ci = 2.0 * y / size - 1.0;
    for (int x = 0; x < size; x++) {
      double cr = 2.0 * x / size - 1.5;
      int n = escape(cr, ci, limit);
      steps += n;
      if (n == limit) inside++;
    }
  }
  printf("%d %lld\n", inside, (long long)steps);
}
