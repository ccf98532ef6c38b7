#pragma once

#include <stdint.h>
#include <stddef.h>

#include "pool.h"

// The same values as `Statistics.CounterGenerator`, bit for bit: the value at an index depends on seed and index
// alone, so buffers are filled in any order by any number of threads.

/// 64 uniform bits for `index`.
static inline uint64_t assay_bits(uint64_t seed, uint64_t index) {
    uint64_t z = seed + (index + 1) * UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/// A uniform number below `bound` from the bits of `index`, by the high half of a product: its bias is under
/// bound ÷ 2^64.
static inline uint64_t assay_below(uint64_t seed, uint64_t index, uint64_t bound) {
    return (uint64_t)(((unsigned __int128)assay_bits(seed, index) * bound) >> 64);
}

/// out[i] = uniform in [−1, 1) of index first + i, 24 bits.
void assay_fill_f32(float *out, size_t count, uint64_t seed, uint64_t first);
/// The same values as doubles.
void assay_fill_f64(double *out, size_t count, uint64_t seed, uint64_t first);
/// out[i] = uniform below `bound` of index first + i.
void assay_fill_indices(int64_t *out, size_t count, uint64_t seed, uint64_t first, uint64_t bound);

/// Fills `rows` rows of `width` values with all workers; a row is filled by the worker that `assay_part` names.
void assay_pool_fill_f32(assay_pool *pool, float *out, size_t rows, size_t width, uint64_t seed, uint64_t first);
