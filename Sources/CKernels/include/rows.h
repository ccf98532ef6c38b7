#pragma once

#include <stddef.h>
#include <stdint.h>

#include "pool.h"

/// What the rows of an embedding table are made of. A row of f32 or bf16 is `dimension` values; a row of int8 is
/// `dimension` unsigned bytes q, then two f32, scale and bias: value = scale · q + bias. That is the layout of FBGEMM's
/// "fused 8-bit row-wise" tables; rows follow each other without padding.
typedef enum { ASSAY_ROWS_F32, ASSAY_ROWS_BF16, ASSAY_ROWS_INT8, ASSAY_ROWS_COUNT } assay_row_type;

/// Bytes of one row.
static inline size_t assay_row_bytes(int type, size_t dimension) {
    switch (type) {
    case ASSAY_ROWS_BF16: return dimension * 2;
    case ASSAY_ROWS_INT8: return dimension + 2 * sizeof(float);
    default: return dimension * sizeof(float);
    }
}

/// Fills `rows` rows from row `first_row` on; `out` is where that row begins. f32: the generator's numbers in [−1, 1),
/// numbered row by row. bf16: the same, rounded to the nearest. int8: bytes uniform in 0 … 255, a scale uniform in
/// [2^−8, 2^−7) for each row, and a bias of −128 · scale, so that values lie in [−1, 1) too.
void assay_fill_rows(
    void *out, size_t first_row, size_t rows, size_t dimension, int type, uint64_t seed, uint64_t first);

/// The whole table with all workers; a row is filled by the worker that `assay_part` names.
void assay_pool_fill_rows(
    assay_pool *pool, void *table, size_t rows, size_t dimension, int type, uint64_t seed, uint64_t first);
