#include "peak_variants.h"

#if defined(__aarch64__)
#include <arm_neon.h>

// Thirty-two registers: twenty-four sums leave room for what they are computed with.
enum { many = 24 };

#define BASE
#define HALF __attribute__((target("arch=armv8.2-a+fp16")))
#define DOT __attribute__((target("arch=armv8.2-a+dotprod")))
#define INT8 __attribute__((target("arch=armv8.2-a+dotprod+i8mm")))
#define BF16 __attribute__((target("arch=armv8.2-a+bf16")))

#define LOAD_F32(p) vld1q_f32((const float *)(p))
#define STORE_F32(p, x) vst1q_f32((float *)(p), x)
#define LOAD_F64(p) vld1q_f64((const double *)(p))
#define STORE_F64(p, x) vst1q_f64((double *)(p), x)
#define LOAD_F16(p) vreinterpretq_f16_u16(vld1q_u16((const uint16_t *)(p)))
#define STORE_F16(p, x) vst1q_u16((uint16_t *)(p), vreinterpretq_u16_f16(x))
#define LOAD_S32(p) vld1q_s32((const int32_t *)(p))
#define STORE_S32(p, x) vst1q_s32((int32_t *)(p), x)
#define LOAD_S8(p) vld1q_s8((const int8_t *)(p))
#define LOAD_BF16(p) vreinterpretq_bf16_u16(vld1q_u16((const uint16_t *)(p)))

#define STEP_F32(x, i) vfmaq_f32(x, x, s)
#define STEP_F64(x, i) vfmaq_f64(x, x, s)
#define STEP_F16(x, i) vfmaq_f16(x, x, s)
#define STEP_DOT(x, i) vdotq_s32(x, a[(i) & 1], b[(i) >> 1 & 1])
#define STEP_I8MM(x, i) vmmlaq_s32(x, a[(i) & 1], b[(i) >> 1 & 1])
#define STEP_BFMM(x, i) vbfmmlaq_f32(x, a[(i) & 1], b[(i) >> 1 & 1])

ASSAY_PEAK_LOOP(
    f32_asimd, BASE, many, float32x4_t, LOAD_F32, STORE_F32,
    const float32x4_t s = vdupq_n_f32((float)ASSAY_PEAK_SCALE);, STEP_F32)
ASSAY_PEAK_LOOP(
    f64_asimd, BASE, many, float64x2_t, LOAD_F64, STORE_F64, const float64x2_t s = vdupq_n_f64(ASSAY_PEAK_SCALE);,
    STEP_F64)
ASSAY_PEAK_LOOP(
    f16_asimd_once, HALF, many, float16x8_t, LOAD_F16, STORE_F16,
    const float16x8_t s = vreinterpretq_f16_u16(vdupq_n_u16(0xBFFF));, STEP_F16)
ASSAY_PEAK_LOOP(
    int8_dot, DOT, many, int32x4_t, LOAD_S32, STORE_S32, ASSAY_OPERANDS(int8x16_t, LOAD_S8), STEP_DOT)
ASSAY_PEAK_LOOP(
    int8_matrix, INT8, many, int32x4_t, LOAD_S32, STORE_S32, ASSAY_OPERANDS(int8x16_t, LOAD_S8), STEP_I8MM)
ASSAY_PEAK_LOOP(
    bf16_matrix, BF16, many, float32x4_t, LOAD_F32, STORE_F32, ASSAY_OPERANDS(bfloat16x8_t, LOAD_BF16), STEP_BFMM)

static void f16_asimd(const assay_peak_inputs *in, void *result, size_t steps) {
    for (; steps > ASSAY_PEAK_F16_STEPS; steps -= ASSAY_PEAK_F16_STEPS)
        f16_asimd_once(in, result, ASSAY_PEAK_F16_STEPS);
    f16_asimd_once(in, result, steps);
}

assay_peak_variant assay_peak_arm(int isa, int type) {
    switch (isa << 8 | type) {
    case ASSAY_ISA_I8MM << 8 | ASSAY_PEAK_INT8: return (assay_peak_variant){int8_matrix, type, many, 4, 8, 0, 0};
    case ASSAY_ISA_BF16 << 8 | ASSAY_PEAK_BF16: return (assay_peak_variant){bf16_matrix, type, many, 4, 4, 0, 0};
    case ASSAY_ISA_ASIMDDP << 8 | ASSAY_PEAK_INT8: return (assay_peak_variant){int8_dot, type, many, 4, 4, 0, 0};
    case ASSAY_ISA_ASIMDHP << 8 | ASSAY_PEAK_F16: return (assay_peak_variant){f16_asimd, type, many, 8, 1, 1, 0};
    case ASSAY_ISA_ASIMD << 8 | ASSAY_PEAK_F32: return (assay_peak_variant){f32_asimd, type, many, 4, 1, 1, 0};
    case ASSAY_ISA_ASIMD << 8 | ASSAY_PEAK_F64: return (assay_peak_variant){f64_asimd, type, many, 2, 1, 1, 0};
    default: return ASSAY_NO_PEAK;
    }
}
#else
typedef int assay_peak_arm_is_arm_only;
#endif
