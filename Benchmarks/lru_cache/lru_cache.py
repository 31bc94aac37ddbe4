# A dictionary of integers beside a doubly linked list: a cache that drops what was used longest ago.
class Node:
    __slots__ = ("key", "value", "prev", "next")

    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.prev = None
        self.next = None


class Cache:
    """The root is no entry: root.next is the entry used last, root.prev the one used first."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.nodes = {}
        self.root = Node(-1, 0)
        self.root.prev = self.root
        self.root.next = self.root
        self.evicted = 0

    def unlink(self, node):
        before = node.prev
        after = node.next
        before.next = after
        after.prev = before

    def link_first(self, node):
        after = self.root.next
        node.prev = self.root
        node.next = after
        self.root.next = node
        after.prev = node

    def get(self, key):
        node = self.nodes.get(key)
        if node is None:
            return None
        self.unlink(node)
        self.link_first(node)
        return node.value

    def put(self, key, value):
        if len(self.nodes) >= self.capacity:
            oldest = self.root.prev
            self.unlink(oldest)
            del self.nodes[oldest.key]
            self.evicted += 1
        node = Node(key, value)
        self.link_first(node)
        self.nodes[key] = node


def main():
    cache = Cache(2000)
    seed = 11
    hits = 0
    misses = 0
    checksum = 0
    for _ in range(1000000):
        seed = seed * 16807 % 2147483647
        a = seed % 8000
        b = seed // 8000 % 8000
        key = a * b // 8000
        value = cache.get(key)
        if value is not None:
            hits += 1
            checksum = (checksum * 31 + value) % 1000003
        else:
            misses += 1
            cache.put(key, key * 7 + 1)
    print(f"hits {hits}, misses {misses}, evicted {cache.evicted}, checksum {checksum}")


main()
