// A large live set whose members are replaced all the time: old objects that point to new ones, and much garbage.
class Link {
  constructor(value, next) {
    this.value = value;
    this.next = next;
  }
}

class Record {
  constructor(id) {
    this.id = id;
    this.tags = [id % 7, id % 11, id % 13];
    this.links = makeLinks(id % 100, id % 5);
    this.peer = null;
  }
}

function makeLinks(start, length) {
  let links = null;
  for (let i = 0; i < length; i++) links = new Link(start + i, links);
  return links;
}

function sumLinks(start) {
  let total = 0;
  let at = start;
  while (at !== null) {
    total += at.value;
    at = at.next;
  }
  return total;
}

function churn(size, steps) {
  const live = [];
  for (let i = 0; i < size; i++) live.push(new Record(i));
  let seed = 99, checksum = 0;
  for (let step = 0; step < steps; step++) {
    seed = seed * 16807 % 2147483647;
    const at = seed % size;
    const old = live[at];
    const fresh = new Record(size + step);
    let total = old.tags[0] + old.tags[1] + old.tags[2] + sumLinks(old.links);
    if (old.peer !== null) total += old.peer.id % 1000;
    checksum = (checksum * 31 + total) % 1000003;
    live[at] = fresh;
    live[(at + 1) % size].peer = fresh;
    old.peer = null;
  }
  for (const record of live) checksum = (checksum * 31 + record.id) % 1000003;
  return checksum;
}

console.log(churn(20000, 150000));
