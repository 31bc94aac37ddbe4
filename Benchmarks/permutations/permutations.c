// Every order of nine numbers, each kept as an array of its own, then a checksum over them.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  int **items;
  int length, capacity;
} List;

static void push(List *list, int *item) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 16;
    list->items = realloc(list->items, list->capacity * sizeof(int *));
  }
  list->items[list->length++] = item;
}

static void permute(int *items, int n, int k, List *out) {
  if (k == 1) {
    int *copy = malloc(n * sizeof(int));
    memcpy(copy, items, n * sizeof(int));
    push(out, copy);
    return;
  }
  for (int i = 0; i < k; i++) {
    permute(items, n, k - 1, out);
    int j = k % 2 == 0 ? i : 0;
    int t = items[j];
    items[j] = items[k - 1];
    items[k - 1] = t;
  }
}

static int inversions(const int *p, int n) {
  int count = 0;
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++)
      if (p[i] > p[j]) count++;
  return count;
}

int main(void) {
  int n = 9;
  int *items = malloc(n * sizeof(int));
  for (int i = 0; i < n; i++) items[i] = i;
  List all = {0};
  permute(items, n, n, &all);
  int odd = 0, total = 0;
  int64_t checksum = 0;
  for (int i = 0; i < all.length; i++) {
    int *p = all.items[i];
    int count = inversions(p, n);
    total += count;
    odd += count % 2;
    for (int k = 0; k < n; k++) checksum = (checksum * 31 + p[k]) % 1000003;
  }
  printf("%d %d %d %d\n", all.length, odd, total, (int)checksum);
}
