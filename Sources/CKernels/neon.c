#define _GNU_SOURCE
#include "kernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>

#define LEVEL "neon"
#define SUFFIX neon
#define WIDTH 16
// There is no instruction that gathers one bit of each byte; narrowing by four bits comes nearest.
#define MASK_BITS 4

typedef uint8_t vec __attribute__((vector_size(16), aligned(1)));

static inline uint64_t equal_mask(vec x, vec y) {
  const uint8x16_t equal = vceqq_u8((uint8x16_t)x, (uint8x16_t)y);
  return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(equal), 4)), 0);
}
static inline bool has_high_bit(vec x) { return vmaxvq_u8((uint8x16_t)x) > 127; }
static inline vec look_up(vec table, vec x) { return (vec)vqtbl1q_u8((uint8x16_t)table, (uint8x16_t)x); }
static inline vec subtract(vec x, vec y) { return (vec)vqsubq_u8((uint8x16_t)x, (uint8x16_t)y); }
#define before(n, x, last) ((vec)vextq_u8((uint8x16_t)(last), (uint8x16_t)(x), 16 - (n)))

#include "template.h"
#endif
