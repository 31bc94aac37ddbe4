# Many small objects that point to each other, most of them short-lived.
class Tree:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        n = 1
        if self.left is not None:
            n += self.left.count()
        if self.right is not None:
            n += self.right.count()
        return n


def build(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(build(depth - 1), build(depth - 1))


max_depth = 15
print(f"stretch tree of depth {max_depth + 1}\t check: {build(max_depth + 1).count()}")
long_lived = build(max_depth)
for depth in range(4, max_depth + 1, 4):
    iterations = 1 << (max_depth - depth + 4)
    check = 0
    for _ in range(iterations):
        check += build(depth).count()
    print(f"{iterations}\t trees of depth {depth}\t check: {check}")
print(f"long lived tree of depth {max_depth}\t check: {long_lived.count()}")
