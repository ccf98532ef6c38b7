#include "embedding_variants.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx512f")))

// Up to eight registers of sixteen columns in one pass over the bag; `vectors` is a constant at each call, so the
// array is registers. The last register is masked: one function serves whole and broken widths.
TARGET ASSAY_ALWAYS void sum_columns(
    const assay_embedding *job, size_t bag, size_t column, const int vectors, __mmask16 last, size_t ahead
) {
    size_t lookups = job->batch * job->bag, start = bag * job->bag;
    __m512 sum[8];
    for (int v = 0; v < vectors; v++) sum[v] = _mm512_setzero_ps();
    for (size_t j = start; j < start + job->bag; j++) {
        if (column == 0) assay_prefetch_row(job, j, ahead, lookups);
        const float *row = job->table + (size_t)job->indices[j] * job->dimension + column;
        for (int v = 0; v < vectors - 1; v++) sum[v] = _mm512_add_ps(sum[v], _mm512_loadu_ps(row + 16 * v));
        const int tail = vectors - 1;
        sum[tail] = _mm512_add_ps(sum[tail], _mm512_maskz_loadu_ps(last, row + 16 * tail));
    }
    float *out = job->output + bag * job->dimension + column;
    for (int v = 0; v < vectors - 1; v++) _mm512_storeu_ps(out + 16 * v, sum[v]);
    _mm512_mask_storeu_ps(out + 16 * (vectors - 1), last, sum[vectors - 1]);
}

TARGET static void sum_rest(const assay_embedding *job, size_t bag, size_t column, size_t ahead) {
    size_t width = job->dimension - column;
    __mmask16 last = (__mmask16)(0xFFFF >> (15 - (width - 1) % 16));
    switch ((width + 15) / 16) {
    case 1: sum_columns(job, bag, column, 1, last, ahead); break;
    case 2: sum_columns(job, bag, column, 2, last, ahead); break;
    case 3: sum_columns(job, bag, column, 3, last, ahead); break;
    case 4: sum_columns(job, bag, column, 4, last, ahead); break;
    case 5: sum_columns(job, bag, column, 5, last, ahead); break;
    case 6: sum_columns(job, bag, column, 6, last, ahead); break;
    case 7: sum_columns(job, bag, column, 7, last, ahead); break;
    default: sum_columns(job, bag, column, 8, last, ahead); break;
    }
}

TARGET void assay_embedding_avx512f(const assay_embedding *job, size_t first, size_t last) {
    size_t ahead = assay_rows_ahead(job->dimension);
    for (size_t bag = first; bag < last; bag++) {
        size_t column = 0;
        for (; column + 128 <= job->dimension; column += 128) sum_columns(job, bag, column, 8, 0xFFFF, ahead);
        if (column < job->dimension) sum_rest(job, bag, column, ahead);
    }
}
#else
typedef int assay_embedding_avx512f_is_x86_only;
#endif
