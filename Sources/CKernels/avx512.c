#define _GNU_SOURCE
#include "kernels.h"

#if defined(__x86_64__)
#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,bmi,bmi2,popcnt"))), apply_to = function)
#include <immintrin.h>

#define LEVEL "avx512"
#define SUFFIX avx512
#define WIDTH 64
#define MASK_BITS 1

typedef uint8_t vec __attribute__((vector_size(64), aligned(1)));

static inline uint64_t equal_mask(vec x, vec y) { return _mm512_cmpeq_epi8_mask((__m512i)x, (__m512i)y); }
static inline bool has_high_bit(vec x) { return _mm512_movepi8_mask((__m512i)x) != 0; }
static inline vec look_up(vec table, vec x) { return (vec)_mm512_shuffle_epi8((__m512i)table, (__m512i)x); }
static inline vec subtract(vec x, vec y) { return (vec)_mm512_subs_epu8((__m512i)x, (__m512i)y); }
// Shifts work in quarters: each is moved up from the quarter before it.
static inline __m512i quarters(vec x, vec last) {
  return _mm512_permutex2var_epi64((__m512i)last, _mm512_set_epi64(13, 12, 11, 10, 9, 8, 7, 6), (__m512i)x);
}
#define before(n, x, last) ((vec)_mm512_alignr_epi8((__m512i)(x), quarters(x, last), 16 - (n)))

#include "template.h"
#pragma clang attribute pop
#endif
