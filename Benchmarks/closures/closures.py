# Functions made at run time: captured values, captured variables, composition, functions over lists.
def adder(n):
    return lambda x: x + n


def scaler(n):
    return lambda x: x * n % 1000003


def compose(f, g):
    return lambda x: g(f(x))


def counter(step):
    n = 0

    def count():
        nonlocal n
        n += step
        return n

    return count


def transform(xs, f):
    out = []
    for x in xs:
        out.append(f(x))
    return out


def keep(xs, wanted):
    out = []
    for x in xs:
        if wanted(x):
            out.append(x)
    return out


def fold(xs, start, f):
    total = start
    for x in xs:
        total = f(total, x)
    return total


def run_chain(rounds):
    chain = adder(1)
    for i in range(6):
        chain = compose(chain, scaler(i + 2))
        chain = compose(chain, adder(i * 3))
    total = 0
    for i in range(rounds):
        total += chain(i)
    return total


def run_counters(rounds):
    counters = [counter(1), counter(2), counter(3)]
    total = 0
    for i in range(rounds):
        total += counters[i % 3]()
    return total


def run_arrays(rounds):
    numbers = list(range(1000))
    total = 0
    for turn in range(rounds):
        shifted = transform(numbers, lambda x: x * 3 + turn)
        chosen = keep(shifted, lambda x: x % 2 == turn % 2)
        total = fold(chosen, total, lambda t, x: (t * 31 + x) % 1000003)
    return total


print(run_chain(600000))
print(run_counters(3000000))
print(run_arrays(2000))
