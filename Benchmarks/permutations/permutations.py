# Every order of nine numbers, each kept as an array of its own, then a checksum over them.
def permute(items, k, out):
    if k == 1:
        out.append(items[:])
        return
    for i in range(k):
        permute(items, k - 1, out)
        j = i if k % 2 == 0 else 0
        items[j], items[k - 1] = items[k - 1], items[j]


def inversions(p):
    n = len(p)
    count = 0
    for i in range(n):
        for j in range(i + 1, n):
            if p[i] > p[j]:
                count += 1
    return count


def main():
    n = 9
    everything = []
    permute(list(range(n)), n, everything)
    odd = 0
    total = 0
    checksum = 0
    for p in everything:
        count = inversions(p)
        total += count
        odd += count % 2
        for x in p:
            checksum = (checksum * 31 + x) % 1000003
    print(len(everything), odd, total, checksum)


main()
