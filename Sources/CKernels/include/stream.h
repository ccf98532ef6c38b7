#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"

/// The four kernels of STREAM (McCalpin). The result is always `a`.
typedef enum {
    ASSAY_STREAM_COPY,  // a = b
    ASSAY_STREAM_SCALE, // a = scalar · b
    ASSAY_STREAM_ADD,   // a = b + c
    ASSAY_STREAM_TRIAD, // a = b + scalar · c
    ASSAY_STREAM_COUNT
} assay_stream_kernel;

/// The arrays, each `count` long, begin on a cache line; copy and scale have no use for c.
typedef struct {
    double *a;
    const double *b;
    const double *c;
    double scalar;
    size_t count;
} assay_stream;

/// Computes elements `first` up to `last`; `first` is a multiple of 8.
typedef void (*assay_stream_function)(const assay_stream *job, size_t first, size_t last);

/// The variant for an instruction set; NULL where there is none.
assay_stream_function assay_stream_variant(int isa, int kernel);

/// Runs `iterations` passes over the whole arrays on all workers, which wait for each other after each.
void assay_stream_run(assay_pool *pool, assay_stream_function function, const assay_stream *job, size_t iterations);

/// Fills b and c (indices 0… and count…; c may be NULL), and a with `poison`; each worker the part that it will compute.
void assay_stream_fill(
    assay_pool *pool, double *a, double *b, double *c, size_t count, double poison, uint64_t seed);
