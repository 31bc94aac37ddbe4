# Floating point in a loop that leaves early.
def escape(cr, ci, limit):
    zr = 0.0
    zi = 0.0
    n = 0
    while n < limit:
        rr = zr * zr
        ii = zi * zi
        if rr + ii > 4.0:
            return n
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
        n += 1
    return n


def draw(size, limit):
    inside = 0
    steps = 0
    for y in range(size):
        ci = 2.0 * y / size - 1.0
        for x in range(size):
            cr = 2.0 * x / size - 1.5
            n = escape(cr, ci, limit)
            steps += n
            if n == limit:
                inside += 1
    return inside, steps


inside, steps = draw(720, 100)
print(inside, steps)
