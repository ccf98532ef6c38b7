#include "embedding_variants.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,fma")))

// Eight registers of eight columns in one pass over the bag. Wider rows take several passes; the first has asked
// for the whole of the coming rows.
TARGET ASSAY_ALWAYS void sum_columns(
    const assay_embedding *job, size_t bag, size_t column, const int vectors, size_t ahead
) {
    size_t lookups = job->batch * job->bag, start = bag * job->bag;
    __m256 sum[8];
    for (int v = 0; v < vectors; v++) sum[v] = _mm256_setzero_ps();
    for (size_t j = start; j < start + job->bag; j++) {
        if (column == 0) assay_prefetch_row(job, j, ahead, lookups);
        const float *row = job->table + (size_t)job->indices[j] * job->dimension + column;
        for (int v = 0; v < vectors; v++) sum[v] = _mm256_add_ps(sum[v], _mm256_loadu_ps(row + 8 * v));
    }
    float *out = job->output + bag * job->dimension + column;
    for (int v = 0; v < vectors; v++) _mm256_storeu_ps(out + 8 * v, sum[v]);
}

// Fewer than eight columns: one masked register.
TARGET static void sum_tail(const assay_embedding *job, size_t bag, size_t column, size_t ahead) {
    static const int ones[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
    size_t lookups = job->batch * job->bag, start = bag * job->bag;
    __m256i mask = _mm256_loadu_si256((const __m256i *)(ones + 8 - (job->dimension - column)));
    __m256 sum = _mm256_setzero_ps();
    for (size_t j = start; j < start + job->bag; j++) {
        if (column == 0) assay_prefetch_row(job, j, ahead, lookups);
        const float *row = job->table + (size_t)job->indices[j] * job->dimension + column;
        sum = _mm256_add_ps(sum, _mm256_maskload_ps(row, mask));
    }
    _mm256_maskstore_ps(job->output + bag * job->dimension + column, mask, sum);
}

TARGET void assay_embedding_avx2(const assay_embedding *job, size_t first, size_t last) {
    size_t ahead = assay_rows_ahead(job->dimension);
    for (size_t bag = first; bag < last; bag++) {
        size_t column = 0;
        for (; column + 64 <= job->dimension; column += 64) sum_columns(job, bag, column, 8, ahead);
        for (; column + 32 <= job->dimension; column += 32) sum_columns(job, bag, column, 4, ahead);
        for (; column + 8 <= job->dimension; column += 8) sum_columns(job, bag, column, 1, ahead);
        if (column < job->dimension) sum_tail(job, bag, column, ahead);
    }
}
#else
typedef int assay_embedding_avx2_is_x86_only;
#endif
