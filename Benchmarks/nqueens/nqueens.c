// Backtracking over arrays of flags.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
  int size;
  bool *columns, *rising, *falling;
} Board;

static Board board_new(int size) {
  return (Board){size, calloc(size, sizeof(bool)), calloc(2 * size, sizeof(bool)), calloc(2 * size, sizeof(bool))};
}

static int solve(Board *b, int row) {
  if (row == b->size) return 1;
  int solutions = 0;
  for (int column = 0; column < b->size; column++) {
    int up = row + column;
    int down = row - column + b->size;
    if (!b->columns[column] && !b->rising[up] && !b->falling[down]) {
      b->columns[column] = true;
      b->rising[up] = true;
      b->falling[down] = true;
      solutions += solve(b, row + 1);
      b->columns[column] = false;
      b->rising[up] = false;
      b->falling[down] = false;
    }
  }
  return solutions;
}

int main(void) {
  for (int size = 4; size <= 12; size++) {
    Board b = board_new(size);
    printf("%d queens: %d\n", size, solve(&b, 0));
    free(b.columns);
    free(b.rising);
    free(b.falling);
  }
}
