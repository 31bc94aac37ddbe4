// Loops over bytes and numbers, in a version for each step of vector instructions. Which one runs is chosen when the
// program runs: the highest that the processor has and that the environment variable ORUS_SIMD allows.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CNodes.h"

/// Constants, so that Swift may share them between threads.
typedef struct __attribute__((swift_attr("@Sendable"))) {
  /// As ORUS_SIMD spells it.
  const char *level;
  /// The offset of the first occurrence of a pattern that is not empty; -1 if there is none. Linear.
  ptrdiff_t (*find)(const uint8_t *text, size_t length, const uint8_t *pattern, size_t pattern_length);
  /// Whether no byte is above 127.
  bool (*is_ascii)(const uint8_t *text, size_t length);
  /// Whether it is UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
  bool (*is_utf8)(const uint8_t *text, size_t length);
  /// How many bytes do not continue a character.
  size_t (*count_characters)(const uint8_t *text, size_t length);
  /// The offset of the first byte in which two memories differ; `length` if there is none.
  size_t (*mismatch)(const uint8_t *x, const uint8_t *y, size_t length);
  /// The sums of the negative and of the other elements. Exact for up to 2^31 elements.
  void (*sum_i32)(const int32_t *elements, size_t count, int64_t *negative, int64_t *positive);
  void (*sum_u32)(const uint32_t *elements, size_t count, int64_t *negative, int64_t *positive);
  /// The sum, which wraps; and the union of the bits in which elements differ from their sign, which bounds them.
  int64_t (*sum_i64)(const int64_t *elements, size_t count, uint64_t *magnitude);
} orus_kernels;

/// The versions that this machine can run, the scalar one first; null behind the last.
const orus_kernels *orus_kernels_at(size_t index);

/// The version to use.
const orus_kernels *orus_kernels_chosen(void);

#endif
