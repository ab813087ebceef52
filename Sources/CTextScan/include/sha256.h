#pragma once
#include <stddef.h>
#include <stdint.h>

// The compression function of SHA-256 by the processor's own instructions.

// Whether the processor has the instructions.
int sha256_supported(void);

// Runs the compression function over whole blocks of 64 bytes; only where `sha256_supported`.
//
// `state` is the eight words a to h.
void sha256_compress(uint32_t state[8], const uint8_t *blocks, size_t count);
