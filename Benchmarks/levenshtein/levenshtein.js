// Dynamic programming: the edit distance of two long texts, a row at a time.
function randomText(length, start) {
  const letters = "acgt";
  let seed = start;
  let text = "";
  for (let i = 0; i < length; i++) {
    seed = seed * 16807 % 2147483647;
    text += letters[Math.floor(seed / 1000) % 4];
  }
  return text;
}

function bytes(s) {
  const xs = [];
  for (let i = 0; i < s.length; i++) xs.push(s.charCodeAt(i));
  return xs;
}

function distance(from, to) {
  const a = bytes(from);
  const b = bytes(to);
  let previous = [], current = [];
  for (let j = 0; j <= b.length; j++) {
    previous.push(j);
    current.push(0);
  }
  for (let i = 0; i < a.length; i++) {
    current[0] = i + 1;
    const x = a[i];
    for (let j = 0; j < b.length; j++) {
      let best = previous[j];
      if (x !== b[j]) best++;
      const deleted = previous[j + 1] + 1;
      if (deleted < best) best = deleted;
      const inserted = current[j] + 1;
      if (inserted < best) best = inserted;
      current[j + 1] = best;
    }
    [previous, current] = [current, previous];
  }
  return previous[b.length];
}

console.log(`${distance("kitten", "sitting")} ${distance("", "orus")}`);
console.log(distance(randomText(4500, 1), randomText(4000, 2)));
