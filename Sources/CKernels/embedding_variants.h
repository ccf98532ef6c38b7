#pragma once

#include "embedding.h"

void assay_embedding_avx512f(const assay_embedding *job, size_t first, size_t last);
void assay_embedding_avx2(const assay_embedding *job, size_t first, size_t last);
void assay_embedding_asimd(const assay_embedding *job, size_t first, size_t last);
void assay_embedding_portable(const assay_embedding *job, size_t first, size_t last);

#define ASSAY_ALWAYS static inline __attribute__((always_inline))

/// How many bytes of rows are asked for ahead of the sums, and the least and most rows that may be: enough to cover
/// the latency of memory, few enough that a row is still in the first cache when its turn comes. Found by trying.
enum { ASSAY_AHEAD_BYTES = 4096, ASSAY_AHEAD_LEAST = 4, ASSAY_AHEAD_MOST = 64 };

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
    for (size_t offset = 0; offset < bytes; offset += 64) __builtin_prefetch(row + offset, 0, 3);
    __builtin_prefetch(row + bytes - 1, 0, 3);
}
