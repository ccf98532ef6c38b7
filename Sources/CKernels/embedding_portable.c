#include "embedding_variants.h"

// Sums in a block on the stack, which the compiler keeps in whatever registers it has.
enum { block = 32 };

ASSAY_ALWAYS void sum_block(const assay_embedding *job, size_t bag, size_t column, size_t width, size_t ahead) {
    size_t lookups = job->batch * job->bag, start = bag * job->bag;
    float sum[block] = {0};
    for (size_t j = start; j < start + job->bag; j++) {
        if (column == 0) assay_prefetch_row(job, j, ahead, lookups);
        const float *row = job->table + (size_t)job->indices[j] * job->dimension + column;
        for (size_t i = 0; i < width; i++) sum[i] += row[i];
    }
    float *out = job->output + bag * job->dimension + column;
    for (size_t i = 0; i < width; i++) out[i] = sum[i];
}

void assay_embedding_portable(const assay_embedding *job, size_t first, size_t last) {
    size_t ahead = assay_rows_ahead(job->dimension);
    for (size_t bag = first; bag < last; bag++) {
        size_t column = 0;
        for (; column + block <= job->dimension; column += block) sum_block(job, bag, column, block, ahead);
        if (column < job->dimension) sum_block(job, bag, column, job->dimension - column, ahead);
    }
}
