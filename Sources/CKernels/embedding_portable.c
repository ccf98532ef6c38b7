// No instruction set but what the compiler may assume anyway.

#include <string.h>

#include "rows.h"

#define TARGET
#define OPERATION static inline __attribute__((always_inline))
#define WIDTH 4
#define MOST 8

typedef float vector __attribute__((vector_size(16)));

OPERATION vector zero(void) { return (vector){0, 0, 0, 0}; }
OPERATION vector splat(float x) { return (vector){x, x, x, x}; }
OPERATION vector add(vector x, vector y) { return x + y; }
OPERATION vector multiply_add(vector f, vector x, vector sum) { return f * x + sum; }

OPERATION vector load_part(const char *row, size_t column, size_t count, const int type) {
    vector values = zero();
    switch (type) {
    case ASSAY_ROWS_BF16:
        for (size_t i = 0; i < count; i++) {
            uint16_t half;
            memcpy(&half, row + 2 * (column + i), sizeof half);
            uint32_t bits = (uint32_t)half << 16;
            float value;
            memcpy(&value, &bits, sizeof value);
            values[i] = value;
        }
        return values;
    case ASSAY_ROWS_INT8:
        for (size_t i = 0; i < count; i++) values[i] = (uint8_t)row[column + i];
        return values;
    default: memcpy(&values, row + 4 * column, 4 * count); return values;
    }
}

OPERATION vector load(const char *row, size_t column, const int type) {
    return load_part(row, column, WIDTH, type);
}

OPERATION void store(float *out, vector x) { memcpy(out, &x, sizeof x); }
OPERATION void store_part(float *out, vector x, size_t count) { memcpy(out, &x, 4 * count); }

#include "embedding_sums.h"
#include "scatter_rows.h"

ASSAY_EMBEDDING(assay_embedding_f32_portable, ASSAY_ROWS_F32)
ASSAY_EMBEDDING(assay_embedding_bf16_portable, ASSAY_ROWS_BF16)
ASSAY_EMBEDDING(assay_embedding_int8_portable, ASSAY_ROWS_INT8)
ASSAY_SCATTER(assay_scatter_portable)
