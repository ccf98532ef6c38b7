#include "rows.h"

#include <string.h>

#include "generator.h"

static void fill_bf16(uint16_t *out, size_t count, uint64_t seed, uint64_t first) {
    float values[256];
    for (size_t i = 0; i < count; i += 256) {
        size_t n = count - i < 256 ? count - i : 256;
        assay_fill_f32(values, n, seed, first + i);
        for (size_t j = 0; j < n; j++) {
            uint32_t bits;
            memcpy(&bits, &values[j], sizeof bits);
            // To nearest, ties to even; there is nothing but finite numbers here.
            out[i + j] = (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
        }
    }
}

// Eight bytes from each number of the generator.
static void fill_int8(char *row, size_t number, size_t dimension, uint64_t seed, uint64_t first) {
    size_t words = (dimension + 7) / 8;
    uint64_t place = first + (uint64_t)number * (words + 1);
    for (size_t i = 0; i < dimension; i += 8) {
        uint64_t bits = assay_bits(seed, place + i / 8);
        memcpy(row + i, &bits, dimension - i < 8 ? dimension - i : 8);
    }
    float factor[2];
    factor[0] = (1 + (float)(assay_bits(seed, place + words) >> 41) * 0x1p-23f) * 0x1p-8f;
    factor[1] = -128 * factor[0];
    memcpy(row + dimension, factor, sizeof factor);
}

void assay_fill_rows(
    void *out, size_t first_row, size_t rows, size_t dimension, int type, uint64_t seed, uint64_t first
) {
    uint64_t place = first + (uint64_t)first_row * dimension;
    switch (type) {
    case ASSAY_ROWS_BF16: fill_bf16(out, rows * dimension, seed, place); break;
    case ASSAY_ROWS_INT8:
        for (size_t i = 0; i < rows; i++)
            fill_int8((char *)out + i * assay_row_bytes(type, dimension), first_row + i, dimension, seed, first);
        break;
    default: assay_fill_f32(out, rows * dimension, seed, place);
    }
}

typedef struct {
    char *table;
    size_t rows, dimension;
    int type;
    uint64_t seed, first;
} filling;

static void fill_part(void *context, int worker, int workers) {
    const filling *f = context;
    size_t first, last;
    assay_part(f->rows, 1, worker, workers, &first, &last);
    char *out = f->table + first * assay_row_bytes(f->type, f->dimension);
    assay_fill_rows(out, first, last - first, f->dimension, f->type, f->seed, f->first);
}

void assay_pool_fill_rows(
    assay_pool *pool, void *table, size_t rows, size_t dimension, int type, uint64_t seed, uint64_t first
) {
    filling f = {table, rows, dimension, type, seed, first};
    assay_pool_run(pool, fill_part, &f);
}
