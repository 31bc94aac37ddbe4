// A map from words to counts, filled from a long text.
const SYLLABLES = ["ka", "to", "mi", "re", "su", "no", "la", "vi", "pe", "du"];

function spell(number) {
  let n = number;
  let word = "";
  while (n > 0 || word === "") {
    word += SYLLABLES[n % 10];
    n = Math.floor(n / 10);
  }
  return word;
}

function makeText(length, vocabulary) {
  const size = vocabulary.length;
  let seed = 2024;
  const words = [];
  for (let i = 0; i < length; i++) {
    seed = seed * 16807 % 2147483647;
    const a = seed % size;
    const b = Math.floor(seed / size) % size;
    words.push(vocabulary[Math.floor(a * b / size)]);
  }
  return words.join(" ");
}

function countWords(text) {
  const counts = new Map();
  for (const word of text.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const vocabulary = [];
for (let i = 0; i < 5000; i++) vocabulary.push(spell(i));
const text = makeText(1800000, vocabulary);
console.log(`${text.length} bytes`);
const counts = countWords(text);
console.log(`${counts.size} different words`);
const entries = [...counts];
entries.sort((a, b) => a[1] === b[1] ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1]);
for (const [word, count] of entries.slice(0, 10)) console.log(`${word} ${count}`);
