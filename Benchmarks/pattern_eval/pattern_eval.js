// An evaluator and a simplifier over tagged objects, with nested tests.
const MODULUS = 1000003;
const NUM = 1, VAR = 2, NEG = 3, ADD = 4, SUB = 5, MUL = 6, IF = 7;

const num = (value) => ({ tag: NUM, value });
const neg = (of) => ({ tag: NEG, of });
const binary = (tag, left, right) => ({ tag, left, right });
const choice = (condition, yes, no) => ({ tag: IF, condition, yes, no });

class Random {
  constructor(seed) {
    this.seed = seed;
  }

  below(n) {
    this.seed = this.seed * 16807 % 2147483647;
    return Math.floor(this.seed / 1000) % n;
  }
}

function generate(random, depth) {
  if (depth === 0) {
    if (random.below(3) === 0) return num(random.below(3));
    return { tag: VAR, index: random.below(8) };
  }
  const kind = random.below(6);
  const left = generate(random, depth - 1);
  if (kind === 0) return neg(left);
  const right = generate(random, depth - 1);
  switch (kind) {
    case 1: case 2: return binary(ADD, left, right);
    case 3: return binary(SUB, left, right);
    case 4: return binary(MUL, left, right);
    default: return choice(left, right, generate(random, depth - 1));
  }
}

function evaluate(e, env) {
  switch (e.tag) {
    case NUM: return e.value;
    case VAR: return env[e.index];
    case NEG: return (MODULUS - evaluate(e.of, env)) % MODULUS;
    case ADD: return (evaluate(e.left, env) + evaluate(e.right, env)) % MODULUS;
    case SUB: return (evaluate(e.left, env) + MODULUS - evaluate(e.right, env)) % MODULUS;
    case MUL: return evaluate(e.left, env) * evaluate(e.right, env) % MODULUS;
    default: return evaluate(e.condition, env) % 2 === 1 ? evaluate(e.yes, env) : evaluate(e.no, env);
  }
}

function simplify(e) {
  switch (e.tag) {
    case NEG: return simplifyNode(neg(simplify(e.of)));
    case ADD: case SUB: case MUL: return simplifyNode(binary(e.tag, simplify(e.left), simplify(e.right)));
    case IF: return simplifyNode(choice(simplify(e.condition), simplify(e.yes), simplify(e.no)));
    default: return e;
  }
}

const isNum = (e, value) => e.tag === NUM && e.value === value;

function simplifyNode(e) {
  switch (e.tag) {
    case NEG:
      if (e.of.tag === NUM) return num((MODULUS - e.of.value) % MODULUS);
      if (e.of.tag === NEG) return e.of.of;
      return e;
    case ADD:
      if (e.left.tag === NUM && e.right.tag === NUM) return num((e.left.value + e.right.value) % MODULUS);
      if (isNum(e.left, 0)) return e.right;
      if (isNum(e.right, 0)) return e.left;
      return e;
    case SUB:
      if (e.left.tag === NUM && e.right.tag === NUM) return num((e.left.value + MODULUS - e.right.value) % MODULUS);
      if (isNum(e.right, 0)) return e.left;
      return e;
    case MUL:
      if (e.left.tag === NUM && e.right.tag === NUM) return num(e.left.value * e.right.value % MODULUS);
      if (isNum(e.left, 0) || isNum(e.right, 0)) return num(0);
      if (isNum(e.left, 1)) return e.right;
      if (isNum(e.right, 1)) return e.left;
      return e;
    case IF:
      if (e.condition.tag === NUM) return e.condition.value % 2 === 1 ? e.yes : e.no;
      return e;
    default:
      return e;
  }
}

function size(e) {
  switch (e.tag) {
    case NUM: case VAR: return 1;
    case NEG: return 1 + size(e.of);
    case IF: return 1 + size(e.condition) + size(e.yes) + size(e.no);
    default: return 1 + size(e.left) + size(e.right);
  }
}

function evaluateOften(e, rounds) {
  let total = 0;
  for (let i = 0; i < rounds; i++) {
    const env = [];
    for (let k = 1; k <= 8; k++) env.push((i * k + total) % MODULUS);
    total = (total + evaluate(e, env)) % MODULUS;
  }
  return total;
}

const e = generate(new Random(12345), 11);
console.log(`size ${size(e)}`);
console.log(`value ${evaluateOften(e, 1000)}`);
let smaller = e;
for (let i = 0; i < 90; i++) smaller = simplify(e);
console.log(`size ${size(smaller)}`);
console.log(`value ${evaluateOften(smaller, 2000)}`);
