// Finds the loops of a control flow graph, nested and irreducible ones too: depth-first search and union-find.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define UNVISITED (-1)

typedef struct {
  int *items;
  int length, capacity;
} Numbers;

static void add_number(Numbers *list, int item) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 4;
    list->items = realloc(list->items, list->capacity * sizeof(int));
  }
  list->items[list->length++] = item;
}

static bool contains(const Numbers *list, int item) {
  for (int i = 0; i < list->length; i++)
    if (list->items[i] == item) return true;
  return false;
}

typedef struct {
  void **items;
  int length, capacity;
} Pointers;

static void push(Pointers *list, void *item) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 4;
    list->items = realloc(list->items, list->capacity * sizeof(void *));
  }
  list->items[list->length++] = item;
}

typedef struct {
  int name;
  Pointers into, out; // blocks
} Block;

typedef struct {
  Pointers blocks;
} Graph;

static Block *block(Graph *g, int name) {
  while (g->blocks.length <= name) {
    Block *b = calloc(1, sizeof(Block));
    b->name = g->blocks.length;
    push(&g->blocks, b);
  }
  return g->blocks.items[name];
}

static void connect(Graph *g, int start, int end) {
  Block *first = block(g, start);
  Block *second = block(g, end);
  push(&first->out, second);
  push(&second->into, first);
}

static int diamond(Graph *g, int start) {
  connect(g, start, start + 1);
  connect(g, start, start + 2);
  connect(g, start + 1, start + 3);
  connect(g, start + 2, start + 3);
  return start + 3;
}

static int straight(Graph *g, int start, int length) {
  for (int i = 0; i < length; i++) connect(g, start + i, start + i + 1);
  return start + length;
}

static int base_loop(Graph *g, int start) {
  int header = straight(g, start, 1);
  int diamond1 = diamond(g, header);
  int inner = straight(g, diamond1, 1);
  int diamond2 = diamond(g, inner);
  int footer = straight(g, diamond2, 1);
  connect(g, diamond2, inner);
  connect(g, diamond1, header);
  connect(g, footer, start);
  return straight(g, footer, 1);
}

typedef struct Loop Loop;
struct Loop {
  int id;
  bool reducible;
  int size;
  Loop *parent;
  Pointers children; // loops
};

static int max(int a, int b) { return a > b ? a : b; }

// How deep the loops inside go.
static int depth(const Loop *loop) {
  int deepest = 0;
  for (int i = 0; i < loop->children.length; i++) deepest = max(deepest, depth(loop->children.items[i]) + 1);
  return deepest;
}

typedef enum { NO_HEADER, REDUCIBLE, SELF_LOOP, IRREDUCIBLE } Kind;

typedef struct Node Node;
struct Node {
  Block *block;
  int number, last, member_of;
  Kind kind;
  Node *parent;
  Loop *found;
  Numbers back, other;
};

// The representative, with the path to it made short.
static Node *find(Node *self) {
  Node *root = self;
  while (root->parent) root = root->parent;
  Node *node = self;
  while (node->parent) {
    Node *parent = node->parent;
    if (parent != root) node->parent = root;
    node = parent;
  }
  return root;
}

static int search(Block *b, Pointers *nodes, int *numbers) {
  int number = nodes->length;
  Node *node = calloc(1, sizeof(Node));
  node->block = b;
  node->number = number;
  node->member_of = -1;
  push(nodes, node);
  numbers[b->name] = number;
  int last = number;
  for (int i = 0; i < b->out.length; i++) {
    Block *target = b->out.items[i];
    if (numbers[target->name] == UNVISITED) last = search(target, nodes, numbers);
  }
  node->last = last;
  return last;
}

static bool is_ancestor(const Pointers *nodes, int w, int v) {
  return w <= v && v <= ((Node *)nodes->items[w])->last;
}

static void sort_predecessors(Pointers *nodes, const int *numbers) {
  for (int n = 0; n < nodes->length; n++) {
    Node *node = nodes->items[n];
    for (int i = 0; i < node->block->into.length; i++) {
      Block *before = node->block->into.items[i];
      int v = numbers[before->name];
      if (v != UNVISITED) {
        if (is_ancestor(nodes, node->number, v))
          add_number(&node->back, v);
        else if (!contains(&node->other, v))
          add_number(&node->other, v);
      }
    }
  }
}

// The nodes of the loop with header `header`, without it; sets its kind.
static Pointers collect(Pointers *nodes, Node *header) {
  Pointers pool = {0};
  for (int i = 0; i < header->back.length; i++) {
    int v = header->back.items[i];
    if (v == header->number) {
      header->kind = SELF_LOOP;
    } else {
      Node *node = find(nodes->items[v]);
      if (node->member_of != header->number) {
        node->member_of = header->number;
        push(&pool, node);
      }
    }
  }
  if (pool.length > 0) header->kind = REDUCIBLE;
  int at = 0;
  while (at < pool.length) {
    Node *x = pool.items[at];
    at++;
    for (int i = 0; i < x->other.length; i++) {
      Node *node = find(nodes->items[x->other.items[i]]);
      if (!is_ancestor(nodes, header->number, node->number)) {
        header->kind = IRREDUCIBLE;
        if (!contains(&header->other, node->number)) add_number(&header->other, node->number);
      } else if (node->number != header->number && node->member_of != header->number) {
        node->member_of = header->number;
        push(&pool, node);
      }
    }
  }
  return pool;
}

static Pointers find_loops(Graph *g) {
  Pointers loops = {0}, nodes = {0};
  int *numbers = malloc(g->blocks.length * sizeof(int));
  for (int i = 0; i < g->blocks.length; i++) numbers[i] = UNVISITED;
  search(block(g, 0), &nodes, numbers);
  sort_predecessors(&nodes, numbers);
  for (int w = nodes.length - 1; w >= 0; w--) {
    Node *header = nodes.items[w];
    Pointers pool = collect(&nodes, header);
    if (pool.length > 0 || header->kind == SELF_LOOP) {
      Loop *found = calloc(1, sizeof(Loop));
      found->id = loops.length;
      found->reducible = header->kind != IRREDUCIBLE;
      header->found = found;
      for (int i = 0; i < pool.length; i++) {
        Node *node = pool.items[i];
        node->parent = header;
        Loop *inner = node->found;
        if (inner) {
          inner->parent = found;
          push(&found->children, inner);
        } else {
          found->size++;
        }
      }
      push(&loops, found);
    }
    free(pool.items);
  }
  for (int i = 0; i < nodes.length; i++) {
    Node *node = nodes.items[i];
    free(node->back.items);
    free(node->other.items);
    free(node);
  }
  free(nodes.items);
  free(numbers);
  return loops;
}

static void free_loops(Pointers loops) {
  for (int i = 0; i < loops.length; i++) {
    free(((Loop *)loops.items[i])->children.items);
    free(loops.items[i]);
  }
  free(loops.items);
}

static Graph make_graph(void) {
  Graph g = {0};
  connect(&g, 0, 1);
  int n = 1;
  for (int i = 0; i < 3; i++) {
    int outer = n;
    n = straight(&g, n, 1);
    for (int j = 0; j < 8; j++) {
      int top = n;
      n = straight(&g, n, 1);
      for (int k = 0; k < 10; k++) n = base_loop(&g, n);
      int bottom = straight(&g, n, 1);
      connect(&g, n, top);
      n = bottom;
    }
    connect(&g, n, outer);
    connect(&g, outer, n - 1);
    n = straight(&g, n, 1);
  }
  return g;
}

int main(void) {
  Graph graph = make_graph();
  int total = 0;
  for (int i = 0; i < 90; i++) {
    Pointers loops = find_loops(&graph);
    total += loops.length;
    free_loops(loops);
  }
  Pointers loops = find_loops(&graph);
  int irreducible = 0, deepest = 0, members = 0;
  for (int i = 0; i < loops.length; i++) {
    Loop *found = loops.items[i];
    if (!found->reducible) irreducible++;
    if (!found->parent) deepest = max(deepest, depth(found) + 1);
    members += found->size * (found->id % 10);
  }
  printf("%d blocks, %d loops, %d irreducible, depth %d\n", graph.blocks.length, loops.length, irreducible, deepest);
  printf("total %d, members %d\n", total, members);
}
