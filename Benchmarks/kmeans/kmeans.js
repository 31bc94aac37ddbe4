// Clusters of points: objects of floats, arrays of them, and a running minimum.
class Random {
  constructor(seed) {
    this.seed = seed;
  }

  uniform() {
    this.seed = this.seed * 16807 % 2147483647;
    return this.seed / 2147483647.0;
  }
}

class Point {
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }

  distance(other) {
    const dx = this.x - other.x;
    const dy = this.y - other.y;
    return dx * dx + dy * dy;
  }
}

class Cluster {
  constructor(centre) {
    this.centre = centre;
    this.sumX = 0.0;
    this.sumY = 0.0;
    this.count = 0;
  }

  addPoint(p) {
    this.sumX += p.x;
    this.sumY += p.y;
    this.count++;
  }

  settle() {
    if (this.count > 0) this.centre = new Point(this.sumX / this.count, this.sumY / this.count);
    this.sumX = 0.0;
    this.sumY = 0.0;
    this.count = 0;
  }
}

function nearest(clusters, p) {
  let best = 0, least = Infinity;
  for (let i = 0; i < clusters.length; i++) {
    const d = p.distance(clusters[i].centre);
    if (d < least) {
      least = d;
      best = i;
    }
  }
  return best;
}

function makePoints(n, random) {
  const points = [];
  for (let i = 0; i < n; i++) {
    const x = i % 4 * 10.0 + random.uniform() * 6.0 + random.uniform() * 6.0;
    const y = Math.floor(i / 4) % 4 * 10.0 + random.uniform() * 6.0 + random.uniform() * 6.0;
    points.push(new Point(x, y));
  }
  return points;
}

function main() {
  const points = makePoints(40000, new Random(7));
  const clusters = points.slice(0, 16).map((p) => new Cluster(p));
  const labels = new Array(points.length).fill(-1);
  let rounds = 0, changed = 1;
  while (changed > 0 && rounds < 12) {
    changed = 0;
    for (let i = 0; i < points.length; i++) {
      const p = points[i];
      const label = nearest(clusters, p);
      if (label !== labels[i]) {
        labels[i] = label;
        changed++;
      }
      clusters[label].addPoint(p);
    }
    for (const cluster of clusters) cluster.settle();
    rounds++;
  }
  console.log(`rounds ${rounds}, changed ${changed}`);
  for (const { centre } of clusters) console.log(`${centre.x.toFixed(6)} ${centre.y.toFixed(6)}`);
}

main();
