// Up to 16 digits at once, with SSE4.1.
#pragma once
#include <immintrin.h>

#include "scanners.h"

// 16 bytes from index n on keep the last n of 16.
static const uint8_t last_bytes[32] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

// 16 bytes from index 15 - p on close the gap at p: what is before p moves up by one.
static const uint8_t ascending[48] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

static ALWAYS_INLINE int short_digits(
  const uint8_t *text, const uint8_t *end, struct decimal *result) {
  size_t length = (size_t)(end - text);
  __m128i bytes = _mm_loadu_si128((const __m128i *)(end - 16));
  __m128i digits = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
  unsigned inside = 0xFFFFu & (0xFFFFu << (16 - length));
  unsigned others = ~(unsigned)_mm_movemask_epi8(is_digit) & inside;
  unsigned dots = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('.'))) & inside;
  // One dot at most, nothing else, and a digit.
  if (others != dots || (dots & (dots - 1)) || dots == inside) return 0;
  unsigned dot = (unsigned)__builtin_ctz(dots | 0x10000);
  digits = _mm_and_si128(
    digits,
    _mm_and_si128(is_digit, _mm_loadu_si128((const __m128i *)(last_bytes + length))));
  // Byte i comes from i, or from i - 1 up to the dot.
  __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  // ascending + 15 - dot: 0 for i <= dot, 1 behind it; all 1 without a dot.
  __m128i moves = _mm_loadu_si128((const __m128i *)(ascending + 15 - (dot & 15) + (dot & 16)));
  __m128i from = _mm_sub_epi8(_mm_add_epi8(places, moves), _mm_set1_epi8(1));
  digits = _mm_shuffle_epi8(digits, from);
  __m128i pairs = _mm_maddubs_epi16(
    digits, _mm_setr_epi8(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
  __m128i fours = _mm_madd_epi16(pairs, _mm_setr_epi16(100, 1, 100, 1, 100, 1, 100, 1));
  __m128i packed = _mm_packus_epi32(fours, fours);
  __m128i eights = _mm_madd_epi16(
    packed, _mm_setr_epi16(10000, 1, 10000, 1, 10000, 1, 10000, 1));
  uint64_t both = (uint64_t)_mm_cvtsi128_si64(eights);
  result->digits = (both & 0xFFFFFFFF) * 100000000 + (both >> 32);
  result->scale = dots ? (int)(15 - dot) : 0;
  return 1;
}
