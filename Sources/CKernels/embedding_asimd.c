#include "embedding_variants.h"

#if defined(__aarch64__)
#include <arm_neon.h>

// Sixteen registers of four columns in one pass over the bag: of the 32 there are, half are left for the loads.
ASSAY_ALWAYS void sum_columns(
    const assay_embedding *job, size_t bag, size_t column, const int vectors, size_t ahead
) {
    size_t lookups = job->batch * job->bag, start = bag * job->bag;
    float32x4_t sum[16];
    for (int v = 0; v < vectors; v++) sum[v] = vdupq_n_f32(0);
    for (size_t j = start; j < start + job->bag; j++) {
        if (column == 0) assay_prefetch_row(job, j, ahead, lookups);
        const float *row = job->table + (size_t)job->indices[j] * job->dimension + column;
        for (int v = 0; v < vectors; v++) sum[v] = vaddq_f32(sum[v], vld1q_f32(row + 4 * v));
    }
    float *out = job->output + bag * job->dimension + column;
    for (int v = 0; v < vectors; v++) vst1q_f32(out + 4 * v, sum[v]);
}

static void sum_column(const assay_embedding *job, size_t bag, size_t column, size_t ahead) {
    size_t lookups = job->batch * job->bag, start = bag * job->bag;
    float sum = 0;
    for (size_t j = start; j < start + job->bag; j++) {
        if (column == 0) assay_prefetch_row(job, j, ahead, lookups);
        sum += job->table[(size_t)job->indices[j] * job->dimension + column];
    }
    job->output[bag * job->dimension + column] = sum;
}

void assay_embedding_asimd(const assay_embedding *job, size_t first, size_t last) {
    size_t ahead = assay_rows_ahead(job->dimension);
    for (size_t bag = first; bag < last; bag++) {
        size_t column = 0;
        for (; column + 64 <= job->dimension; column += 64) sum_columns(job, bag, column, 16, ahead);
        for (; column + 16 <= job->dimension; column += 16) sum_columns(job, bag, column, 4, ahead);
        for (; column + 4 <= job->dimension; column += 4) sum_columns(job, bag, column, 1, ahead);
        for (; column < job->dimension; column++) sum_column(job, bag, column, ahead);
    }
}
#else
typedef int assay_embedding_asimd_is_arm_only;
#endif
