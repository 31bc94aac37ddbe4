# Recursion over an array that is changed in place.
def sort(xs, low, high):
    pivot = xs[(low + high) // 2]
    i = low
    j = high
    while i <= j:
        while xs[i] < pivot:
            i += 1
        while xs[j] > pivot:
            j -= 1
        if i <= j:
            t = xs[i]
            xs[i] = xs[j]
            xs[j] = t
            i += 1
            j -= 1
    if low < j:
        sort(xs, low, j)
    if i < high:
        sort(xs, i, high)


n = 2000000
xs = [0] * n
seed = 42
for i in range(n):
    seed = (seed * 1103515245 + 12345) % 2147483648
    xs[i] = seed // 8 % 1000000
sort(xs, 0, n - 1)
ordered = True
for i in range(1, n):
    if xs[i - 1] > xs[i]:
        ordered = False
print("true" if ordered else "false", xs[0], xs[n // 2], xs[n - 1])
