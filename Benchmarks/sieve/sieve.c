// An array of flags, written and read in strides.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static int count_primes(int limit) {
  bool *composite = calloc(limit + 1, sizeof(bool));
  int count = 0;
  for (int i = 2; i <= limit; i++) {
    if (!composite[i]) {
      count++;
      for (int j = i + i; j <= limit; j += i) composite[j] = true;
    }
  }
  free(composite);
  return count;
}

int main(void) {
  int total = 0;
  for (int round = 0; round < 5; round++) total += count_primes(2000000);
  printf("%d\n", total);
}
