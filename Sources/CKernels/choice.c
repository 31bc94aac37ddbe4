// Which version runs.
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

const orus_kernels *orus_kernels_at(size_t index) {
  const orus_kernels *versions[4] = {&orus_kernels_scalar};
  size_t count = 1;
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt")) versions[count++] = &orus_kernels_sse42;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) versions[count++] = &orus_kernels_avx2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
    && __builtin_cpu_supports("avx512dq")) {
    versions[count++] = &orus_kernels_avx512;
  }
#elif defined(__aarch64__)
  versions[count++] = &orus_kernels_neon;
#endif
  return index < count ? versions[index] : NULL;
}

/// The highest level that a word allows; a level without a version of its own allows those below it.
static const orus_kernels *highest(const char *limit) {
  static const char *const order[] = {"scalar", "sse2", "sse4.2", "avx2", "avx512"};
  size_t allowed = sizeof order / sizeof *order;
  for (size_t index = 0; index < sizeof order / sizeof *order; index++) {
    if (limit && strcmp(limit, order[index]) == 0) allowed = index + 1;
  }
  const orus_kernels *best = orus_kernels_at(0);
  for (size_t version = 1; orus_kernels_at(version); version++) {
    const orus_kernels *next = orus_kernels_at(version);
    for (size_t index = 0; index < allowed; index++) {
      if (strcmp(next->level, order[index]) == 0) best = next;
    }
    if (strcmp(next->level, "neon") == 0 && allowed > 1) best = next;
  }
  return best;
}

const orus_kernels *orus_kernels_chosen(void) { return highest(getenv("ORUS_SIMD")); }
