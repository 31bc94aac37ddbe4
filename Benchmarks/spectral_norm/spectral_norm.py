# Floating point in nested loops over arrays, with a small function inside.
from math import sqrt


def a(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v, u):
    n = len(v)
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += a(i, j) * u[j]
        v[i] = total


def times_transposed(v, u):
    n = len(v)
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += a(j, i) * u[j]
        v[i] = total


def times_both(v, u, t):
    times(t, u)
    times_transposed(v, t)


n = 500
u = [1.0] * n
v = [0.0] * n
t = [0.0] * n
for _ in range(10):
    times_both(v, u, t)
    times_both(u, v, t)
vbv = 0.0
vv = 0.0
for i in range(n):
    vbv += u[i] * v[i]
    vv += v[i] * v[i]
print(f"{sqrt(vbv / vv):.9f}")
