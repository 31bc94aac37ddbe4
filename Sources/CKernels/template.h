// The kernels for one width of vectors. The file that includes this defines, for the vector type `vec` of WIDTH bytes:
//
//   LEVEL, SUFFIX         the level's name, and the end of its functions' names
//   MASK_BITS             bits that `equal_mask` has for each byte
//   equal_mask(x, y)      those of bytes that are equal, as uint64_t
//   has_high_bit(x)       whether a byte is above 127
//   look_up(table, x)     for each byte below 16, that entry of a table repeated in each 16 bytes
//   subtract(x, y)        down to 0 and no further
//   before(n, x, last)    x moved up by n bytes, with the end of the vector before it

#include <string.h>

#define JOIN(name, suffix) name##_##suffix
#define EXPAND(name, suffix) JOIN(name, suffix)
#define NAME(name) EXPAND(name, SUFFIX)

static inline vec load(const uint8_t *bytes) {
  vec value;
  memcpy(&value, bytes, WIDTH);
  return value;
}

static inline vec splat(uint8_t byte) { return (vec){} + byte; }

/// The last bytes of a memory, and zeros.
static inline vec load_rest(const uint8_t *bytes, size_t count) {
  uint8_t rest[WIDTH] = {0};
  memcpy(rest, bytes, count);
  return load(rest);
}

/// The first and last byte of the pattern are compared in many places at once, all of it where both agree (Wojciech
/// Muła's generic SIMD search). Where that happens often in vain, the C library's search, which is linear, goes on.
static ptrdiff_t NAME(find)(const uint8_t *text, size_t length, const uint8_t *pattern, size_t pattern_length) {
  if (pattern_length > length) return -1;
  const size_t places = length - pattern_length + 1;
  const vec first = splat(pattern[0]);
  const vec last = splat(pattern[pattern_length - 1]);
  size_t compared = 0;
  size_t at = 0;
  for (; at + WIDTH <= places; at += WIDTH) {
    uint64_t mask = equal_mask(load(text + at), first) & equal_mask(load(text + at + pattern_length - 1), last);
    while (mask != 0) {
      const size_t place = at + (size_t)__builtin_ctzll(mask) / MASK_BITS;
      if (memcmp(text + place, pattern, pattern_length) == 0) return (ptrdiff_t)place;
      compared += pattern_length;
      mask &= ~((((uint64_t)1 << (MASK_BITS - 1)) * 2 - 1) << (place - at) * MASK_BITS);
    }
    if (compared > 1024 + at * 2) {
      at += WIDTH;
      break;
    }
  }
  const uint8_t *rest = memmem(text + at, length - at, pattern, pattern_length);
  return rest ? rest - text : -1;
}

static bool NAME(is_ascii)(const uint8_t *text, size_t length) {
  vec all = {};
  size_t at = 0;
  for (; at + WIDTH <= length; at += WIDTH) all |= load(text + at);
  return !has_high_bit(all | load_rest(text + at, length - at));
}

static size_t NAME(count_characters)(const uint8_t *text, size_t length) {
  size_t count = 0;
  size_t at = 0;
  // Each comparison gives -1 or 0: 255 of them fit into a byte.
  while (at + WIDTH <= length) {
    vec sums = {};
    for (int round = 0; round < 255 && at + WIDTH <= length; round++, at += WIDTH) {
      sums -= (vec)((load(text + at) & 0xC0) != 0x80);
    }
    for (int index = 0; index < WIDTH; index++) count += sums[index];
  }
  for (; at < length; at++) count += (text[at] & 0xC0) != 0x80;
  return count;
}

static size_t NAME(mismatch)(const uint8_t *x, const uint8_t *y, size_t length) {
  size_t at = 0;
  for (; at + WIDTH <= length; at += WIDTH) {
    const uint64_t differs = ~equal_mask(load(x + at), load(y + at)) & (~(uint64_t)0 >> (64 - WIDTH * MASK_BITS));
    if (differs != 0) return at + (size_t)__builtin_ctzll(differs) / MASK_BITS;
  }
  while (at < length && x[at] == y[at]) at++;
  return at;
}

// UTF-8: John Keiser and Daniel Lemire, "Validating UTF-8 in less than one instruction per byte" (2020). Three tables,
// by the halves of a byte and the upper half of the next, have a bit for each mistake that these are part of; a bit
// that all three have is a mistake. What they cannot see, third and fourth bytes, is compared apart.
enum {
  too_short = 1,
  too_long = 2,
  overlong_3 = 4,
  too_large = 8,
  surrogate = 16,
  overlong_2 = 32,
  too_large_1000 = 64,
  overlong_4 = 64,
  two_continuations = 128,
  carry = too_short | too_long | two_continuations
};

static const uint8_t first_high[16] = {
  too_long, too_long, too_long, too_long, too_long, too_long, too_long, too_long,
  two_continuations, two_continuations, two_continuations, two_continuations,
  too_short | overlong_2, too_short, too_short | overlong_3 | surrogate,
  too_short | too_large | too_large_1000 | overlong_4};

static const uint8_t first_low[16] = {
  carry | overlong_3 | overlong_2 | overlong_4, carry | overlong_2, carry, carry, carry | too_large,
  carry | too_large | too_large_1000, carry | too_large | too_large_1000, carry | too_large | too_large_1000,
  carry | too_large | too_large_1000, carry | too_large | too_large_1000, carry | too_large | too_large_1000,
  carry | too_large | too_large_1000, carry | too_large | too_large_1000,
  carry | too_large | too_large_1000 | surrogate, carry | too_large | too_large_1000,
  carry | too_large | too_large_1000};

#define SECOND_ALWAYS (too_long | overlong_2 | two_continuations)
static const uint8_t second_high[16] = {
  too_short, too_short, too_short, too_short, too_short, too_short, too_short, too_short,
  SECOND_ALWAYS | overlong_3 | too_large_1000 | overlong_4, SECOND_ALWAYS | overlong_3 | too_large,
  SECOND_ALWAYS | surrogate | too_large, SECOND_ALWAYS | surrogate | too_large,
  too_short, too_short, too_short, too_short};

static inline vec table(const uint8_t *entries) {
  uint8_t repeated[WIDTH];
  for (int at = 0; at < WIDTH; at += 16) memcpy(repeated + at, entries, 16);
  return load(repeated);
}

/// Not zero where a byte of the vector shows a mistake.
static inline vec utf8_errors(vec now, vec last, vec by_high, vec by_low, vec by_second) {
  const vec one_before = before(1, now, last);
  const vec special = look_up(by_high, one_before >> 4) & look_up(by_low, one_before & 15) & look_up(by_second, now >> 4);
  const vec has_to_continue = subtract(before(2, now, last), splat(0xE0 - 0x80))
    | subtract(before(3, now, last), splat(0xF0 - 0x80));
  return (has_to_continue & 0x80) ^ special;
}

static bool NAME(is_utf8)(const uint8_t *text, size_t length) {
  const vec by_high = table(first_high), by_low = table(first_low), by_second = table(second_high);
  vec last = {};
  vec errors = {};
  size_t at = 0;
  for (; at + WIDTH <= length; at += WIDTH) {
    const vec now = load(text + at);
    if (has_high_bit(now | last)) errors |= utf8_errors(now, last, by_high, by_low, by_second);
    last = now;
  }
  // The zeros behind the end complain of a character that is not whole.
  errors |= utf8_errors(load_rest(text + at, length - at), last, by_high, by_low, by_second);
  return equal_mask(errors, splat(0)) == (~(uint64_t)0 >> (64 - WIDTH * MASK_BITS));
}

#define LANES (WIDTH / 8)
typedef int64_t wide __attribute__((vector_size(WIDTH), aligned(8)));
typedef int32_t narrow __attribute__((vector_size(WIDTH / 2), aligned(4)));
typedef uint32_t unsigned_narrow __attribute__((vector_size(WIDTH / 2), aligned(4)));

static void NAME(sum_i32)(const int32_t *elements, size_t count, int64_t *negative, int64_t *positive) {
  wide below = {}, above = {};
  size_t at = 0;
  for (; at + LANES <= count; at += LANES) {
    const wide x = __builtin_convertvector(*(const narrow *)(elements + at), wide);
    const wide is_below = x < 0;
    below += x & is_below;
    above += x & ~is_below;
  }
  *negative = *positive = 0;
  for (int lane = 0; lane < LANES; lane++) {
    *negative += below[lane];
    *positive += above[lane];
  }
  for (; at < count; at++) *(elements[at] < 0 ? negative : positive) += elements[at];
}

static void NAME(sum_u32)(const uint32_t *elements, size_t count, int64_t *negative, int64_t *positive) {
  wide sums = {};
  size_t at = 0;
  for (; at + LANES <= count; at += LANES) {
    sums += __builtin_convertvector(*(const unsigned_narrow *)(elements + at), wide);
  }
  *negative = *positive = 0;
  for (int lane = 0; lane < LANES; lane++) *positive += sums[lane];
  for (; at < count; at++) *positive += elements[at];
}

static int64_t NAME(sum_i64)(const int64_t *elements, size_t count, uint64_t *magnitude) {
  typedef uint64_t unsigned_wide __attribute__((vector_size(WIDTH), aligned(8)));
  unsigned_wide sums = {}, bits = {};
  size_t at = 0;
  for (; at + LANES <= count; at += LANES) {
    const wide x = *(const wide *)(elements + at);
    sums += (unsigned_wide)x;
    bits |= (unsigned_wide)(x ^ (x < 0));
  }
  uint64_t sum = 0;
  *magnitude = 0;
  for (int lane = 0; lane < LANES; lane++) {
    sum += sums[lane];
    *magnitude |= bits[lane];
  }
  for (; at < count; at++) {
    sum += (uint64_t)elements[at];
    *magnitude |= (uint64_t)(elements[at] ^ (elements[at] >> 63));
  }
  return (int64_t)sum;
}

const orus_kernels NAME(orus_kernels) = {
  LEVEL, NAME(find), NAME(is_ascii), NAME(is_utf8), NAME(count_characters), NAME(mismatch), NAME(sum_i32),
  NAME(sum_u32), NAME(sum_i64)};
