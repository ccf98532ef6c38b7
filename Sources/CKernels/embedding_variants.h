#pragma once

#include "embedding.h"

void assay_embedding_avx512f(const assay_embedding *job, size_t first, size_t last);
void assay_embedding_avx2(const assay_embedding *job, size_t first, size_t last);
void assay_embedding_asimd(const assay_embedding *job, size_t first, size_t last);
void assay_embedding_portable(const assay_embedding *job, size_t first, size_t last);

#define ASSAY_ALWAYS static inline __attribute__((always_inline))

/// How many bytes of rows are asked for ahead of the sums, and the least and most rows that may be. They are asked into
/// the second cache, which can wait for more lines at once than the first: that, not the width of the registers, is
/// what limits random rows (on a Zen 4, 60 ns a row of 512 bytes into the first cache, 30 ns into the second). Found by
/// trying 1 to 32 KiB.
enum { ASSAY_AHEAD_BYTES = 16384, ASSAY_AHEAD_LEAST = 4, ASSAY_AHEAD_MOST = 256 };

ASSAY_ALWAYS size_t assay_rows_ahead(size_t dimension) {
    size_t rows = ASSAY_AHEAD_BYTES / (dimension * sizeof(float));
    if (rows < ASSAY_AHEAD_LEAST) return ASSAY_AHEAD_LEAST;
    return rows > ASSAY_AHEAD_MOST ? ASSAY_AHEAD_MOST : rows;
}

/// Asks for every cache line of the row that is `ahead` lookups after `lookup`; past the last one, for the last.
ASSAY_ALWAYS void assay_prefetch_row(const assay_embedding *job, size_t lookup, size_t ahead, size_t lookups) {
    size_t coming = lookup + ahead < lookups ? lookup + ahead : lookups - 1;
    const char *row = (const char *)(job->table + (size_t)job->indices[coming] * job->dimension);
    size_t bytes = job->dimension * sizeof(float);
    for (size_t offset = 0; offset < bytes; offset += 64) __builtin_prefetch(row + offset, 0, 2);
    __builtin_prefetch(row + bytes - 1, 0, 2);
}
