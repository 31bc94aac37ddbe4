// Two-dimensional arrays on a torus, a new grid each generation.
function randomGrid(width, height) {
  let seed = 42;
  const grid = [];
  for (let y = 0; y < height; y++) {
    const row = new Array(width).fill(0);
    for (let x = 0; x < width; x++) {
      seed = seed * 16807 % 2147483647;
      if (seed % 3 === 0) row[x] = 1;
    }
    grid.push(row);
  }
  return grid;
}

function step(grid) {
  const height = grid.length, width = grid[0].length;
  const following = [];
  for (let y = 0; y < height; y++) {
    const above = grid[(y + height - 1) % height];
    const here = grid[y];
    const below = grid[(y + 1) % height];
    const row = new Array(width).fill(0);
    for (let x = 0; x < width; x++) {
      const left = (x + width - 1) % width;
      const right = (x + 1) % width;
      const near = above[left] + above[x] + above[right] + here[left] + here[right] +
        below[left] + below[x] + below[right];
      if (near === 3 || near === 2 && here[x] === 1) row[x] = 1;
    }
    following.push(row);
  }
  return following;
}

function population(grid) {
  let alive = 0;
  for (const row of grid) {
    for (const cell of row) alive += cell;
  }
  return alive;
}

let grid = randomGrid(160, 120);
console.log(`start ${population(grid)}`);
for (let generation = 1; generation <= 400; generation++) {
  grid = step(grid);
  if (generation % 100 === 0) console.log(`generation ${generation}: ${population(grid)}`);
}
let picture = "";
for (const cell of grid[60]) picture += cell === 1 ? "#" : ".";
console.log(picture);
