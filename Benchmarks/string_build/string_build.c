// A text that grows by small joins, and numbers turned into text.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *build(int n) {
  size_t length = 0, capacity = 16;
  char *text = malloc(capacity);
  for (int i = 0; i < n; i++) {
    char part[16];
    int size = snprintf(part, sizeof part, "%d,", i);
    while (length + size + 1 > capacity) {
      capacity *= 2;
      text = realloc(text, capacity);
    }
    memcpy(text + length, part, size);
    length += size;
  }
  text[length] = 0;
  return text;
}

int main(void) {
  size_t total = 0;
  for (int round = 0; round < 10; round++) {
    char *text = build(150000);
    total += strlen(text);
    free(text);
  }
  printf("%zu\n", total);
}
