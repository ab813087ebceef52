// The scanner in plain C, eight bytes at once.
#include <string.h>

#include "scanners.h"

// The bytes of `word` that are zero, a bit each.
static ALWAYS_INLINE uint64_t zero_bytes(uint64_t word) {
  uint64_t low = 0x7F7F7F7F7F7F7F7Full;
  uint64_t zeros = ~(((word & low) + low) | word | low);
  return (zeros >> 7) * 0x0102040810204080ull >> 56 & 0xFF;
}

static ALWAYS_INLINE uint64_t load(const uint8_t *text) {
  uint64_t word;
  memcpy(&word, text, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static ALWAYS_INLINE uint64_t equal_to(const uint64_t *words, uint8_t byte) {
  uint64_t mask = 0, wanted = 0x0101010101010101ull * byte;
  for (int index = 0; index < 8; index++)
    mask |= zero_bytes(words[index] ^ wanted) << (8 * index);
  return mask;
}

static ALWAYS_INLINE struct block_masks masks_of(const uint8_t *text, uint8_t delimiter) {
  uint64_t words[8];
  for (int index = 0; index < 8; index++) words[index] = load(text + 8 * index);
  return (struct block_masks){
    equal_to(words, delimiter), equal_to(words, '\n'), equal_to(words, '\r'),
    equal_to(words, '"')};
}

#include "digits.h"

static int short_digits(const uint8_t *text, const uint8_t *end, struct decimal *result) {
  return long_digits(text, end, result);
}

#include "rows.h"
const struct text_scan_functions text_scan_functions_plain = FUNCTIONS;
