# Backtracking over arrays of flags.
class Board:
    def __init__(self, size):
        self.size = size
        self.columns = [False] * size
        self.rising = [False] * (2 * size)
        self.falling = [False] * (2 * size)

    def solve(self, row):
        if row == self.size:
            return 1
        solutions = 0
        for column in range(self.size):
            up = row + column
            down = row - column + self.size
            if not self.columns[column] and not self.rising[up] and not self.falling[down]:
                self.columns[column] = True
                self.rising[up] = True
                self.falling[down] = True
                solutions += self.solve(row + 1)
                self.columns[column] = False
                self.rising[up] = False
                self.falling[down] = False
        return solutions


for size in range(4, 13):
    print(f"{size} queens: {Board(size).solve(0)}")
