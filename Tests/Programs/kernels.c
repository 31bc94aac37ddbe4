// Compares every version of the kernels that the processor can run with the scalar one, on texts and numbers from a
// seed. `Tests/neon` runs it for a processor that this machine need not have; the unit tests do the same in Swift.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

enum { ROUNDS = 20000, LONGEST = 400 };

static uint64_t state = 7;
static const char *level;
static int failures = 0;

static size_t below(size_t bound) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (state >> 33) % bound;
}

static void expect(bool holds, const char *kernel, int round) {
  if (holds) return;
  failures++;
  printf("%s: %s differs in round %d\n", level, kernel, round);
}

/// Valid UTF-8, in which a byte may then be changed or the end cut off.
static size_t make_text(uint8_t *text, int round) {
  static const char *const characters[] = {
    "a", "\x7f", "\xc2\x80", "\xc3\xa9", "\xdf\xbf", "\xe0\xa0\x80", "\xe2\x82\xac", "\xed\x9f\xbf", "\xee\x80\x80",
    "\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"};
  const size_t kinds = round % 4 == 0 ? 2 : sizeof characters / sizeof *characters;
  const size_t wanted = (size_t)round % (LONGEST - 4);
  size_t length = 0;
  while (length < wanted) {
    const char *character = characters[below(kinds)];
    memcpy(text + length, character, strlen(character));
    length += strlen(character);
  }
  if (round % 3 == 0 && length > 0) text[below(length)] = (uint8_t)below(256);
  if (round % 5 == 0) length -= below(length < 4 ? length + 1 : 4);
  return length;
}

static void compare_texts(const orus_kernels *scalar, const orus_kernels *version, int round) {
  uint8_t text[LONGEST], other[LONGEST], pattern[130];
  const size_t length = make_text(text, round);
  expect(version->is_ascii(text, length) == scalar->is_ascii(text, length), "is_ascii", round);
  expect(version->is_utf8(text, length) == scalar->is_utf8(text, length), "is_utf8", round);
  expect(
    version->count_characters(text, length) == scalar->count_characters(text, length), "count_characters", round);
  memcpy(other, text, length);
  if (round % 4 != 0 && length > 0) other[below(length)] ^= (uint8_t)(1 + below(255));
  expect(version->mismatch(text, other, length) == scalar->mismatch(text, other, length), "mismatch", round);
  const size_t letters = 1 + (size_t)round % 3;
  const size_t pattern_length = 1 + below(round % 7 == 0 ? 120 : 6);
  for (size_t index = 0; index < length; index++) text[index] = (uint8_t)('a' + below(letters));
  for (size_t index = 0; index < pattern_length; index++) pattern[index] = (uint8_t)('a' + below(letters));
  expect(
    version->find(text, length, pattern, pattern_length) == scalar->find(text, length, pattern, pattern_length),
    "find", round);
}

static void compare_sums(const orus_kernels *scalar, const orus_kernels *version, int round) {
  int32_t small[200];
  int64_t large[200];
  const size_t count = (size_t)round % 200;
  for (size_t index = 0; index < count; index++) {
    small[index] = (int32_t)(below(1u << 31) * 2);
    large[index] = (int64_t)(below(1u << 31) << below(33));
    if (below(2) == 0) large[index] = -large[index];
  }
  int64_t sums[4] = {1, 2, 3, 4};
  version->sum_i32(small, count, &sums[0], &sums[1]);
  scalar->sum_i32(small, count, &sums[2], &sums[3]);
  expect(sums[0] == sums[2] && sums[1] == sums[3], "sum_i32", round);
  version->sum_u32((const uint32_t *)small, count, &sums[0], &sums[1]);
  scalar->sum_u32((const uint32_t *)small, count, &sums[2], &sums[3]);
  expect(sums[0] == sums[2] && sums[1] == sums[3], "sum_u32", round);
  uint64_t magnitudes[2] = {1, 2};
  sums[0] = version->sum_i64(large, count, &magnitudes[0]);
  sums[1] = scalar->sum_i64(large, count, &magnitudes[1]);
  expect(sums[0] == sums[1] && magnitudes[0] == magnitudes[1], "sum_i64", round);
}

/// Every sequence of two bytes, and every one of three and four with bytes from the borders, behind ASCII that moves it
/// over the ends of vectors.
static void compare_mistakes(const orus_kernels *scalar, const orus_kernels *version) {
  static const uint8_t borders[] = {0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
    0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF};
  const int count = sizeof borders;
  uint8_t text[80];
  for (int number = 0; number < 65536 + count * count * count * count; number++) {
    const size_t before = 59 + (size_t)number % 8;
    size_t length = before;
    memset(text, 'a', sizeof text);
    if (number < 65536) {
      text[length++] = (uint8_t)(number >> 8);
      text[length++] = (uint8_t)number;
    } else {
      for (int rest = number - 65536, place = 0; place < 4; place++, rest /= count) {
        text[length++] = borders[rest % count];
      }
    }
    expect(version->is_utf8(text, length + 1) == scalar->is_utf8(text, length + 1), "is_utf8 of borders", number);
  }
}

int main(void) {
  const orus_kernels *scalar = orus_kernels_at(0);
  for (size_t index = 1; orus_kernels_at(index); index++) {
    const orus_kernels *version = orus_kernels_at(index);
    level = version->level;
    for (int round = 0; round < ROUNDS; round++) {
      compare_texts(scalar, version, round);
      compare_sums(scalar, version, round);
    }
    compare_mistakes(scalar, version);
    printf("%s: compared with scalar, %d differences\n", level, failures);
  }
  const char *chosen = orus_kernels_chosen()->level;
  printf("chosen: %s\n", chosen);
  return failures == 0 && strcmp(chosen, orus_kernels_at(1) ? level : "scalar") == 0 ? 0 : 1;
}
