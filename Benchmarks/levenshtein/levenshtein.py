# Dynamic programming: the edit distance of two long texts, a row at a time.
def random_text(length, start):
    letters = "acgt"
    seed = start
    parts = []
    for _ in range(length):
        seed = seed * 16807 % 2147483647
        parts.append(letters[seed // 1000 % 4])
    return "".join(parts)


def distance(source, target):
    a = source.encode()
    b = target.encode()
    previous = list(range(len(b) + 1))
    current = [0] * (len(b) + 1)
    for i in range(len(a)):
        current[0] = i + 1
        x = a[i]
        for j in range(len(b)):
            best = previous[j]
            if x != b[j]:
                best += 1
            deleted = previous[j + 1] + 1
            if deleted < best:
                best = deleted
            inserted = current[j] + 1
            if inserted < best:
                best = inserted
            current[j + 1] = best
        previous, current = current, previous
    return previous[len(b)]


print(distance("kitten", "sitting"), distance("", "orus"))
print(distance(random_text(4500, 1), random_text(4000, 2)))
