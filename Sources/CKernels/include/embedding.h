#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"
#include "rows.h"

/// Bags of rows summed: output[b] = Σ weight[j] · table[indices[j]] for offsets[b] ≤ j < offsets[b + 1], in the order of j,
/// in f32 whatever the rows are made of. A bag without lookups gives zeros.
typedef struct {
    const void *table;      // rows, as in rows.h; of the type that the function is for
    const int64_t *indices; // each below the number of rows
    const int64_t *offsets; // batch + 1, rising; offsets[0] is 0
    const float *weights;   // one a lookup; NULL: all are 1
    float *output;          // batch × dimension
    size_t dimension, batch;
} assay_embedding;

/// Sums bags `first` up to `last` of `job`.
typedef void (*assay_embedding_function)(const assay_embedding *job, size_t first, size_t last);

/// The variant for an instruction set and a type of rows; NULL where this kernel has none or was not built for one.
assay_embedding_function assay_embedding_variant(int isa, int type);

/// Runs `iterations` lookups of the whole batch in each of `tables` tables on all workers, which wait for each other after
/// each iteration, not after each table. Iteration i reads set (set + i) mod `sets`: sets of indices, offsets and weights lie
/// one behind the other, all as long as the first. Returns the set that comes next.
size_t assay_embedding_run(
    assay_pool *pool, assay_embedding_function function, const assay_embedding *jobs, size_t tables, size_t sets,
    size_t set, size_t iterations);
