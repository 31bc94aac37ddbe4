# Counted loops around integer arithmetic.
def run(n):
    total = 0
    for a in range(n):
        for b in range(n):
            for c in range(n):
                for d in range(n):
                    total += (a ^ b) + (c & d)
    return total


print(run(90))
