#define _GNU_SOURCE
#include "CNodes.h"

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

int orus_current_node(void) {
  unsigned processor = 0, node = 0;
  return getcpu(&processor, &node) == 0 ? (int)node : 0;
}

void orus_prefer_node(void *memory, size_t bytes, int node) {
  enum { preferred = 1 };
  const unsigned long nodes = 1ul << node;
  // The kernel counts one place less than it is told.
  (void)syscall(SYS_mbind, memory, bytes, preferred, &nodes, sizeof nodes * 8 + 1, 0);
}
