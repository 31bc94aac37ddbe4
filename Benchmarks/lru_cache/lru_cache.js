// A map of integers beside a doubly linked list: a cache that drops what was used longest ago.
class Node {
  constructor(key, value) {
    this.key = key;
    this.value = value;
    this.prev = null;
    this.next = null;
  }
}

// The root is no entry: root.next is the entry used last, root.prev the one used first.
class Cache {
  constructor(capacity) {
    this.capacity = capacity;
    this.nodes = new Map();
    this.root = new Node(-1, 0);
    this.root.prev = this.root;
    this.root.next = this.root;
    this.evicted = 0;
  }

  unlink(node) {
    const before = node.prev;
    const after = node.next;
    before.next = after;
    after.prev = before;
  }

  linkFirst(node) {
    const after = this.root.next;
    node.prev = this.root;
    node.next = after;
    this.root.next = node;
    after.prev = node;
  }

  get(key) {
    const node = this.nodes.get(key);
    if (node === undefined) return null;
    this.unlink(node);
    this.linkFirst(node);
    return node.value;
  }

  put(key, value) {
    if (this.nodes.size >= this.capacity) {
      const oldest = this.root.prev;
      this.unlink(oldest);
      this.nodes.delete(oldest.key);
      this.evicted++;
    }
    const node = new Node(key, value);
    this.linkFirst(node);
    this.nodes.set(key, node);
  }
}

function main() {
  const cache = new Cache(2000);
  let seed = 11;
  let hits = 0, misses = 0, checksum = 0;
  for (let i = 0; i < 1000000; i++) {
    seed = seed * 16807 % 2147483647;
    const a = seed % 8000;
    const b = Math.floor(seed / 8000) % 8000;
    const key = Math.floor(a * b / 8000);
    const value = cache.get(key);
    if (value !== null) {
      hits++;
      checksum = (checksum * 31 + value) % 1000003;
    } else {
      misses++;
      cache.put(key, key * 7 + 1);
    }
  }
  console.log(`hits ${hits}, misses ${misses}, evicted ${cache.evicted}, checksum ${checksum}`);
}

main();
