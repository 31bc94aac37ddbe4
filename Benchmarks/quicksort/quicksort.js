// Recursion over an array that is changed in place.
function sort(xs, low, high) {
  const pivot = xs[(low + high) >> 1];
  let i = low, j = high;
  while (i <= j) {
    while (xs[i] < pivot) i++;
    while (xs[j] > pivot) j--;
    if (i <= j) {
      const t = xs[i];
      xs[i] = xs[j];
      xs[j] = t;
      i++;
      j--;
    }
  }
  if (low < j) sort(xs, low, j);
  if (i < high) sort(xs, i, high);
}

const n = 2000000;
const xs = new Array(n).fill(0);
let seed = 42;
for (let i = 0; i < n; i++) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  xs[i] = (seed >> 3) % 1000000;
}
sort(xs, 0, n - 1);
let ordered = true;
for (let i = 1; i < n; i++) {
  if (xs[i - 1] > xs[i]) ordered = false;
}
console.log(`${ordered} ${xs[0]} ${xs[n / 2]} ${xs[n - 1]}`);
