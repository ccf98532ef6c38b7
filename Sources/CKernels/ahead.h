#pragma once

#include <stddef.h>
#include <stdint.h>

#define ASSAY_ALWAYS static inline __attribute__((always_inline))

/// How many bytes of rows are asked for before they are needed, and the least and most rows that may be. They are asked into
/// the second cache, which can wait for more lines at once than the first: that, not the width of the registers, is
/// what limits random rows (on a Zen 4, 60 ns a row of 512 bytes into the first cache, 30 ns into the second). Found by
/// trying 1 to 32 KiB.
enum { ASSAY_AHEAD_BYTES = 16384, ASSAY_AHEAD_LEAST = 4, ASSAY_AHEAD_MOST = 256 };

ASSAY_ALWAYS size_t assay_rows_ahead(size_t bytes) {
    size_t rows = ASSAY_AHEAD_BYTES / bytes;
    if (rows < ASSAY_AHEAD_LEAST) return ASSAY_AHEAD_LEAST;
    return rows > ASSAY_AHEAD_MOST ? ASSAY_AHEAD_MOST : rows;
}

/// Asks for every cache line of a row of `bytes`.
ASSAY_ALWAYS void assay_ask(const char *row, size_t bytes) {
    size_t offset = 0;
    for (; offset + 256 <= bytes; offset += 256) {
        __builtin_prefetch(row + offset, 0, 2);
        __builtin_prefetch(row + offset + 64, 0, 2);
        __builtin_prefetch(row + offset + 128, 0, 2);
        __builtin_prefetch(row + offset + 192, 0, 2);
    }
    for (; offset < bytes; offset += 64) __builtin_prefetch(row + offset, 0, 2);
    // The last line once more: a row that does not begin on a line ends on one more.
    __builtin_prefetch(row + bytes - 1, 0, 2);
}
