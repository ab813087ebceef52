// Decimal numbers to doubles, correctly rounded. Needs `short_digits` of the instruction set:
// at most 16 bytes of digits with at most one dot.
#pragma once
#include <string.h>

#include "digits.h"

static const double powers_of_ten[23] = {
  1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

static const uint64_t powers_of_five[28] = {
  1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625,
  1220703125, 6103515625, 30517578125, 152587890625, 762939453125, 3814697265625,
  19073486328125, 95367431640625, 476837158203125, 2384185791015625, 11920928955078125,
  59604644775390625, 298023223876953125, 1490116119384765625, 7450580596923828125,
};

// (high * 2^64 + low) * 2^scale rounded to nearest, ties to even; the result is a normal number.
static double rounded(uint64_t high, uint64_t low, int scale) {
  int zeros = high ? __builtin_clzll(high) : 64 + __builtin_clzll(low);
  uint64_t top = zeros >= 64 ? low << (zeros - 64) : zeros ? high << zeros | low >> (64 - zeros) : high;
  uint64_t rest = zeros >= 64 ? 0 : low << zeros;
  // 11 bits fall off a 64-bit word; anything in the low word makes them odd.
  uint64_t sticky = top | (rest != 0);
  uint64_t kept = sticky >> 11, lost = sticky & 0x7FF;
  kept += lost > 0x400 || (lost == 0x400 && (kept & 1));
  int exponent = scale + 64 - zeros + 11;
  uint64_t bits = (uint64_t)(exponent + 1023) << 52;
  double power;
  memcpy(&power, &bits, sizeof power);
  return (double)kept * power;
}

// digits * 10^exponent by 128-bit integers: 10^k = 5^k 2^k and 5^27 < 2^63.
static NEVER_INLINE double exact_by_integers(uint64_t digits, int exponent) {
  if (exponent >= 0) {
    unsigned __int128 product = (unsigned __int128)digits * powers_of_five[exponent];
    return rounded((uint64_t)(product >> 64), (uint64_t)product, exponent);
  }
  uint64_t power = powers_of_five[-exponent];
  int digit_shift = __builtin_clzll(digits), power_shift = __builtin_clzll(power);
  uint64_t numerator = digits << digit_shift, divisor = power << power_shift;
  // The numerator's high word is below the divisor, so the quotient has 63 or 64 bits.
  uint64_t high = numerator >> 1, low = numerator << 63, quotient, remainder;
#if defined(__x86_64__)
  __asm__("divq %4" : "=a"(quotient), "=d"(remainder) : "0"(low), "1"(high), "rm"(divisor));
#else
  unsigned __int128 whole = (unsigned __int128)high << 64 | low;
  quotient = (uint64_t)(whole / divisor);
  remainder = (uint64_t)(whole % divisor);
#endif
  return rounded(quotient, remainder != 0, exponent - 63 - digit_shift + power_shift - 64);
}

// digits * 10^exponent; 0 when that takes more than 128 bits.
static ALWAYS_INLINE int exact(uint64_t digits, int exponent, double *value) {
  int size = exponent < 0 ? -exponent : exponent;
  if (digits <= 1ull << 53 && size <= 22) {
    // Both factors are exact, so one operation rounds once.
    *value = exponent < 0 ? (double)digits / powers_of_ten[size] : (double)digits * powers_of_ten[size];
    return 1;
  }
  if (size > 27 || digits == 0) return 0;
  *value = exact_by_integers(digits, exponent);
  return 1;
}

static ALWAYS_INLINE int any_digits(
  const uint8_t *text, const uint8_t *end, struct decimal *result) {
  return end - text <= 16 ? short_digits(text, end, result) : long_digits(text, end, result);
}

// Numbers with an exponent or many digits, without sign.
static NEVER_INLINE int other_number(const uint8_t *text, const uint8_t *end, double *value) {
  struct decimal number;
  ptrdiff_t length = end - text;
  for (ptrdiff_t size = 2; size <= 5 && size < length; size++) {
    const uint8_t *mark = end - size;
    if ((*mark | 0x20) != 'e') continue;
    const uint8_t *next = mark + 1;
    int negative = *next == '-', exponent = 0;
    next += negative || *next == '+';
    if (next == end) return 0;
    for (; next < end; next++) {
      uint8_t digit = *next - '0';
      if (digit > 9) return 0;
      exponent = exponent * 10 + digit;
    }
    if (!any_digits(text, mark, &number)) return 0;
    return exact(number.digits, (negative ? -exponent : exponent) - number.scale, value);
  }
  if (!any_digits(text, end, &number)) return 0;
  return exact(number.digits, -number.scale, value);
}

// The number that fills the text; 0 when it is none or not plain.
static ALWAYS_INLINE int parse_number(const uint8_t *text, const uint8_t *end, double *value) {
  int negative = text < end && *text == '-';
  text += negative;
  struct decimal number;
  double magnitude;
  if (end - text <= 16 && short_digits(text, end, &number) && number.digits <= 1ull << 53) {
    magnitude = (double)number.digits / powers_of_ten[number.scale];
  } else if (!other_number(text, end, &magnitude)) {
    return 0;
  }
  *value = negative ? -magnitude : magnitude;
  return 1;
}

static int is_nan_word(const uint8_t *text, const uint8_t *end) {
  return end - text == 3 && (text[0] | 0x20) == 'n' && (text[1] | 0x20) == 'a'
    && (text[2] | 0x20) == 'n';
}
