#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"

/// Bags of rows summed: output[b] = Σ table[indices[b·bag + j]] for j < bag, in the order of j.
typedef struct {
    const float *table;     // rows × dimension
    const int64_t *indices; // batch × bag, each below the number of rows
    float *output;          // batch × dimension
    size_t dimension, bag, batch;
} assay_embedding;

/// Sums bags `first` up to `last` of `job`.
typedef void (*assay_embedding_function)(const assay_embedding *job, size_t first, size_t last);

/// The variant for an instruction set; NULL where this kernel has none or was not built for one.
assay_embedding_function assay_embedding_variant(int isa);

/// Runs `iterations` lookups of the whole batch on all workers. Iteration i reads index set (set + i) mod `sets`, each
/// batch·bag long, one behind the other from `job->indices` on; returns the set that comes next.
size_t assay_embedding_run(
    assay_pool *pool, assay_embedding_function function, const assay_embedding *job, size_t sets, size_t set,
    size_t iterations);
