// Permutations of a small array, flipped in place.
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  int sum, max_flips;
} Result;

static Result fannkuch(int n) {
  int *p = malloc(n * sizeof(int));
  int *q = malloc(n * sizeof(int));
  int *s = malloc(n * sizeof(int));
  for (int i = 0; i < n; i++) {
    p[i] = i;
    q[i] = 0;
    s[i] = i;
  }
  int sign = 1, max_flips = 0, sum = 0;
  while (1) {
    int first = p[0];
    if (first != 0) {
      for (int i = 1; i < n; i++) q[i] = p[i];
      int flips = 1;
      while (1) {
        int next = q[first];
        if (next == 0) {
          sum += sign * flips;
          if (flips > max_flips) max_flips = flips;
          break;
        }
        q[first] = first;
        if (first >= 3) {
          int i = 1, j = first - 1;
          while (i < j) {
            int t = q[i];
            q[i] = q[j];
            q[j] = t;
            i++;
            j--;
          }
        }
        first = next;
        flips++;
      }
    }
    if (sign == 1) {
      int t = p[0];
      p[0] = p[1];
      p[1] = t;
      sign = -1;
    } else {
      int t = p[1];
      p[1] = p[2];
      p[2] = t;
      sign = 1;
      int i = 2;
      while (i < n) {
        int sx = s[i];
        if (sx != 0) {
          s[i] = sx - 1;
          break;
        }
        if (i == n - 1) {
          free(p);
          free(q);
          free(s);
          return (Result){sum, max_flips};
        }
        s[i] = i;
        int first_again = p[0];
        for (int j = 0; j <= i; j++) p[j] = p[j + 1];
        p[i + 1] = first_again;
        i++;
      }
    }
  }
}

int main(void) {
  Result r = fannkuch(10);
  printf("%d\nPfannkuchen(10) = %d\n", r.sum, r.max_flips);
}
