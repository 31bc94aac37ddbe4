// Functions made at run time: a pointer to a function beside what it captured, as C has it.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Function Function;
struct Function {
  int64_t (*call)(Function *self, int64_t x);
  int64_t n, state;
  Function *f, *g;
};

static Function *function(int64_t (*call)(Function *, int64_t), int64_t n, Function *f, Function *g) {
  Function *made = malloc(sizeof(Function));
  *made = (Function){call, n, 0, f, g};
  return made;
}

static int64_t call_adder(Function *self, int64_t x) { return x + self->n; }
static int64_t call_scaler(Function *self, int64_t x) { return x * self->n % 1000003; }
static int64_t call_composed(Function *self, int64_t x) { return self->g->call(self->g, self->f->call(self->f, x)); }
static int64_t call_counter(Function *self, int64_t x) {
  (void)x;
  self->state += self->n;
  return self->state;
}

static Function *adder(int64_t n) { return function(call_adder, n, NULL, NULL); }
static Function *scaler(int64_t n) { return function(call_scaler, n, NULL, NULL); }
static Function *compose(Function *f, Function *g) { return function(call_composed, 0, f, g); }
static Function *counter(int64_t step) { return function(call_counter, step, NULL, NULL); }

typedef struct {
  int64_t *items;
  int length, capacity;
} List;

static void push(List *list, int64_t x) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 4;
    list->items = realloc(list->items, list->capacity * sizeof(int64_t));
  }
  list->items[list->length++] = x;
}

static List transform(List xs, int64_t (*f)(void *, int64_t), void *captured) {
  List out = {0};
  for (int i = 0; i < xs.length; i++) push(&out, f(captured, xs.items[i]));
  return out;
}

static List keep(List xs, bool (*wanted)(void *, int64_t), void *captured) {
  List out = {0};
  for (int i = 0; i < xs.length; i++)
    if (wanted(captured, xs.items[i])) push(&out, xs.items[i]);
  return out;
}

static int64_t fold(List xs, int64_t start, int64_t (*f)(int64_t, int64_t)) {
  int64_t total = start;
  for (int i = 0; i < xs.length; i++) total = f(total, xs.items[i]);
  return total;
}

static int64_t run_chain(int64_t rounds) {
  Function *chain = adder(1);
  for (int i = 0; i < 6; i++) {
    chain = compose(chain, scaler(i + 2));
    chain = compose(chain, adder(i * 3));
  }
  int64_t total = 0;
  for (int64_t i = 0; i < rounds; i++) total += chain->call(chain, i);
  return total;
}

static int64_t run_counters(int rounds) {
  Function *counters[] = {counter(1), counter(2), counter(3)};
  int64_t total = 0;
  for (int i = 0; i < rounds; i++) total += counters[i % 3]->call(counters[i % 3], 0);
  return total;
}

static int64_t shift(void *captured, int64_t x) { return x * 3 + *(int64_t *)captured; }
static bool same_parity(void *captured, int64_t x) { return x % 2 == *(int64_t *)captured % 2; }
static int64_t mix(int64_t t, int64_t x) { return (t * 31 + x) % 1000003; }

static int64_t run_arrays(int64_t rounds) {
  List numbers = {0};
  for (int i = 0; i < 1000; i++) push(&numbers, i);
  int64_t total = 0;
  for (int64_t round = 0; round < rounds; round++) {
    List shifted = transform(numbers, shift, &round);
    List chosen = keep(shifted, same_parity, &round);
    total = fold(chosen, total, mix);
    free(shifted.items);
    free(chosen.items);
  }
  return total;
}

int main(void) {
  printf("%lld\n", (long long)run_chain(600000));
  printf("%lld\n", (long long)run_counters(3000000));
  printf("%lld\n", (long long)run_arrays(2000));
}
