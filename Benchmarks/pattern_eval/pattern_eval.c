// An evaluator and a simplifier over a tagged union, with nested tests. Nodes live until the end, as subtrees are shared.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MODULUS 1000003

typedef enum { NUM, VAR, NEG, ADD, SUB, MUL, IF } Tag;

typedef struct Expr Expr;
struct Expr {
  Tag tag;
  union {
    int64_t value;
    int index;
    Expr *of;
    struct { Expr *left, *right; };
    struct { Expr *condition, *yes, *no; };
  };
};

static Expr *expr(Expr e) {
  Expr *made = malloc(sizeof(Expr));
  *made = e;
  return made;
}

static Expr *num(int64_t value) { return expr((Expr){.tag = NUM, .value = value}); }
static Expr *neg(Expr *of) { return expr((Expr){.tag = NEG, .of = of}); }
static Expr *binary(Tag tag, Expr *left, Expr *right) { return expr((Expr){.tag = tag, .left = left, .right = right}); }
static Expr *choice(Expr *condition, Expr *yes, Expr *no) {
  return expr((Expr){.tag = IF, .condition = condition, .yes = yes, .no = no});
}

typedef struct {
  int64_t seed;
} Random;

static int64_t below(Random *r, int64_t n) {
  r->seed = r->seed * 16807 % 2147483647;
  return r->seed / 1000 % n;
}

static Expr *generate(Random *random, int depth) {
  if (depth == 0) {
    if (below(random, 3) == 0) return num(below(random, 3));
    return expr((Expr){.tag = VAR, .index = below(random, 8)});
  }
  int kind = below(random, 6);
  Expr *left = generate(random, depth - 1);
  if (kind == 0) return neg(left);
  Expr *right = generate(random, depth - 1);
  switch (kind) {
    case 1: case 2: return binary(ADD, left, right);
    case 3: return binary(SUB, left, right);
    case 4: return binary(MUL, left, right);
    default: return choice(left, right, generate(random, depth - 1));
  }
}

static int64_t eval(const Expr *e, const int64_t *env) {
  switch (e->tag) {
    case NUM: return e->value;
    case VAR: return env[e->index];
    case NEG: return (MODULUS - eval(e->of, env)) % MODULUS;
    case ADD: return (eval(e->left, env) + eval(e->right, env)) % MODULUS;
    case SUB: return (eval(e->left, env) + MODULUS - eval(e->right, env)) % MODULUS;
    case MUL: return eval(e->left, env) * eval(e->right, env) % MODULUS;
    default: return eval(e->condition, env) % 2 == 1 ? eval(e->yes, env) : eval(e->no, env);
  }
}

static bool is_num(const Expr *e, int64_t value) { return e->tag == NUM && e->value == value; }

static Expr *simplify_node(Expr *e) {
  switch (e->tag) {
    case NEG:
      if (e->of->tag == NUM) return num((MODULUS - e->of->value) % MODULUS);
      if (e->of->tag == NEG) return e->of->of;
      return e;
    case ADD:
      if (e->left->tag == NUM && e->right->tag == NUM) return num((e->left->value + e->right->value) % MODULUS);
      if (is_num(e->left, 0)) return e->right;
      if (is_num(e->right, 0)) return e->left;
      return e;
    case SUB:
      if (e->left->tag == NUM && e->right->tag == NUM)
        return num((e->left->value + MODULUS - e->right->value) % MODULUS);
      if (is_num(e->right, 0)) return e->left;
      return e;
    case MUL:
      if (e->left->tag == NUM && e->right->tag == NUM) return num(e->left->value * e->right->value % MODULUS);
      if (is_num(e->left, 0) || is_num(e->right, 0)) return num(0);
      if (is_num(e->left, 1)) return e->right;
      if (is_num(e->right, 1)) return e->left;
      return e;
    case IF:
      if (e->condition->tag == NUM) return e->condition->value % 2 == 1 ? e->yes : e->no;
      return e;
    default:
      return e;
  }
}

static Expr *simplify(Expr *e) {
  switch (e->tag) {
    case NEG: return simplify_node(neg(simplify(e->of)));
    case ADD: case SUB: case MUL: return simplify_node(binary(e->tag, simplify(e->left), simplify(e->right)));
    case IF: return simplify_node(choice(simplify(e->condition), simplify(e->yes), simplify(e->no)));
    default: return e;
  }
}

static int size(const Expr *e) {
  switch (e->tag) {
    case NUM: case VAR: return 1;
    case NEG: return 1 + size(e->of);
    case IF: return 1 + size(e->condition) + size(e->yes) + size(e->no);
    default: return 1 + size(e->left) + size(e->right);
  }
}

static int64_t evaluate_often(const Expr *e, int64_t rounds) {
  int64_t total = 0;
  for (int64_t i = 0; i < rounds; i++) {
    int64_t env[8];
    for (int k = 1; k <= 8; k++) env[k - 1] = (i * k + total) % MODULUS;
    total = (total + eval(e, env)) % MODULUS;
  }
  return total;
}

int main(void) {
  Random random = {12345};
  Expr *e = generate(&random, 11);
  printf("size %d\n", size(e));
  printf("value %d\n", (int)evaluate_often(e, 1000));
  Expr *smaller = e;
  for (int i = 0; i < 90; i++) smaller = simplify(e);
  printf("size %d\n", size(smaller));
  printf("value %d\n", (int)evaluate_often(smaller, 2000));
}
