// Many small objects that point to each other, most of them short-lived.
class Tree {
  constructor(left, right) {
    this.left = left;
    this.right = right;
  }

  count() {
    let n = 1;
    if (this.left !== null) n += this.left.count();
    if (this.right !== null) n += this.right.count();
    return n;
  }
}

function build(depth) {
  if (depth === 0) return new Tree(null, null);
  return new Tree(build(depth - 1), build(depth - 1));
}

const maxDepth = 15;
console.log(`stretch tree of depth ${maxDepth + 1}\t check: ${build(maxDepth + 1).count()}`);
const longLived = build(maxDepth);
for (let depth = 4; depth <= maxDepth; depth += 4) {
  const iterations = 1 << (maxDepth - depth + 4);
  let check = 0;
  for (let i = 0; i < iterations; i++) check += build(depth).count();
  console.log(`${iterations}\t trees of depth ${depth}\t check: ${check}`);
}
console.log(`long lived tree of depth ${maxDepth}\t check: ${longLived.count()}`);
