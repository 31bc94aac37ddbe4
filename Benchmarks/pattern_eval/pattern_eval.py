# An evaluator and a simplifier over small classes, with nested patterns.
from dataclasses import dataclass

MODULUS = 1000003


@dataclass(slots=True)
class Num:
    value: int


@dataclass(slots=True)
class Var:
    index: int


@dataclass(slots=True)
class Neg:
    of: object


@dataclass(slots=True)
class Add:
    left: object
    right: object


@dataclass(slots=True)
class Sub:
    left: object
    right: object


@dataclass(slots=True)
class Mul:
    left: object
    right: object


@dataclass(slots=True)
class If:
    condition: object
    yes: object
    no: object


class Random:
    def __init__(self, seed):
        self.seed = seed

    def below(self, n):
        self.seed = self.seed * 16807 % 2147483647
        return self.seed // 1000 % n


def generate(random, depth):
    if depth == 0:
        if random.below(3) == 0:
            return Num(random.below(3))
        return Var(random.below(8))
    kind = random.below(6)
    left = generate(random, depth - 1)
    if kind == 0:
        return Neg(left)
    right = generate(random, depth - 1)
    match kind:
        case 1 | 2:
            return Add(left, right)
        case 3:
            return Sub(left, right)
        case 4:
            return Mul(left, right)
        case _:
            return If(left, right, generate(random, depth - 1))


def evaluate(e, env):
    match e:
        case Num(value):
            return value
        case Var(index):
            return env[index]
        case Neg(of):
            return (MODULUS - evaluate(of, env)) % MODULUS
        case Add(left, right):
            return (evaluate(left, env) + evaluate(right, env)) % MODULUS
        case Sub(left, right):
            return (evaluate(left, env) + MODULUS - evaluate(right, env)) % MODULUS
        case Mul(left, right):
            return evaluate(left, env) * evaluate(right, env) % MODULUS
        case If(condition, yes, no):
            return evaluate(yes, env) if evaluate(condition, env) % 2 == 1 else evaluate(no, env)


def simplify(e):
    match e:
        case Neg(of):
            return simplify_node(Neg(simplify(of)))
        case Add(left, right):
            return simplify_node(Add(simplify(left), simplify(right)))
        case Sub(left, right):
            return simplify_node(Sub(simplify(left), simplify(right)))
        case Mul(left, right):
            return simplify_node(Mul(simplify(left), simplify(right)))
        case If(condition, yes, no):
            return simplify_node(If(simplify(condition), simplify(yes), simplify(no)))
        case _:
            return e


def simplify_node(e):
    match e:
        case Neg(Num(a)):
            return Num((MODULUS - a) % MODULUS)
        case Neg(Neg(inner)):
            return inner
        case Add(Num(a), Num(b)):
            return Num((a + b) % MODULUS)
        case Add(Num(0), other) | Add(other, Num(0)):
            return other
        case Sub(Num(a), Num(b)):
            return Num((a + MODULUS - b) % MODULUS)
        case Sub(other, Num(0)):
            return other
        case Mul(Num(a), Num(b)):
            return Num(a * b % MODULUS)
        case Mul(Num(0), _) | Mul(_, Num(0)):
            return Num(0)
        case Mul(Num(1), other) | Mul(other, Num(1)):
            return other
        case If(Num(a), yes, no):
            return yes if a % 2 == 1 else no
        case _:
            return e


def size(e):
    match e:
        case Num() | Var():
            return 1
        case Neg(of):
            return 1 + size(of)
        case Add(left, right) | Sub(left, right) | Mul(left, right):
            return 1 + size(left) + size(right)
        case If(condition, yes, no):
            return 1 + size(condition) + size(yes) + size(no)


def evaluate_often(e, rounds):
    total = 0
    for i in range(rounds):
        env = [(i * k + total) % MODULUS for k in range(1, 9)]
        total = (total + evaluate(e, env)) % MODULUS
    return total


e = generate(Random(12345), 11)
print(f"size {size(e)}")
print(f"value {evaluate_often(e, 1000)}")
smaller = e
for _ in range(90):
    smaller = simplify(e)
print(f"size {size(smaller)}")
print(f"value {evaluate_often(smaller, 2000)}")
