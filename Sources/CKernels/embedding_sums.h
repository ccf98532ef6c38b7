// Embedding lookup, written once for all instruction sets. A file that includes this has defined before:
//
//   TARGET                       the attribute that allows its instructions
//   vector, WIDTH                a register of f32 and how many it holds
//   MOST                         registers that are summed in one pass over a bag: 8, or 16 where there are 32 and narrow
//   zero, splat, add, multiply_add(factor, x, sum)
//   load(row, column, type)                 WIDTH values of a row as f32
//   load_part(row, column, count, type)     the first `count`, 1 … WIDTH; what the rest holds does not matter
//   store(out, x), store_part(out, x, count)
//
// Rows wider than a pass take several. The first asks for the whole of the coming rows, group by group, over the ends of bags.

#include <stdint.h>
#include <string.h>

#include "ahead.h"
#include "embedding_variants.h"

/// Up to MOST registers of columns in one pass over the bag; `vectors`, `type` and `weighted` are constants at each call, so
/// the array is registers. The last register holds `count` columns, 0 for all.
TARGET ASSAY_ALWAYS void sum_columns(
    const assay_embedding *job, size_t bag, size_t column, const int vectors, size_t count, const int type,
    const int weighted, assay_coming *coming
) {
    const int scaled = weighted || type == ASSAY_ROWS_INT8, tail = vectors - 1;
    const size_t bytes = assay_row_bytes(type, job->dimension);
    const char *table = job->table;
    const size_t start = (size_t)job->offsets[bag], stop = (size_t)job->offsets[bag + 1];
    vector sum[MOST];
    float bias = 0;
    for (int v = 0; v < vectors; v++) sum[v] = zero();
    for (size_t j = start; j < stop; j++) {
        if (column == 0) assay_ask_next(coming, table, job->indices, j, bytes);
        const char *row = table + (size_t)job->indices[j] * bytes;
        float factor = weighted ? job->weights[j] : 1;
        if (type == ASSAY_ROWS_INT8) {
            float fused[2];
            memcpy(fused, row + job->dimension, sizeof fused);
            bias += factor * fused[1];
            factor *= fused[0];
        }
        const vector f = splat(factor);
        for (int v = 0; v < vectors; v++) {
            size_t place = column + (size_t)v * WIDTH;
            vector x = v == tail && count != 0 ? load_part(row, place, count, type) : load(row, place, type);
            sum[v] = scaled ? multiply_add(f, x, sum[v]) : add(sum[v], x);
        }
    }
    float *out = job->output + bag * job->dimension + column;
    for (int v = 0; v < vectors; v++) {
        if (type == ASSAY_ROWS_INT8) sum[v] = add(sum[v], splat(bias));
        if (v == tail && count != 0) store_part(out + v * WIDTH, sum[v], count);
        else store(out + v * WIDTH, sum[v]);
    }
}

/// What is left of a row after whole passes: 1 … 8 registers, the last as a rule not full.
TARGET ASSAY_ALWAYS void sum_rest(
    const assay_embedding *job, size_t bag, size_t column, const int type, const int weighted, assay_coming *coming
) {
    size_t width = job->dimension - column, count = width % WIDTH;
#define ASSAY_REST(n) \
    case n: sum_columns(job, bag, column, n, count, type, weighted, coming); break;
    switch ((width + WIDTH - 1) / WIDTH) {
        ASSAY_REST(1) ASSAY_REST(2) ASSAY_REST(3) ASSAY_REST(4)
        ASSAY_REST(5) ASSAY_REST(6) ASSAY_REST(7) ASSAY_REST(8)
    default: break;
    }
#undef ASSAY_REST
}

TARGET ASSAY_ALWAYS void sum_bags(
    const assay_embedding *job, size_t first, size_t last, const int type, const int weighted
) {
    const size_t start = (size_t)job->offsets[first], end = (size_t)job->offsets[last];
    assay_coming groups = assay_ask_first(
        job->table, job->indices, start, end, assay_row_bytes(type, job->dimension));
    assay_coming *coming = &groups;
    for (size_t bag = first; bag < last; bag++) {
        size_t column = 0;
        for (; column + MOST * WIDTH <= job->dimension; column += MOST * WIDTH)
            sum_columns(job, bag, column, MOST, 0, type, weighted, coming);
        if (MOST > 8 && column + 8 * WIDTH <= job->dimension) {
            sum_columns(job, bag, column, 8, 0, type, weighted, coming);
            column += 8 * WIDTH;
        }
        if (column < job->dimension) sum_rest(job, bag, column, type, weighted, coming);
    }
}

#define ASSAY_EMBEDDING(name, type)                                                    \
    TARGET void name(const assay_embedding *job, size_t first, size_t last) {          \
        if (job->weights != NULL) sum_bags(job, first, last, type, 1);                 \
        else sum_bags(job, first, last, type, 0);                                      \
    }
