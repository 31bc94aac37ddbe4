// Memory nodes, by system calls that Swift cannot make. Nothing is linked for it.
#ifndef CNODES_H
#define CNODES_H

#include <stddef.h>

/// The node of the processor that the calling thread is on.
int orus_current_node(void);

/// Has the pages of a mapping come from a node where there is room. What the kernel does not know is left as it is.
void orus_prefer_node(void *memory, size_t bytes, int node);

#endif
