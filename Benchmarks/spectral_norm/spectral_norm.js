// Floating point in nested loops over arrays, with a small function inside.
function a(i, j) {
  return 1.0 / ((i + j) * (i + j + 1) / 2 + i + 1);
}

function times(v, u) {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    let sum = 0.0;
    for (let j = 0; j < n; j++) sum += a(i, j) * u[j];
    v[i] = sum;
  }
}

function timesTransposed(v, u) {
  const n = v.length;
  for (let i = 0; i < n; i++) {
    let sum = 0.0;
    for (let j = 0; j < n; j++) sum += a(j, i) * u[j];
    v[i] = sum;
  }
}

function timesBoth(v, u, t) {
  times(t, u);
  timesTransposed(v, t);
}

const n = 500;
const u = new Array(n).fill(1.0);
const v = new Array(n).fill(0.0);
const t = new Array(n).fill(0.0);
for (let i = 0; i < 10; i++) {
  timesBoth(v, u, t);
  timesBoth(u, v, t);
}
let vbv = 0.0, vv = 0.0;
for (let i = 0; i < n; i++) {
  vbv += u[i] * v[i];
  vv += v[i] * v[i];
}
console.log(Math.sqrt(vbv / vv).toFixed(9));
