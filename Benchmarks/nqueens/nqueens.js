// Backtracking over arrays of flags.
class Board {
  constructor(size) {
    this.size = size;
    this.columns = new Array(size).fill(false);
    this.rising = new Array(2 * size).fill(false);
    this.falling = new Array(2 * size).fill(false);
  }

  solve(row) {
    if (row === this.size) return 1;
    let solutions = 0;
    for (let column = 0; column < this.size; column++) {
      const up = row + column;
      const down = row - column + this.size;
      if (!this.columns[column] && !this.rising[up] && !this.falling[down]) {
        this.columns[column] = true;
        this.rising[up] = true;
        this.falling[down] = true;
        solutions += this.solve(row + 1);
        this.columns[column] = false;
        this.rising[up] = false;
        this.falling[down] = false;
      }
    }
    return solutions;
  }
}

for (let size = 4; size <= 12; size++) console.log(`${size} queens: ${new Board(size).solve(0)}`);
