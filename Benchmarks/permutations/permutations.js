// Every order of nine numbers, each kept as an array of its own, then a checksum over them.
function permute(items, k, out) {
  if (k === 1) {
    out.push(items.slice());
    return;
  }
  for (let i = 0; i < k; i++) {
    permute(items, k - 1, out);
    const j = k % 2 === 0 ? i : 0;
    [items[j], items[k - 1]] = [items[k - 1], items[j]];
  }
}

function inversions(p) {
  const n = p.length;
  let count = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      if (p[i] > p[j]) count++;
    }
  }
  return count;
}

function main() {
  const n = 9;
  const items = [];
  for (let i = 0; i < n; i++) items.push(i);
  const all = [];
  permute(items, n, all);
  let odd = 0, total = 0, checksum = 0;
  for (const p of all) {
    const count = inversions(p);
    total += count;
    odd += count % 2;
    for (const x of p) checksum = (checksum * 31 + x) % 1000003;
  }
  console.log(`${all.length} ${odd} ${total} ${checksum}`);
}

main();
