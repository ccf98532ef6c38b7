#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>

#include "rows.h"

#define TARGET
#define OPERATION static inline __attribute__((always_inline))
#define WIDTH 4
// Of 32 registers half are left for the loads.
#define MOST 16

typedef float32x4_t vector;

OPERATION vector zero(void) { return vdupq_n_f32(0); }
OPERATION vector splat(float x) { return vdupq_n_f32(x); }
OPERATION vector add(vector x, vector y) { return vaddq_f32(x, y); }
OPERATION vector multiply_add(vector f, vector x, vector sum) { return vfmaq_f32(sum, f, x); }

OPERATION vector from_bf16(uint16x4_t bits) { return vreinterpretq_f32_u32(vshll_n_u16(bits, 16)); }

OPERATION vector load(const char *row, size_t column, const int type) {
    uint16_t halves[WIDTH];
    uint64_t bytes = 0;
    switch (type) {
    case ASSAY_ROWS_BF16:
        memcpy(halves, row + 2 * column, sizeof halves);
        return from_bf16(vld1_u16(halves));
    case ASSAY_ROWS_INT8:
        memcpy(&bytes, row + column, WIDTH);
        return vcvtq_f32_u32(vmovl_u16(vget_low_u16(vmovl_u8(vcreate_u8(bytes)))));
    default: return vld1q_f32((const float *)(row + 4 * column));
    }
}

OPERATION vector load_part(const char *row, size_t column, size_t count, const int type) {
    float values[WIDTH] = {0};
    uint16_t halves[WIDTH] = {0};
    switch (type) {
    case ASSAY_ROWS_BF16:
        memcpy(halves, row + 2 * column, 2 * count);
        return from_bf16(vld1_u16(halves));
    // Scale and bias follow the bytes of a row: four can be read from the last of them on.
    case ASSAY_ROWS_INT8: return load(row, column, type);
    default:
        memcpy(values, row + 4 * column, 4 * count);
        return vld1q_f32(values);
    }
}

OPERATION void store(float *out, vector x) { vst1q_f32(out, x); }

OPERATION void store_part(float *out, vector x, size_t count) {
    float values[WIDTH];
    vst1q_f32(values, x);
    memcpy(out, values, 4 * count);
}

#include "embedding_sums.h"
#include "scatter_rows.h"

ASSAY_EMBEDDING(assay_embedding_f32_asimd, ASSAY_ROWS_F32)
ASSAY_EMBEDDING(assay_embedding_bf16_asimd, ASSAY_ROWS_BF16)
ASSAY_EMBEDDING(assay_embedding_int8_asimd, ASSAY_ROWS_INT8)
ASSAY_SCATTER(assay_scatter_asimd)
#else
typedef int assay_embedding_asimd_is_arm_only;
#endif
