# A large live set whose members are replaced all the time: old objects that point to new ones, and much garbage.
class Link:
    __slots__ = ("value", "next")

    def __init__(self, value, following):
        self.value = value
        self.next = following


class Record:
    __slots__ = ("id", "tags", "links", "peer")

    def __init__(self, id):
        self.id = id
        self.tags = [id % 7, id % 11, id % 13]
        self.links = make_links(id % 100, id % 5)
        self.peer = None


def make_links(start, length):
    links = None
    for i in range(length):
        links = Link(start + i, links)
    return links


def sum_links(start):
    total = 0
    at = start
    while at is not None:
        total += at.value
        at = at.next
    return total


def churn(size, steps):
    live = [Record(i) for i in range(size)]
    seed = 99
    checksum = 0
    for step in range(steps):
        seed = seed * 16807 % 2147483647
        at = seed % size
        old = live[at]
        fresh = Record(size + step)
        total = old.tags[0] + old.tags[1] + old.tags[2] + sum_links(old.links)
        if old.peer is not None:
            total += old.peer.id % 1000
        checksum = (checksum * 31 + total) % 1000003
        live[at] = fresh
        live[(at + 1) % size].peer = fresh
        old.peer = None
    for record in live:
        checksum = (checksum * 31 + record.id) % 1000003
    return checksum


print(churn(20000, 150000))
