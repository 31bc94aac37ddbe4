# Finds the loops of a control flow graph, nested and irreducible ones too: depth-first search and union-find.
import sys

UNVISITED = -1
NO_HEADER, REDUCIBLE, SELF_LOOP, IRREDUCIBLE = 1, 2, 3, 4


class Block:
    def __init__(self, name):
        self.name = name
        self.into = []
        self.out = []


class Graph:
    def __init__(self):
        self.blocks = []

    def block(self, name):
        while len(self.blocks) <= name:
            self.blocks.append(Block(len(self.blocks)))
        return self.blocks[name]

    def connect(self, start, end):
        first = self.block(start)
        second = self.block(end)
        first.out.append(second)
        second.into.append(first)

    def diamond(self, start):
        self.connect(start, start + 1)
        self.connect(start, start + 2)
        self.connect(start + 1, start + 3)
        self.connect(start + 2, start + 3)
        return start + 3

    def straight(self, start, length):
        for i in range(length):
            self.connect(start + i, start + i + 1)
        return start + length

    def base_loop(self, start):
        header = self.straight(start, 1)
        diamond1 = self.diamond(header)
        inner = self.straight(diamond1, 1)
        diamond2 = self.diamond(inner)
        footer = self.straight(diamond2, 1)
        self.connect(diamond2, inner)
        self.connect(diamond1, header)
        self.connect(footer, start)
        return self.straight(footer, 1)


class Loop:
    def __init__(self, id, reducible):
        self.id = id
        self.reducible = reducible
        self.size = 0
        self.parent = None
        self.children = []

    def depth(self):
        """How deep the loops inside go."""
        deepest = 0
        for child in self.children:
            deepest = max(deepest, child.depth() + 1)
        return deepest


class Node:
    def __init__(self, block, number):
        self.block = block
        self.number = number
        self.last = 0
        self.member_of = -1
        self.kind = NO_HEADER
        self.parent = None
        self.found = None
        self.back = []
        self.other = []

    def find(self):
        """The representative, with the path to it made short."""
        root = self
        while root.parent is not None:
            root = root.parent
        node = self
        while node.parent is not None:
            parent = node.parent
            if parent is not root:
                node.parent = root
            node = parent
        return root


def search(block, nodes, numbers):
    number = len(nodes)
    node = Node(block, number)
    nodes.append(node)
    numbers[block.name] = number
    last = number
    for target in block.out:
        if numbers[target.name] == UNVISITED:
            last = search(target, nodes, numbers)
    node.last = last
    return last


def is_ancestor(nodes, w, v):
    return w <= v and v <= nodes[w].last


def sort_predecessors(nodes, numbers):
    for node in nodes:
        for before in node.block.into:
            v = numbers[before.name]
            if v != UNVISITED:
                if is_ancestor(nodes, node.number, v):
                    node.back.append(v)
                elif v not in node.other:
                    node.other.append(v)


def collect(nodes, header):
    """The nodes of the loop with header `header`, without it; sets its kind."""
    pool = []
    for v in header.back:
        if v == header.number:
            header.kind = SELF_LOOP
        else:
            node = nodes[v].find()
            if node.member_of != header.number:
                node.member_of = header.number
                pool.append(node)
    if len(pool) > 0:
        header.kind = REDUCIBLE
    at = 0
    while at < len(pool):
        x = pool[at]
        at += 1
        for v in x.other:
            node = nodes[v].find()
            if not is_ancestor(nodes, header.number, node.number):
                header.kind = IRREDUCIBLE
                if node.number not in header.other:
                    header.other.append(node.number)
            elif node.number != header.number and node.member_of != header.number:
                node.member_of = header.number
                pool.append(node)
    return pool


def find_loops(graph):
    loops = []
    nodes = []
    numbers = [UNVISITED] * len(graph.blocks)
    search(graph.block(0), nodes, numbers)
    sort_predecessors(nodes, numbers)
    for w in range(len(nodes) - 1, -1, -1):
        header = nodes[w]
        pool = collect(nodes, header)
        if len(pool) > 0 or header.kind == SELF_LOOP:
            found = Loop(len(loops), header.kind != IRREDUCIBLE)
            header.found = found
            for node in pool:
                node.parent = header
                inner = node.found
                if inner is not None:
                    inner.parent = found
                    found.children.append(inner)
                else:
                    found.size += 1
            loops.append(found)
    return loops


def make_graph():
    graph = Graph()
    graph.connect(0, 1)
    n = 1
    for _ in range(3):
        outer = n
        n = graph.straight(n, 1)
        for _ in range(8):
            top = n
            n = graph.straight(n, 1)
            for _ in range(10):
                n = graph.base_loop(n)
            bottom = graph.straight(n, 1)
            graph.connect(n, top)
            n = bottom
        graph.connect(n, outer)
        graph.connect(outer, n - 1)
        n = graph.straight(n, 1)
    return graph


sys.setrecursionlimit(20000)
graph = make_graph()
total = 0
for _ in range(90):
    total += len(find_loops(graph))
loops = find_loops(graph)
irreducible = 0
deepest = 0
members = 0
for found in loops:
    if not found.reducible:
        irreducible += 1
    if found.parent is None:
        deepest = max(deepest, found.depth() + 1)
    members += found.size * (found.id % 10)
print(f"{len(graph.blocks)} blocks, {len(loops)} loops, {irreducible} irreducible, depth {deepest}")
print(f"total {total}, members {members}")
