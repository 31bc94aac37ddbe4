// The versions there are; which of them are compiled depends on the architecture.
#ifndef KERNELS_H
#define KERNELS_H

#include "CKernels.h"

extern const orus_kernels orus_kernels_scalar;
extern const orus_kernels orus_kernels_sse42;
extern const orus_kernels orus_kernels_avx2;
extern const orus_kernels orus_kernels_avx512;
extern const orus_kernels orus_kernels_neon;

#endif
