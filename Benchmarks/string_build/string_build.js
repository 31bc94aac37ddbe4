// A text that grows by small joins, and numbers turned into text.
function build(n) {
  let text = "";
  for (let i = 0; i < n; i++) text += `${i},`;
  return text;
}

let total = 0;
for (let round = 0; round < 10; round++) {
  const text = build(150000);
  total += text.length;
}
console.log(total);
