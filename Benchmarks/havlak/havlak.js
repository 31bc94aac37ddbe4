// Finds the loops of a control flow graph, nested and irreducible ones too: depth-first search and union-find.
const UNVISITED = -1;
const NO_HEADER = 1, REDUCIBLE = 2, SELF_LOOP = 3, IRREDUCIBLE = 4;

class Block {
  constructor(name) {
    this.name = name;
    this.into = [];
    this.out = [];
  }
}

class Graph {
  constructor() {
    this.blocks = [];
  }

  block(name) {
    while (this.blocks.length <= name) this.blocks.push(new Block(this.blocks.length));
    return this.blocks[name];
  }

  connect(start, end) {
    const first = this.block(start);
    const second = this.block(end);
    first.out.push(second);
    second.into.push(first);
  }

  diamond(start) {
    this.connect(start, start + 1);
    this.connect(start, start + 2);
    this.connect(start + 1, start + 3);
    this.connect(start + 2, start + 3);
    return start + 3;
  }

  straight(start, length) {
    for (let i = 0; i < length; i++) this.connect(start + i, start + i + 1);
    return start + length;
  }

  baseLoop(start) {
    const header = this.straight(start, 1);
    const diamond1 = this.diamond(header);
    const inner = this.straight(diamond1, 1);
    const diamond2 = this.diamond(inner);
    const footer = this.straight(diamond2, 1);
    this.connect(diamond2, inner);
    this.connect(diamond1, header);
    this.connect(footer, start);
    return this.straight(footer, 1);
  }
}

class Loop {
  constructor(id, reducible) {
    this.id = id;
    this.reducible = reducible;
    this.size = 0;
    this.parent = null;
    this.children = [];
  }

  // How deep the loops inside go.
  depth() {
    let deepest = 0;
    for (const child of this.children) deepest = Math.max(deepest, child.depth() + 1);
    return deepest;
  }
}

class Node {
  constructor(block, number) {
    this.block = block;
    this.number = number;
    this.last = 0;
    this.memberOf = -1;
    this.kind = NO_HEADER;
    this.parent = null;
    this.found = null;
    this.back = [];
    this.other = [];
  }

  // The representative, with the path to it made short.
  find() {
    let root = this;
    while (root.parent !== null) root = root.parent;
    let node = this;
    while (node.parent !== null) {
      const parent = node.parent;
      if (parent !== root) node.parent = root;
      node = parent;
    }
    return root;
  }
}

function search(block, nodes, numbers) {
  const number = nodes.length;
  const node = new Node(block, number);
  nodes.push(node);
  numbers[block.name] = number;
  let last = number;
  for (const target of block.out) {
    if (numbers[target.name] === UNVISITED) last = search(target, nodes, numbers);
  }
  node.last = last;
  return last;
}

function isAncestor(nodes, w, v) {
  return w <= v && v <= nodes[w].last;
}

function sortPredecessors(nodes, numbers) {
  for (const node of nodes) {
    for (const before of node.block.into) {
      const v = numbers[before.name];
      if (v !== UNVISITED) {
        if (isAncestor(nodes, node.number, v)) {
          node.back.push(v);
        } else if (!node.other.includes(v)) {
          node.other.push(v);
        }
      }
    }
  }
}

// The nodes of the loop with header `header`, without it; sets its kind.
function collect(nodes, header) {
  const pool = [];
  for (const v of header.back) {
    if (v === header.number) {
      header.kind = SELF_LOOP;
    } else {
      const node = nodes[v].find();
      if (node.memberOf !== header.number) {
        node.memberOf = header.number;
        pool.push(node);
      }
    }
  }
  if (pool.length > 0) header.kind = REDUCIBLE;
  let at = 0;
  while (at < pool.length) {
    const x = pool[at];
    at++;
    for (const v of x.other) {
      const node = nodes[v].find();
      if (!isAncestor(nodes, header.number, node.number)) {
        header.kind = IRREDUCIBLE;
        if (!header.other.includes(node.number)) header.other.push(node.number);
      } else if (node.number !== header.number && node.memberOf !== header.number) {
        node.memberOf = header.number;
        pool.push(node);
      }
    }
  }
  return pool;
}

function findLoops(graph) {
  const loops = [];
  const nodes = [];
  const numbers = new Array(graph.blocks.length).fill(UNVISITED);
  search(graph.block(0), nodes, numbers);
  sortPredecessors(nodes, numbers);
  for (let w = nodes.length - 1; w >= 0; w--) {
    const header = nodes[w];
    const pool = collect(nodes, header);
    if (pool.length > 0 || header.kind === SELF_LOOP) {
      const found = new Loop(loops.length, header.kind !== IRREDUCIBLE);
      header.found = found;
      for (const node of pool) {
        node.parent = header;
        const inner = node.found;
        if (inner !== null) {
          inner.parent = found;
          found.children.push(inner);
        } else {
          found.size++;
        }
      }
      loops.push(found);
    }
  }
  return loops;
}

function makeGraph() {
  const graph = new Graph();
  graph.connect(0, 1);
  let n = 1;
  for (let i = 0; i < 3; i++) {
    const outer = n;
    n = graph.straight(n, 1);
    for (let j = 0; j < 8; j++) {
      const top = n;
      n = graph.straight(n, 1);
      for (let k = 0; k < 10; k++) n = graph.baseLoop(n);
      const bottom = graph.straight(n, 1);
      graph.connect(n, top);
      n = bottom;
    }
    graph.connect(n, outer);
    graph.connect(outer, n - 1);
    n = graph.straight(n, 1);
  }
  return graph;
}

const graph = makeGraph();
let total = 0;
for (let i = 0; i < 90; i++) total += findLoops(graph).length;
const loops = findLoops(graph);
let irreducible = 0, deepest = 0, members = 0;
for (const found of loops) {
  if (!found.reducible) irreducible++;
  if (found.parent === null) deepest = Math.max(deepest, found.depth() + 1);
  members += found.size * (found.id % 10);
}
console.log(`${graph.blocks.length} blocks, ${loops.length} loops, ${irreducible} irreducible, depth ${deepest}`);
console.log(`total ${total}, members ${members}`);
