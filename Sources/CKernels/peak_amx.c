#include "peak_variants.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

// Eight tiles of 16 rows of 64 bytes: four of sums, two of either operand. A product takes 52 cycles and one can begin every
// 16, so four chains keep the unit busy.

#define AMX __attribute__((target("amx-tile,amx-int8,amx-bf16")))

typedef struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
} configuration;

AMX static void configure(void) {
    configuration c = {.palette = 1};
    for (int tile = 0; tile < 8; tile++) c.row_bytes[tile] = 64, c.rows[tile] = 16;
    _tile_loadconfig(&c);
}

#define TILES(NAME, PRODUCT)                                                               \
    AMX static void NAME(const assay_peak_inputs *in, void *result, size_t steps) {        \
        const char *initial = in->initial;                                                 \
        char *out = result;                                                                \
        configure();                                                                       \
        _tile_loadd(0, initial, 64);                                                       \
        _tile_loadd(1, initial + 1024, 64);                                                \
        _tile_loadd(2, initial + 2048, 64);                                                \
        _tile_loadd(3, initial + 3072, 64);                                                \
        _tile_loadd(4, in->a, 64);                                                         \
        _tile_loadd(5, in->a + ASSAY_PEAK_OPERAND, 64);                                    \
        _tile_loadd(6, in->b, 64);                                                         \
        _tile_loadd(7, in->b + ASSAY_PEAK_OPERAND, 64);                                    \
        for (size_t step = 0; step < steps; step++) {                                      \
            PRODUCT(0, 4, 6);                                                              \
            PRODUCT(1, 5, 6);                                                              \
            PRODUCT(2, 4, 7);                                                              \
            PRODUCT(3, 5, 7);                                                              \
        }                                                                                  \
        _tile_stored(0, out, 64);                                                          \
        _tile_stored(1, out + 1024, 64);                                                   \
        _tile_stored(2, out + 2048, 64);                                                   \
        _tile_stored(3, out + 3072, 64);                                                   \
        _tile_release();                                                                   \
    }

TILES(int8_amx, _tile_dpbssd)
TILES(bf16_amx, _tile_dpbf16ps)

assay_peak_variant assay_peak_amx(int type) {
    switch (type) {
    case ASSAY_PEAK_INT8: return (assay_peak_variant){int8_amx, type, 4, 256, 64, 0, 1};
    case ASSAY_PEAK_BF16: return (assay_peak_variant){bf16_amx, type, 4, 256, 32, 0, 1};
    default: return ASSAY_NO_PEAK;
    }
}
#else
typedef int assay_peak_amx_is_x86_only;
#endif
