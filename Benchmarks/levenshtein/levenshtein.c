// Dynamic programming: the edit distance of two long texts, a row at a time.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *random_text(int length, int64_t start) {
  const char *letters = "acgt";
  int64_t seed = start;
  char *text = malloc(length + 1);
  for (int i = 0; i < length; i++) {
    seed = seed * 16807 % 2147483647;
    text[i] = letters[seed / 1000 % 4];
  }
  text[length] = 0;
  return text;
}

static int distance(const char *a, const char *b) {
  int m = strlen(a), n = strlen(b);
  int *previous = malloc((n + 1) * sizeof(int));
  int *current = malloc((n + 1) * sizeof(int));
  for (int j = 0; j <= n; j++) previous[j] = j;
  for (int i = 0; i < m; i++) {
    current[0] = i + 1;
    char x = a[i];
    for (int j = 0; j < n; j++) {
      int best = previous[j];
      if (x != b[j]) best++;
      int deleted = previous[j + 1] + 1;
      if (deleted < best) best = deleted;
      int inserted = current[j] + 1;
      if (inserted < best) best = inserted;
      current[j + 1] = best;
    }
    int *t = previous;
    previous = current;
    current = t;
  }
  int result = previous[n];
  free(previous);
  free(current);
  return result;
}

int main(void) {
  printf("%d %d\n", distance("kitten", "sitting"), distance("", "orus"));
  char *a = random_text(4500, 1);
  char *b = random_text(4000, 2);
  printf("%d\n", distance(a, b));
  free(a);
  free(b);
}
