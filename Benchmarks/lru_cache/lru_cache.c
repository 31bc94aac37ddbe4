// A hash map of integers beside a doubly linked list: a cache that drops what was used longest ago.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Node Node;
struct Node {
  int key;
  int64_t value;
  Node *prev, *next;
  Node *chain; // in the map
};

typedef struct {
  Node **buckets;
  unsigned size;
  int length;
} Map;

static Node **map_slot(Map *m, int key) {
  Node **slot = &m->buckets[((uint32_t)key * 2654435769u >> 7) & (m->size - 1)];
  while (*slot && (*slot)->key != key) slot = &(*slot)->chain;
  return slot;
}

static void map_grow(Map *m) {
  Map bigger = {calloc(m->size * 2, sizeof(Node *)), m->size * 2, m->length};
  for (unsigned i = 0; i < m->size; i++) {
    Node *node = m->buckets[i];
    while (node) {
      Node *chain = node->chain;
      node->chain = NULL;
      *map_slot(&bigger, node->key) = node;
      node = chain;
    }
  }
  free(m->buckets);
  *m = bigger;
}

static void map_add(Map *m, Node *node) {
  if (m->length >= (int)m->size) map_grow(m);
  *map_slot(m, node->key) = node;
  m->length++;
}

static void map_remove(Map *m, int key) {
  Node **slot = map_slot(m, key);
  if (!*slot) return;
  *slot = (*slot)->chain;
  m->length--;
}

// The root is no entry: root->next is the entry used last, root->prev the one used first.
typedef struct {
  int capacity;
  Map nodes;
  Node *root;
  int evicted;
} Cache;

static Node *node_new(int key, int64_t value) {
  Node *node = malloc(sizeof(Node));
  *node = (Node){.key = key, .value = value};
  return node;
}

static Cache cache_new(int capacity) {
  Node *root = node_new(-1, 0);
  root->prev = root->next = root;
  return (Cache){capacity, {calloc(16, sizeof(Node *)), 16, 0}, root, 0};
}

static void unlink_node(Node *node) {
  Node *before = node->prev;
  Node *after = node->next;
  before->next = after;
  after->prev = before;
}

static void link_first(Cache *c, Node *node) {
  Node *after = c->root->next;
  node->prev = c->root;
  node->next = after;
  c->root->next = node;
  after->prev = node;
}

static Node *get(Cache *c, int key) {
  Node *node = *map_slot(&c->nodes, key);
  if (!node) return NULL;
  unlink_node(node);
  link_first(c, node);
  return node;
}

static void put(Cache *c, int key, int64_t value) {
  if (c->nodes.length >= c->capacity) {
    Node *oldest = c->root->prev;
    unlink_node(oldest);
    map_remove(&c->nodes, oldest->key);
    free(oldest);
    c->evicted++;
  }
  Node *node = node_new(key, value);
  link_first(c, node);
  map_add(&c->nodes, node);
}

int main(void) {
  Cache cache = cache_new(2000);
  int64_t seed = 11, checksum = 0;
  int hits = 0, misses = 0;
  for (int i = 0; i < 1000000; i++) {
    seed = seed * 16807 % 2147483647;
    int64_t a = seed % 8000;
    int64_t b = seed / 8000 % 8000;
    int key = a * b / 8000;
    Node *node = get(&cache, key);
    if (node) {
      hits++;
      checksum = (checksum * 31 + node->value) % 1000003;
    } else {
      misses++;
      put(&cache, key, (int64_t)key * 7 + 1);
    }
  }
  printf("hits %d, misses %d, evicted %d, checksum %d\n", hits, misses, cache.evicted, (int)checksum);
}
