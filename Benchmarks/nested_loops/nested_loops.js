// Counted loops around integer arithmetic.
function run(n) {
  let sum = 0;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      for (let c = 0; c < n; c++) {
        for (let d = 0; d < n; d++) {
          sum += (a ^ b) + (c & d);
        }
      }
    }
  }
  return sum;
}

console.log(run(90));
