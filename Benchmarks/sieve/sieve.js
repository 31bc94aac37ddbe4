// An array of flags, written and read in strides.
function countPrimes(limit) {
  const composite = new Array(limit + 1).fill(false);
  let count = 0;
  for (let i = 2; i <= limit; i++) {
    if (!composite[i]) {
      count++;
      let j = i + i;
      while (j <= limit) {
        composite[j] = true;
        j += i;
      }
    }
  }
  return count;
}

let total = 0;
for (let round = 0; round < 5; round++) total += countPrimes(2000000);
console.log(total);
