// Permutations of a small array, flipped in place.
function fannkuch(n) {
  const p = [], q = [], s = [];
  for (let i = 0; i < n; i++) {
    p.push(i);
    q.push(0);
    s.push(i);
  }
  let sign = 1, maxFlips = 0, sum = 0;
  while (true) {
    let first = p[0];
    if (first !== 0) {
      for (let i = 1; i < n; i++) q[i] = p[i];
      let flips = 1;
      while (true) {
        const next = q[first];
        if (next === 0) {
          sum += sign * flips;
          if (flips > maxFlips) maxFlips = flips;
          break;
        }
        q[first] = first;
        if (first >= 3) {
          let i = 1, j = first - 1;
          while (i < j) {
            const t = q[i];
            q[i] = q[j];
            q[j] = t;
            i++;
            j--;
          }
        }
        first = next;
        flips++;
      }
    }
    if (sign === 1) {
      const t = p[0];
      p[0] = p[1];
      p[1] = t;
      sign = -1;
    } else {
      const t = p[1];
      p[1] = p[2];
      p[2] = t;
      sign = 1;
      let i = 2;
      while (i < n) {
        const sx = s[i];
        if (sx !== 0) {
          s[i] = sx - 1;
          break;
        }
        if (i === n - 1) return [sum, maxFlips];
        s[i] = i;
        const firstAgain = p[0];
        for (let j = 0; j <= i; j++) p[j] = p[j + 1];
        p[i + 1] = firstAgain;
        i++;
      }
    }
  }
}

const [sum, flips] = fannkuch(10);
console.log(`${sum}\nPfannkuchen(10) = ${flips}`);
