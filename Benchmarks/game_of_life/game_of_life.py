# Two-dimensional arrays on a torus, a new grid each generation.
def random_grid(width, height):
    seed = 42
    grid = []
    for _ in range(height):
        row = [0] * width
        for x in range(width):
            seed = seed * 16807 % 2147483647
            if seed % 3 == 0:
                row[x] = 1
        grid.append(row)
    return grid


def step(grid):
    height = len(grid)
    width = len(grid[0])
    following = []
    for y in range(height):
        above = grid[(y + height - 1) % height]
        here = grid[y]
        below = grid[(y + 1) % height]
        row = [0] * width
        for x in range(width):
            left = (x + width - 1) % width
            right = (x + 1) % width
            near = (above[left] + above[x] + above[right] + here[left] + here[right]
                    + below[left] + below[x] + below[right])
            if near == 3 or near == 2 and here[x] == 1:
                row[x] = 1
        following.append(row)
    return following


def population(grid):
    alive = 0
    for row in grid:
        for cell in row:
            alive += cell
    return alive


grid = random_grid(160, 120)
print(f"start {population(grid)}")
for generation in range(1, 401):
    grid = step(grid)
    if generation % 100 == 0:
        print(f"generation {generation}: {population(grid)}")
print("".join("#" if cell == 1 else "." for cell in grid[60]))
