#pragma once

#include <stddef.h>
#include <stdint.h>

/// Zipf's law over ranks 1 … `rows`: P(rank k) ∝ k^−exponent, by rejection-inversion (Hörmann & Derflinger 1996), which is
/// exact up to the rounding of doubles and needs no table of the rows.
typedef struct {
    double exponent, rows;
    double low, high; // the integral of x^−exponent at 1½, less 1, and at rows + ½: what is drawn lies between
    double near;      // a candidate this close under its rank is accepted at once
    uint64_t bound, step, shift;
} assay_zipf;

/// `exponent` above 0 and `rows` from 1 to 2^40.
assay_zipf assay_zipf_make(uint64_t rows, double exponent);

/// The rank of draw `index`, from 1: it depends on `seed` and `index` alone. A draw uses up to 64 of the generator's
/// numbers, 64·index and those that follow, counted from `first`.
uint64_t assay_zipf_rank(const assay_zipf *zipf, uint64_t seed, uint64_t first, uint64_t index);

/// The row a rank lies in: a fixed permutation, so that what is often asked for is spread over the table.
static inline uint64_t assay_zipf_row(const assay_zipf *zipf, uint64_t rank) {
    return (uint64_t)(((unsigned __int128)(rank - 1) * zipf->step + zipf->shift) % zipf->bound);
}

/// out[i] = the row of draw first_index + i.
void assay_fill_zipf(
    int64_t *out, size_t count, const assay_zipf *zipf, uint64_t seed, uint64_t first, uint64_t first_index);
