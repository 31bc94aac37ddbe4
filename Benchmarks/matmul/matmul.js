// Products of matrices, as arrays of rows; the second factor is transposed first.
function matrix(n, seed) {
  const scale = seed / n / n;
  const a = [];
  for (let i = 0; i < n; i++) {
    const row = [];
    for (let j = 0; j < n; j++) row.push(scale * ((i - j) * (i + j)));
    a.push(row);
  }
  return a;
}

function transpose(a) {
  const n = a.length;
  const t = [];
  for (let i = 0; i < n; i++) {
    const row = [];
    for (let j = 0; j < n; j++) row.push(a[j][i]);
    t.push(row);
  }
  return t;
}

function multiply(a, b) {
  const n = a.length;
  const columns = transpose(b);
  const c = [];
  for (let i = 0; i < n; i++) {
    const row = a[i];
    const out = new Array(n).fill(0.0);
    for (let j = 0; j < n; j++) {
      const column = columns[j];
      let sum = 0.0;
      for (let k = 0; k < n; k++) sum += row[k] * column[k];
      out[j] = sum;
    }
    c.push(out);
  }
  return c;
}

const n = 400;
const a = matrix(n, 1.0);
const b = matrix(n, 2.0);
const c = multiply(a, b);
let trace = 0.0;
for (let i = 0; i < n; i++) trace += c[i][i];
console.log(`${c[n / 2][n / 2].toFixed(9)} ${trace.toFixed(9)}`);
