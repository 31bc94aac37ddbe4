# Permutations of a small array, flipped in place.
def fannkuch(n):
    p = list(range(n))
    q = [0] * n
    s = list(range(n))
    sign = 1
    max_flips = 0
    total = 0
    while True:
        first = p[0]
        if first != 0:
            for i in range(1, n):
                q[i] = p[i]
            flips = 1
            while True:
                following = q[first]
                if following == 0:
                    total += sign * flips
                    if flips > max_flips:
                        max_flips = flips
                    break
                q[first] = first
                if first >= 3:
                    i = 1
                    j = first - 1
                    while i < j:
                        t = q[i]
                        q[i] = q[j]
                        q[j] = t
                        i += 1
                        j -= 1
                first = following
                flips += 1
        if sign == 1:
            t = p[0]
            p[0] = p[1]
            p[1] = t
            sign = -1
        else:
            t = p[1]
            p[1] = p[2]
            p[2] = t
            sign = 1
            i = 2
            while i < n:
                sx = s[i]
                if sx != 0:
                    s[i] = sx - 1
                    break
                if i == n - 1:
                    return total, max_flips
                s[i] = i
                first_again = p[0]
                for j in range(i + 1):
                    p[j] = p[j + 1]
                p[i + 1] = first_again
                i += 1


total, flips = fannkuch(10)
print(f"{total}\nPfannkuchen(10) = {flips}")
