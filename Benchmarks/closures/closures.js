// Functions made at run time: captured values, captured variables, composition, functions over arrays.
const adder = (n) => (x) => x + n;
const scaler = (n) => (x) => x * n % 1000003;
const compose = (f, g) => (x) => g(f(x));

function counter(step) {
  let n = 0;
  return () => {
    n += step;
    return n;
  };
}

function transform(xs, f) {
  const out = [];
  for (const x of xs) out.push(f(x));
  return out;
}

function keep(xs, wanted) {
  const out = [];
  for (const x of xs) {
    if (wanted(x)) out.push(x);
  }
  return out;
}

function fold(xs, start, f) {
  let total = start;
  for (const x of xs) total = f(total, x);
  return total;
}

function runChain(rounds) {
  let chain = adder(1);
  for (let i = 0; i < 6; i++) {
    chain = compose(chain, scaler(i + 2));
    chain = compose(chain, adder(i * 3));
  }
  let total = 0;
  for (let i = 0; i < rounds; i++) total += chain(i);
  return total;
}

function runCounters(rounds) {
  const counters = [counter(1), counter(2), counter(3)];
  let total = 0;
  for (let i = 0; i < rounds; i++) total += counters[i % 3]();
  return total;
}

function runArrays(rounds) {
  const numbers = [];
  for (let i = 0; i < 1000; i++) numbers.push(i);
  let total = 0;
  for (let round = 0; round < rounds; round++) {
    const shifted = transform(numbers, (x) => x * 3 + round);
    const chosen = keep(shifted, (x) => x % 2 === round % 2);
    total = fold(chosen, total, (t, x) => (t * 31 + x) % 1000003);
  }
  return total;
}

console.log(runChain(600000));
console.log(runCounters(3000000));
console.log(runArrays(2000));
