// Many small objects that point to each other, most of them short-lived.
#include <stdio.h>
#include <stdlib.h>

typedef struct Tree Tree;
struct Tree {
  Tree *left, *right;
};

static int count(const Tree *tree) {
  int n = 1;
  if (tree->left) n += count(tree->left);
  if (tree->right) n += count(tree->right);
  return n;
}

static Tree *build(int depth) {
  Tree *tree = malloc(sizeof(Tree));
  tree->left = depth == 0 ? NULL : build(depth - 1);
  tree->right = depth == 0 ? NULL : build(depth - 1);
  return tree;
}

static void release(Tree *tree) {
  if (tree->left) release(tree->left);
  if (tree->right) release(tree->right);
  free(tree);
}

static int count_and_release(Tree *tree) {
  int n = count(tree);
  release(tree);
  return n;
}

int main(void) {
  int max_depth = 15;
  printf("stretch tree of depth %d\t check: %d\n", max_depth + 1, count_and_release(build(max_depth + 1)));
  Tree *long_lived = build(max_depth);
  for (int depth = 4; depth <= max_depth; depth += 4) {
    int iterations = 1 << (max_depth - depth + 4);
    int check = 0;
    for (int i = 0; i < iterations; i++) check += count_and_release(build(depth));
    printf("%d\t trees of depth %d\t check: %d\n", iterations, depth, check);
  }
  printf("long lived tree of depth %d\t check: %d\n", max_depth, count_and_release(long_lived));
}
