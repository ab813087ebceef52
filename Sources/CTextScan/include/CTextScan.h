#pragma once
#include <stddef.h>
#include <stdint.h>

#include "sha256.h"

// Scans delimited text for rows of plain numbers.
//
// It is the fast path of a reader that knows more: whatever is not plain (quotes, words, blanks, other
// numbers of fields, lone carriage returns) is left to that reader, row by row.

// The instruction sets that the scanner is compiled for.
enum {
  text_scan_plain = 0,
  text_scan_avx2 = 1,
};

// Bytes that must be readable before the first and behind the last byte of a text.
enum { text_scan_padding = 64 };

// Why a scan ended.
enum {
  // No further row ends within the text.
  text_scan_out_of_text = 0,
  // So many rows as were asked for were read.
  text_scan_full = 1,
  // The next row is not plain.
  text_scan_not_plain = 2,
};

// One column of the table.
struct text_scan_column {
  // Where the values go, one a row; NULL: the column is skipped.
  double *out;
  // Empty fields met; added to.
  size_t blanks;
  // NaN met; added to.
  size_t not_finite;
};

struct text_scan_result {
  size_t rows;
  // Where the row after the last one begins.
  size_t consumed;
  int status;
};

// Whether the processor has the instruction set.
int text_scan_supports(int level);

// Reads rows of exactly `width` fields, at most `most`.
//
// Empty fields become `missing`. In the column `step` (-1: none) every value must be finite.
// Numbers are rounded correctly.
struct text_scan_result text_scan_rows(
  int level, const uint8_t *text, size_t length, uint8_t delimiter, size_t width,
  struct text_scan_column *columns, ptrdiff_t step, double missing, size_t most);

// The number that fills `length` bytes; 0 when they are no plain number.
int text_scan_number(int level, const uint8_t *text, size_t length, double *value);
