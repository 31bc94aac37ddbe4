#define _GNU_SOURCE
#include "kernels.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("sse4.2,popcnt"))), apply_to = function)
#include <immintrin.h>

#define LEVEL "sse4.2"
#define SUFFIX sse42
#define WIDTH 16
#define MASK_BITS 1

typedef uint8_t vec __attribute__((vector_size(16), aligned(1)));

static inline uint64_t equal_mask(vec x, vec y) { return (uint16_t)_mm_movemask_epi8((__m128i)(x == y)); }
static inline bool has_high_bit(vec x) { return _mm_movemask_epi8((__m128i)x) != 0; }
static inline vec look_up(vec table, vec x) { return (vec)_mm_shuffle_epi8((__m128i)table, (__m128i)x); }
static inline vec subtract(vec x, vec y) { return (vec)_mm_subs_epu8((__m128i)x, (__m128i)y); }
#define before(n, x, last) ((vec)_mm_alignr_epi8((__m128i)(x), (__m128i)(last), 16 - (n)))

#include "template.h"
#pragma clang attribute pop
#endif
