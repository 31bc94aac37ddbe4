// Counted loops around integer arithmetic.
#include <stdint.h>
#include <stdio.h>

static int64_t run(int n) {
  int64_t sum = 0;
  for (int a = 0; a < n; a++)
    for (int b = 0; b < n; b++)
      for (int c = 0; c < n; c++)
        for (int d = 0; d < n; d++)
          sum += (a ^ b) + (c & d);
  return sum;
}

int main(void) {
  printf("%lld\n", (long long)run(90));
}
