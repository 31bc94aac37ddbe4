// A hash map from words to counts, filled from a long text.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *SYLLABLES[] = {"ka", "to", "mi", "re", "su", "no", "la", "vi", "pe", "du"};

static char *spell(int number) {
  char word[32] = "";
  int n = number;
  while (n > 0 || word[0] == 0) {
    strcat(word, SYLLABLES[n % 10]);
    n /= 10;
  }
  char *copy = malloc(strlen(word) + 1);
  return strcpy(copy, word);
}

static char *make_text(int length, char **vocabulary, int64_t size) {
  int64_t seed = 2024;
  size_t used = 0, capacity = 1024;
  char *text = malloc(capacity);
  for (int i = 0; i < length; i++) {
    seed = seed * 16807 % 2147483647;
    int64_t a = seed % size;
    int64_t b = seed / size % size;
    const char *word = vocabulary[a * b / size];
    size_t n = strlen(word);
    while (used + n + 2 > capacity) {
      capacity *= 2;
      text = realloc(text, capacity);
    }
    if (i > 0) text[used++] = ' ';
    memcpy(text + used, word, n);
    used += n;
  }
  text[used] = 0;
  return text;
}

typedef struct {
  char *word;
  uint64_t hash;
  int count;
} Entry;

typedef struct {
  Entry *slots;
  size_t capacity, length;
} Map;

static Entry *find(Map *m, const char *word, size_t n, uint64_t hash) {
  size_t i = hash & (m->capacity - 1);
  while (m->slots[i].word) {
    Entry *e = &m->slots[i];
    if (e->hash == hash && strlen(e->word) == n && memcmp(e->word, word, n) == 0) break;
    i = (i + 1) & (m->capacity - 1);
  }
  return &m->slots[i];
}

static void grow(Map *m) {
  Map bigger = {calloc(m->capacity * 2, sizeof(Entry)), m->capacity * 2, m->length};
  for (size_t i = 0; i < m->capacity; i++) {
    Entry e = m->slots[i];
    if (e.word) *find(&bigger, e.word, strlen(e.word), e.hash) = e;
  }
  free(m->slots);
  *m = bigger;
}

static void add(Map *m, const char *word, size_t n) {
  uint64_t hash = 14695981039346656037u;
  for (size_t i = 0; i < n; i++) hash = (hash ^ (uint8_t)word[i]) * 1099511628211u;
  Entry *e = find(m, word, n, hash);
  if (!e->word) {
    if ((m->length + 1) * 4 > m->capacity * 3) {
      grow(m);
      e = find(m, word, n, hash);
    }
    e->word = malloc(n + 1);
    memcpy(e->word, word, n);
    e->word[n] = 0;
    e->hash = hash;
    m->length++;
  }
  e->count++;
}

static int by_count(const void *x, const void *y) {
  const Entry *a = x, *b = y;
  return a->count == b->count ? strcmp(a->word, b->word) : b->count - a->count;
}

int main(void) {
  int size = 5000;
  char **vocabulary = malloc(size * sizeof(char *));
  for (int i = 0; i < size; i++) vocabulary[i] = spell(i);
  char *text = make_text(1800000, vocabulary, size);
  printf("%zu bytes\n", strlen(text));
  Map counts = {calloc(16, sizeof(Entry)), 16, 0};
  const char *start = text;
  while (1) {
    size_t n = strcspn(start, " ");
    add(&counts, start, n);
    if (start[n] == 0) break;
    start += n + 1;
  }
  printf("%zu different words\n", counts.length);
  Entry *entries = malloc(counts.length * sizeof(Entry));
  size_t k = 0;
  for (size_t i = 0; i < counts.capacity; i++)
    if (counts.slots[i].word) entries[k++] = counts.slots[i];
  qsort(entries, k, sizeof(Entry), by_count);
  for (int i = 0; i < 10; i++) printf("%s %d\n", entries[i].word, entries[i].count);
}
