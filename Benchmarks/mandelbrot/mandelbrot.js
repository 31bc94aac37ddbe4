// Floating point in a loop that leaves early.
function escape(cr, ci, limit) {
  let zr = 0.0, zi = 0.0;
  let n = 0;
  while (n < limit) {
    const rr = zr * zr;
    const ii = zi * zi;
    if (rr + ii > 4.0) return n;
    zi = 2.0 * zr * zi + ci;
    zr = rr - ii + cr;
    n++;
  }
  return n;
}

function draw(size, limit) {
  let inside = 0, steps = 0;
  for (let y = 0; y < size; y++) {
    const ci = 2.0 * y / size - 1.0;
    for (let x = 0; x < size; x++) {
      const cr = 2.0 * x / size - 1.5;
      const n = escape(cr, ci, limit);
      steps += n;
      if (n === limit) inside++;
    }
  }
  return [inside, steps];
}

const [inside, steps] = draw(720, 100);
console.log(`${inside} ${steps}`);
