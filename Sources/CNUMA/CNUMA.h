// libnuma: which processors and memory belong together, and how to stay with them.
#ifndef ORUS_CNUMA_H
#define ORUS_CNUMA_H

#include <numa.h>

#endif
