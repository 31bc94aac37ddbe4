# Clusters of points: objects of floats, lists of them, and a running minimum.
from math import inf


class Random:
    def __init__(self, seed):
        self.seed = seed

    def uniform(self):
        self.seed = self.seed * 16807 % 2147483647
        return self.seed / 2147483647.0


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def distance(self, other):
        dx = self.x - other.x
        dy = self.y - other.y
        return dx * dx + dy * dy


class Cluster:
    def __init__(self, centre):
        self.centre = centre
        self.sum_x = 0.0
        self.sum_y = 0.0
        self.count = 0

    def add_point(self, p):
        self.sum_x += p.x
        self.sum_y += p.y
        self.count += 1

    def settle(self):
        if self.count > 0:
            self.centre = Point(self.sum_x / self.count, self.sum_y / self.count)
        self.sum_x = 0.0
        self.sum_y = 0.0
        self.count = 0


def nearest(clusters, p):
    best = 0
    least = inf
    for i, cluster in enumerate(clusters):
        d = p.distance(cluster.centre)
        if d < least:
            least = d
            best = i
    return best


def make_points(n, random):
    points = []
    for i in range(n):
        x = i % 4 * 10.0 + random.uniform() * 6.0 + random.uniform() * 6.0
        y = i // 4 % 4 * 10.0 + random.uniform() * 6.0 + random.uniform() * 6.0
        points.append(Point(x, y))
    return points


def main():
    points = make_points(40000, Random(7))
    clusters = [Cluster(p) for p in points[:16]]
    labels = [-1] * len(points)
    rounds = 0
    changed = 1
    while changed > 0 and rounds < 12:
        changed = 0
        for i, p in enumerate(points):
            label = nearest(clusters, p)
            if label != labels[i]:
                labels[i] = label
                changed += 1
            clusters[label].add_point(p)
        for cluster in clusters:
            cluster.settle()
        rounds += 1
    print(f"rounds {rounds}, changed {changed}")
    for cluster in clusters:
        print(f"{cluster.centre.x:.6f} {cluster.centre.y:.6f}")


main()
