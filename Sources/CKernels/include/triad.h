#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"

/// a[i] = b[i] + scalar · c[i]; the three arrays begin on a cache line.
typedef struct {
    double *a;
    const double *b;
    const double *c;
    double scalar;
    size_t count;
} assay_triad;

/// Computes elements `first` up to `last`; `first` is a multiple of 8.
typedef void (*assay_triad_function)(const assay_triad *job, size_t first, size_t last);

/// The variant for an instruction set; NULL where there is none.
assay_triad_function assay_triad_variant(int isa);

/// Runs `iterations` triads over the whole arrays on all workers, which wait for each other after each.
void assay_triad_run(assay_pool *pool, assay_triad_function function, const assay_triad *job, size_t iterations);

/// Fills b and c (indices 0… and count…), and a with `poison`; each worker the part that it will compute.
void assay_triad_fill(
    assay_pool *pool, double *a, double *b, double *c, size_t count, double poison, uint64_t seed);
