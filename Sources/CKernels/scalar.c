// Every kernel in its plainest form: what the others are tested against.
#define _GNU_SOURCE
#include <string.h>

#include "kernels.h"

static ptrdiff_t find(const uint8_t *text, size_t length, const uint8_t *pattern, size_t pattern_length) {
  const uint8_t *found = memmem(text, length, pattern, pattern_length);
  return found ? found - text : -1;
}

static bool is_ascii(const uint8_t *text, size_t length) {
  uint8_t all = 0;
  for (size_t at = 0; at < length; at++) all |= text[at];
  return all < 0x80;
}

static bool continues(uint8_t byte, uint8_t least, uint8_t most) { return byte >= least && byte <= most; }

/// Table 3-7 of the Unicode standard: the second byte decides, the others only have to continue.
static bool is_utf8(const uint8_t *text, size_t length) {
  size_t at = 0;
  while (at < length) {
    const uint8_t lead = text[at];
    if (lead < 0x80) {
      at++;
      continue;
    }
    if (lead < 0xC2 || lead > 0xF4) return false;
    const size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length - at < size) return false;
    const uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (!continues(text[at + 1], least, most)) return false;
    for (size_t index = 2; index < size; index++) {
      if (!continues(text[at + index], 0x80, 0xBF)) return false;
    }
    at += size;
  }
  return true;
}

static size_t count_characters(const uint8_t *text, size_t length) {
  size_t count = 0;
  for (size_t at = 0; at < length; at++) count += (text[at] & 0xC0) != 0x80;
  return count;
}

static size_t mismatch(const uint8_t *x, const uint8_t *y, size_t length) {
  size_t at = 0;
  while (at < length && x[at] == y[at]) at++;
  return at;
}

static void sum_i32(const int32_t *elements, size_t count, int64_t *negative, int64_t *positive) {
  *negative = *positive = 0;
  for (size_t at = 0; at < count; at++) *(elements[at] < 0 ? negative : positive) += elements[at];
}

static void sum_u32(const uint32_t *elements, size_t count, int64_t *negative, int64_t *positive) {
  *negative = *positive = 0;
  for (size_t at = 0; at < count; at++) *positive += elements[at];
}

static int64_t sum_i64(const int64_t *elements, size_t count, uint64_t *magnitude) {
  uint64_t sum = 0;
  *magnitude = 0;
  for (size_t at = 0; at < count; at++) {
    sum += (uint64_t)elements[at];
    *magnitude |= (uint64_t)(elements[at] ^ (elements[at] >> 63));
  }
  return (int64_t)sum;
}

const orus_kernels orus_kernels_scalar = {
  "scalar", find, is_ascii, is_utf8, count_characters, mismatch, sum_i32, sum_u32, sum_i64};
