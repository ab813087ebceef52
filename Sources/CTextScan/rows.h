// The row scanner. Needs `masks_of` and `short_digits` of the instruction set.
#include "decimal.h"

// Where fields and rows end in a block of 64 bytes, a bit each, up to the first odd byte.
struct block_ends {
  uint64_t ends;
  int stops_at_odd;
};

static ALWAYS_INLINE struct block_ends ends_of(
  const uint8_t *block, size_t left, uint8_t delimiter) {
  struct block_masks masks = masks_of(block, delimiter);
  uint64_t odd = masks.quotes;
  if (masks.returns) {
    // A carriage return is plain right before a line feed.
    uint64_t feed_follows = left > 64 && block[64] == '\n';
    odd |= masks.returns & ~(masks.line_feeds >> 1 | feed_follows << 63);
  }
  uint64_t ends = masks.delimiters | masks.line_feeds;
  if (left < 64) {
    uint64_t inside = (1ull << left) - 1;
    ends &= inside;
    odd &= inside;
  }
  if (odd) ends &= (odd & -odd) - 1;
  return (struct block_ends){ends, odd != 0};
}

// Reads a field into `column->out[row]`; 0 when it is not plain.
static ALWAYS_INLINE int take_field(
  const uint8_t *field, const uint8_t *end, struct text_scan_column *column, size_t row,
  double missing) {
  if (field == end) {
    column->blanks++;
    column->out[row] = missing;
    return 1;
  }
  double value;
  if (!parse_number(field, end, &value)) {
    if (!is_nan_word(field, end)) return 0;
    column->not_finite++;
    value = __builtin_nan("");
  }
  column->out[row] = value;
  return 1;
}

// Takes back what was counted of the first fields of a row that is not taken.
static void forget(struct text_scan_column *columns, size_t count, size_t row, double missing) {
  for (size_t index = 0; index < count; index++) {
    struct text_scan_column *column = columns + index;
    if (!column->out || column->out[row] == column->out[row]) continue;
    if (memcmp(column->out + row, &missing, sizeof missing) == 0)
      column->blanks--;
    else
      column->not_finite--;
  }
}

static struct text_scan_result scan_rows(
  const uint8_t *text, size_t length, uint8_t delimiter, size_t width,
  struct text_scan_column *columns, ptrdiff_t step, double missing, size_t most) {
  struct text_scan_result result = {0, 0, text_scan_out_of_text};
  const uint8_t *field = text;
  size_t column = 0, row = 0;
  int is_plain = most > 0;
  for (size_t block = 0; is_plain && block < length; block += 64) {
    struct block_ends found = ends_of(text + block, length - block, delimiter);
    for (uint64_t ends = found.ends; ends; ends &= ends - 1) {
      const uint8_t *end = text + block + __builtin_ctzll(ends), *next = end + 1;
      int is_last = column + 1 == width;
      is_plain = (*end == '\n') == is_last;
      if (!is_plain) break;
      if (is_last && end > field && end[-1] == '\r') end--;
      // A lone empty field is an empty line.
      if (width == 1 && field == end) is_plain = 0;
      if (is_plain && columns[column].out)
        is_plain = take_field(field, end, columns + column, row, missing);
      if (!is_plain) break;
      field = next;
      column++;
      if (!is_last) continue;
      double position = step < 0 ? 0 : columns[step].out[row];
      is_plain = position - position == 0;
      if (!is_plain) break;
      column = 0;
      row++;
      result.consumed = (size_t)(next - text);
      if (row == most) goto full;
    }
    if (found.stops_at_odd) is_plain = 0;
  }
full:
  forget(columns, column, row, missing);
  result.rows = row;
  if (row == most)
    result.status = text_scan_full;
  else if (!is_plain)
    result.status = text_scan_not_plain;
  return result;
}

static int scan_number(const uint8_t *text, const uint8_t *end, double *value) {
  return parse_number(text, end, value);
}

#define FUNCTIONS {scan_rows, scan_number}
