#pragma once
#include "scanners.h"

// Digits with at most one dot, at most 19 of them.
static int long_digits(const uint8_t *text, const uint8_t *end, struct decimal *result) {
  uint64_t digits = 0;
  const uint8_t *dot = NULL;
  if (end - text > 20) return 0;
  for (const uint8_t *next = text; next < end; next++) {
    uint8_t digit = *next - '0';
    if (digit < 10) {
      digits = digits * 10 + digit;
    } else if (*next == '.' && !dot) {
      dot = next;
    } else {
      return 0;
    }
  }
  int count = (int)(end - text) - (dot != NULL);
  if (count < 1 || count > 19) return 0;
  result->digits = digits;
  result->scale = dot ? (int)(end - dot - 1) : 0;
  return 1;
}
