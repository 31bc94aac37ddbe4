// An incremental solver of constraints of several strengths over a graph of variables.
// Variables and constraints live until their test ends: an arena frees them together.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REQUIRED = 0, PREFERRED = 2, STRONG_DEFAULT = 3, NORMAL = 4, WEAKEST = 6 };
typedef enum { UNSATISFIED, FORWARD, BACKWARD } Direction;
typedef enum { STAY, EDIT, EQUAL, SCALE } Kind;

typedef struct Constraint Constraint;
typedef struct Variable Variable;

typedef struct {
  Constraint **items;
  int length, capacity;
} List;

static void push(List *list, Constraint *item) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 4;
    list->items = realloc(list->items, list->capacity * sizeof(Constraint *));
  }
  list->items[list->length++] = item;
}

struct Variable {
  int value;
  List constraints;
  Constraint *determined_by;
  int mark, walk_strength;
  bool stay;
  Variable *next; // in the arena
};

// From `left` to `right` or back; stays and edits have only an output, which is both.
struct Constraint {
  Kind kind;
  int strength;
  Variable *left, *right, *scale, *offset;
  Direction direction;
  Constraint *next; // in the arena
};

typedef struct {
  int mark;
  Variable *variables;
  Constraint *constraints;
} Planner;

static Variable *variable_new(Planner *p, int value) {
  Variable *v = calloc(1, sizeof(Variable));
  v->value = value;
  v->walk_strength = WEAKEST;
  v->stay = true;
  v->next = p->variables;
  p->variables = v;
  return v;
}

static void planner_free(Planner *p) {
  while (p->variables) {
    Variable *v = p->variables;
    p->variables = v->next;
    free(v->constraints.items);
    free(v);
  }
  while (p->constraints) {
    Constraint *c = p->constraints;
    p->constraints = c->next;
    free(c);
  }
}

static void remove_constraint(Variable *v, Constraint *c) {
  List *list = &v->constraints;
  for (int i = 0; i < list->length; i++) {
    if (list->items[i] == c) {
      memmove(list->items + i, list->items + i + 1, (list->length - i - 1) * sizeof(Constraint *));
      list->length--;
      break;
    }
  }
  if (v->determined_by == c) v->determined_by = NULL;
}

static bool is_unary(const Constraint *c) { return c->kind == STAY || c->kind == EDIT; }
static bool is_satisfied(const Constraint *c) { return c->direction != UNSATISFIED; }
static Variable *output(const Constraint *c) { return c->direction == BACKWARD ? c->left : c->right; }
static Variable *input(const Constraint *c) { return c->direction == BACKWARD ? c->right : c->left; }

static void add_to_graph(Constraint *c) {
  c->direction = UNSATISFIED;
  push(&c->right->constraints, c);
  if (!is_unary(c)) push(&c->left->constraints, c);
  if (c->kind == SCALE) {
    push(&c->scale->constraints, c);
    push(&c->offset->constraints, c);
  }
}

static void remove_from_graph(Constraint *c) {
  remove_constraint(c->right, c);
  if (!is_unary(c)) remove_constraint(c->left, c);
  if (c->kind == SCALE) {
    remove_constraint(c->scale, c);
    remove_constraint(c->offset, c);
  }
  c->direction = UNSATISFIED;
}

static bool can_write(const Constraint *c, const Variable *target, int mark) {
  return target->mark != mark && c->strength < target->walk_strength;
}

static void choose_method(Constraint *c, int mark) {
  bool forward = can_write(c, c->right, mark);
  if (is_unary(c) || c->left->mark == mark) {
    c->direction = forward ? FORWARD : UNSATISFIED;
  } else if (c->right->mark == mark || c->left->walk_strength > c->right->walk_strength) {
    c->direction = can_write(c, c->left, mark) ? BACKWARD : UNSATISFIED;
  } else {
    c->direction = forward ? FORWARD : UNSATISFIED;
  }
}

static void mark_inputs(Constraint *c, int mark) {
  if (is_unary(c)) return;
  input(c)->mark = mark;
  if (c->kind == SCALE) {
    c->scale->mark = mark;
    c->offset->mark = mark;
  }
}

static bool inputs_known(const Constraint *c, int mark) {
  if (is_unary(c)) return true;
  Variable *source = input(c);
  return source->mark == mark || source->stay || !source->determined_by;
}

static void execute(Constraint *c) {
  if (c->kind == EQUAL) {
    output(c)->value = input(c)->value;
  } else if (c->kind == SCALE) {
    if (c->direction == FORWARD)
      c->right->value = c->left->value * c->scale->value + c->offset->value;
    else
      c->left->value = (c->right->value - c->offset->value) / c->scale->value;
  }
}

static int max(int a, int b) { return a > b ? a : b; }

static void recalculate(Constraint *c) {
  Variable *out = output(c);
  if (is_unary(c)) {
    out->walk_strength = c->strength;
    out->stay = c->kind == STAY;
  } else if (c->kind == EQUAL) {
    out->walk_strength = max(c->strength, input(c)->walk_strength);
    out->stay = input(c)->stay;
  } else {
    out->walk_strength = max(c->strength, input(c)->walk_strength);
    out->stay = input(c)->stay && c->scale->stay && c->offset->stay;
  }
  if (out->stay) execute(c);
}

static void fail(const char *message) {
  fprintf(stderr, "%s\n", message);
  exit(1);
}

static bool add_propagate(Planner *p, Constraint *c, int mark);

// Enforces the constraint; what it overrides is given back.
static Constraint *satisfy(Constraint *c, int mark, Planner *p) {
  choose_method(c, mark);
  if (!is_satisfied(c)) {
    if (c->strength == REQUIRED) fail("cannot satisfy a required constraint");
    return NULL;
  }
  mark_inputs(c, mark);
  Variable *out = output(c);
  Constraint *overridden = out->determined_by;
  if (overridden) overridden->direction = UNSATISFIED;
  out->determined_by = c;
  if (!add_propagate(p, c, mark)) fail("a cycle");
  out->mark = mark;
  return overridden;
}

static void add_consumers(Variable *v, List *out) {
  for (int i = 0; i < v->constraints.length; i++) {
    Constraint *c = v->constraints.items[i];
    if (is_satisfied(c) && v->determined_by != c) push(out, c);
  }
}

static int new_mark(Planner *p) { return ++p->mark; }

static void incremental_add(Planner *p, Constraint *c) {
  int mark = new_mark(p);
  Constraint *overridden = satisfy(c, mark, p);
  while (overridden) overridden = satisfy(overridden, mark, p);
}

static Constraint *constrain(Planner *p, Kind kind, int strength, Variable *left, Variable *right,
                             Variable *scale, Variable *offset) {
  Constraint *c = malloc(sizeof(Constraint));
  *c = (Constraint){kind, strength, left, right, scale, offset, UNSATISFIED, p->constraints};
  p->constraints = c;
  add_to_graph(c);
  incremental_add(p, c);
  return c;
}

static List remove_propagate_from(Variable *out) {
  out->determined_by = NULL;
  out->walk_strength = WEAKEST;
  out->stay = true;
  List unsatisfied = {0};
  int length = 1, capacity = 4;
  Variable **todo = malloc(capacity * sizeof(Variable *));
  todo[0] = out;
  while (length > 0) {
    Variable *v = todo[--length];
    for (int i = 0; i < v->constraints.length; i++) {
      Constraint *c = v->constraints.items[i];
      if (!is_satisfied(c)) push(&unsatisfied, c);
    }
    for (int i = 0; i < v->constraints.length; i++) {
      Constraint *c = v->constraints.items[i];
      if (is_satisfied(c) && v->determined_by != c) {
        recalculate(c);
        if (length == capacity) {
          capacity *= 2;
          todo = realloc(todo, capacity * sizeof(Variable *));
        }
        todo[length++] = output(c);
      }
    }
  }
  free(todo);
  return unsatisfied;
}

static void incremental_remove(Planner *p, Constraint *c) {
  Variable *out = output(c);
  remove_from_graph(c);
  List unsatisfied = remove_propagate_from(out);
  for (int strength = REQUIRED; strength < WEAKEST; strength++) {
    for (int i = 0; i < unsatisfied.length; i++) {
      if (unsatisfied.items[i]->strength == strength) incremental_add(p, unsatisfied.items[i]);
    }
  }
  free(unsatisfied.items);
}

static List make_plan(Planner *p, Constraint *source) {
  int mark = new_mark(p);
  List plan = {0}, sources = {0};
  push(&sources, source);
  while (sources.length > 0) {
    Constraint *c = sources.items[--sources.length];
    Variable *out = output(c);
    if (out->mark != mark && inputs_known(c, mark)) {
      push(&plan, c);
      out->mark = mark;
      add_consumers(out, &sources);
    }
  }
  free(sources.items);
  return plan;
}

static bool add_propagate(Planner *p, Constraint *c, int mark) {
  List todo = {0};
  push(&todo, c);
  while (todo.length > 0) {
    Constraint *following = todo.items[--todo.length];
    Variable *out = output(following);
    if (out->mark == mark) {
      incremental_remove(p, c);
      free(todo.items);
      return false;
    }
    recalculate(following);
    add_consumers(out, &todo);
  }
  free(todo.items);
  return true;
}

static void execute_plan(List plan) {
  for (int i = 0; i < plan.length; i++) execute(plan.items[i]);
}

static void change(Planner *p, Variable *v, int value) {
  Constraint *edit = constrain(p, EDIT, PREFERRED, v, v, NULL, NULL);
  List plan = make_plan(p, edit);
  for (int i = 0; i < 10; i++) {
    v->value = value;
    execute_plan(plan);
  }
  free(plan.items);
  incremental_remove(p, edit);
}

static int chain_test(int n) {
  Planner p = {0};
  Variable **variables = malloc((n + 1) * sizeof(Variable *));
  for (int i = 0; i <= n; i++) variables[i] = variable_new(&p, 0);
  for (int i = 0; i < n; i++) constrain(&p, EQUAL, REQUIRED, variables[i], variables[i + 1], NULL, NULL);
  constrain(&p, STAY, STRONG_DEFAULT, variables[n], variables[n], NULL, NULL);
  Constraint *edit = constrain(&p, EDIT, PREFERRED, variables[0], variables[0], NULL, NULL);
  List plan = make_plan(&p, edit);
  int total = 0;
  for (int i = 0; i < 100; i++) {
    variables[0]->value = i;
    execute_plan(plan);
    total += variables[n]->value;
  }
  free(plan.items);
  incremental_remove(&p, edit);
  free(variables);
  planner_free(&p);
  return total;
}

static int projection_test(int n) {
  Planner p = {0};
  Variable *scale = variable_new(&p, 10);
  Variable *offset = variable_new(&p, 1000);
  Variable **sources = malloc(n * sizeof(Variable *));
  Variable **targets = malloc(n * sizeof(Variable *));
  for (int i = 0; i < n; i++) {
    sources[i] = variable_new(&p, i);
    targets[i] = variable_new(&p, i);
  }
  for (int i = 0; i < n; i++) {
    constrain(&p, STAY, NORMAL, sources[i], sources[i], NULL, NULL);
    constrain(&p, SCALE, REQUIRED, sources[i], targets[i], scale, offset);
  }
  change(&p, sources[n - 1], 17);
  int total = targets[n - 1]->value;
  change(&p, targets[n - 1], 1050);
  total += sources[n - 1]->value;
  change(&p, scale, 5);
  for (int i = 0; i < n; i++) total += targets[i]->value;
  change(&p, offset, 2000);
  for (int i = 0; i < n; i++) total += targets[i]->value;
  free(sources);
  free(targets);
  planner_free(&p);
  return total;
}

int main(void) {
  int chain = 0, projection = 0;
  for (int i = 0; i < 12; i++) {
    chain += chain_test(1500);
    projection += projection_test(1500);
  }
  printf("chain %d, projection %d\n", chain, projection);
}
