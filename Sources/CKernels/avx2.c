#define _GNU_SOURCE
#include "kernels.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)
#include <immintrin.h>

#define LEVEL "avx2"
#define SUFFIX avx2
#define WIDTH 32
#define MASK_BITS 1

typedef uint8_t vec __attribute__((vector_size(32), aligned(1)));

static inline uint64_t equal_mask(vec x, vec y) { return (uint32_t)_mm256_movemask_epi8((__m256i)(x == y)); }
static inline bool has_high_bit(vec x) { return _mm256_movemask_epi8((__m256i)x) != 0; }
static inline vec look_up(vec table, vec x) { return (vec)_mm256_shuffle_epi8((__m256i)table, (__m256i)x); }
static inline vec subtract(vec x, vec y) { return (vec)_mm256_subs_epu8((__m256i)x, (__m256i)y); }
// Shifts work in halves: the lower half of x is moved up from the upper half of `last`.
static inline __m256i halves(vec x, vec last) { return _mm256_permute2x128_si256((__m256i)last, (__m256i)x, 0x21); }
#define before(n, x, last) ((vec)_mm256_alignr_epi8((__m256i)(x), halves(x, last), 16 - (n)))

#include "template.h"
#pragma clang attribute pop
#endif
