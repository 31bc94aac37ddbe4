// A large live set whose members are replaced all the time: old objects that point to new ones, and much garbage.
// A record may be pointed to after it left the array, so each counts its references.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Link Link;
struct Link {
  int value;
  Link *next;
};

typedef struct Record Record;
struct Record {
  int id, references;
  int *tags;
  Link *links;
  Record *peer;
};

static Link *make_links(int start, int length) {
  Link *links = NULL;
  for (int i = 0; i < length; i++) {
    Link *link = malloc(sizeof(Link));
    *link = (Link){start + i, links};
    links = link;
  }
  return links;
}

static int sum_links(const Link *start) {
  int total = 0;
  for (const Link *at = start; at; at = at->next) total += at->value;
  return total;
}

static Record *make_record(int id) {
  Record *r = malloc(sizeof(Record));
  int *tags = malloc(3 * sizeof(int));
  tags[0] = id % 7;
  tags[1] = id % 11;
  tags[2] = id % 13;
  *r = (Record){id, 1, tags, make_links(id % 100, id % 5), NULL};
  return r;
}

static void release(Record *r) {
  while (r && --r->references == 0) {
    for (Link *link = r->links; link;) {
      Link *next = link->next;
      free(link);
      link = next;
    }
    Record *peer = r->peer;
    free(r->tags);
    free(r);
    r = peer;
  }
}

static void set_peer(Record *r, Record *peer) {
  if (peer) peer->references++;
  Record *before = r->peer;
  r->peer = peer;
  release(before);
}

static int64_t churn(int size, int steps) {
  Record **live = malloc(size * sizeof(Record *));
  for (int i = 0; i < size; i++) live[i] = make_record(i);
  int64_t seed = 99, checksum = 0;
  for (int step = 0; step < steps; step++) {
    seed = seed * 16807 % 2147483647;
    int at = seed % size;
    Record *old = live[at];
    Record *fresh = make_record(size + step);
    int total = old->tags[0] + old->tags[1] + old->tags[2] + sum_links(old->links);
    if (old->peer) total += old->peer->id % 1000;
    checksum = (checksum * 31 + total) % 1000003;
    live[at] = fresh;
    set_peer(live[(at + 1) % size], fresh);
    set_peer(old, NULL);
    release(old);
  }
  for (int i = 0; i < size; i++) checksum = (checksum * 31 + live[i]->id) % 1000003;
  return checksum;
}

int main(void) {
  printf("%d\n", (int)churn(20000, 150000));
}
