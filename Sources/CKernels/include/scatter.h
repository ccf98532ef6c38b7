#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"

/// The backward pass of an embedding lookup: table[indices[j]] += weight[j] · gradients[b] for each lookup j of each bag b, in
/// f32. A row belongs to one worker, which adds to it in the order of j: there are no races, and the result does not depend
/// on the number of workers, to the last bit.
typedef struct {
    float *table;           // rows × dimension
    const int64_t *indices; // each below the number of rows
    const int64_t *offsets; // batch + 1, rising; offsets[0] is 0
    const float *weights;   // one a lookup; NULL: all are 1
    const float *gradients; // batch × dimension
    size_t dimension, batch;
} assay_scatter;

/// Adds to the rows that belong to `worker`.
typedef void (*assay_scatter_function)(const assay_scatter *job, int worker, int workers);

/// The variant for an instruction set; NULL where there is none.
assay_scatter_function assay_scatter_variant(int isa);

/// As `assay_embedding_run`.
size_t assay_scatter_run(
    assay_pool *pool, assay_scatter_function function, const assay_scatter *jobs, size_t tables, size_t sets,
    size_t set, size_t iterations);
