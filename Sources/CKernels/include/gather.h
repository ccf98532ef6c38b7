#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"

/// Rows read at random into registers, and nothing done with them: the ceiling for embedding lookup.
typedef struct {
    const void *table;      // rows of `bytes`
    const int64_t *indices; // each below the number of rows
    size_t lookups, bytes;
} assay_gather;

/// Reads rows `first` up to `last` of the indices. With `fold`, which is for checking, it returns the exclusive or of the
/// rows' 64-bit words (the last of a row filled up with zeros): the same loads with one more instruction each. Without, 0.
typedef uint64_t (*assay_gather_function)(const assay_gather *job, size_t first, size_t last, int fold);

/// The variant for an instruction set; NULL where there is none.
assay_gather_function assay_gather_variant(int isa);

/// As `assay_embedding_run`; the folds of all rows of the last iteration together, or 0 without `fold`, go to `*result`.
size_t assay_gather_run(
    assay_pool *pool, assay_gather_function function, const assay_gather *jobs, size_t tables, size_t sets,
    size_t set, size_t iterations, int fold, uint64_t *result);
