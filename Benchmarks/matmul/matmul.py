# Products of matrices, as arrays of rows; the second factor is transposed first.
def matrix(n, seed):
    scale = seed / n / n
    return [[scale * ((i - j) * (i + j)) for j in range(n)] for i in range(n)]


def transpose(a):
    n = len(a)
    return [[a[j][i] for j in range(n)] for i in range(n)]


def multiply(a, b):
    n = len(a)
    columns = transpose(b)
    c = []
    for i in range(n):
        row = a[i]
        out = [0.0] * n
        for j in range(n):
            column = columns[j]
            total = 0.0
            for k in range(n):
                total += row[k] * column[k]
            out[j] = total
        c.append(out)
    return c


n = 400
a = matrix(n, 1.0)
b = matrix(n, 2.0)
c = multiply(a, b)
trace = 0.0
for i in range(n):
    trace += c[i][i]
print(f"{c[n // 2][n // 2]:.9f} {trace:.9f}")
