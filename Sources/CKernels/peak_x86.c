#include "peak_variants.h"

#if defined(__x86_64__)
#include <immintrin.h>

// Sixteen registers: twelve sums leave room for what they are computed with. Thirty-two: twenty-four.
enum { few = 12, many = 24 };

#define F512 __attribute__((target("avx512f")))
#define VNNI __attribute__((target("avx512f,avx512vnni")))
#define BF16 __attribute__((target("avx512f,avx512bf16")))
#define FP16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512fp16")))
#define F256 __attribute__((target("avx2,fma")))
#define V256 __attribute__((target("avx2,avxvnni")))
#define F128 __attribute__((target("sse2")))

#define LOAD_INTEGER_512(p) _mm512_loadu_si512(p)
#define STORE_INTEGER_512(p, x) _mm512_storeu_si512(p, x)
#define LOAD_INTEGER_256(p) _mm256_loadu_si256((const __m256i *)(p))
#define STORE_INTEGER_256(p, x) _mm256_storeu_si256((__m256i *)(p), x)
#define LOAD_FLOAT_512(p) _mm512_loadu_ps(p)
#define STORE_FLOAT_512(p, x) _mm512_storeu_ps(p, x)

#define STEP_PS_512(x, i) _mm512_fmadd_ps(x, s, x)
#define STEP_PD_512(x, i) _mm512_fmadd_pd(x, s, x)
#define STEP_PH_512(x, i) _mm512_fmadd_ph(x, s, x)
#define STEP_BUSD_512(x, i) _mm512_dpbusd_epi32(x, a[(i) & 1], b[(i) >> 1 & 1])
#define STEP_BF16_512(x, i) _mm512_dpbf16_ps(x, (__m512bh)a[(i) & 1], (__m512bh)b[(i) >> 1 & 1])
#define STEP_PS_256(x, i) _mm256_fmadd_ps(x, s, x)
#define STEP_PD_256(x, i) _mm256_fmadd_pd(x, s, x)
#define STEP_BUSD_256(x, i) _mm256_dpbusd_avx_epi32(x, a[(i) & 1], b[(i) >> 1 & 1])
// SSE2 multiplies, then adds: two operations, two roundings.
#define STEP_PS_128(x, i) _mm_add_ps(x, _mm_mul_ps(x, s))
#define STEP_PD_128(x, i) _mm_add_pd(x, _mm_mul_pd(x, s))

ASSAY_PEAK_LOOP(
    f32_avx512f, F512, many, __m512, _mm512_loadu_ps, _mm512_storeu_ps,
    const __m512 s = _mm512_set1_ps((float)ASSAY_PEAK_SCALE);, STEP_PS_512)
ASSAY_PEAK_LOOP(
    f64_avx512f, F512, many, __m512d, _mm512_loadu_pd, _mm512_storeu_pd,
    const __m512d s = _mm512_set1_pd(ASSAY_PEAK_SCALE);, STEP_PD_512)
ASSAY_PEAK_LOOP(
    int8_avx512, VNNI, many, __m512i, LOAD_INTEGER_512, STORE_INTEGER_512, ASSAY_OPERANDS(__m512i, LOAD_INTEGER_512),
    STEP_BUSD_512)
ASSAY_PEAK_LOOP(
    bf16_avx512, BF16, many, __m512, LOAD_FLOAT_512, STORE_FLOAT_512, ASSAY_OPERANDS(__m512i, LOAD_INTEGER_512),
    STEP_BF16_512)
ASSAY_PEAK_LOOP(
    f16_avx512_once, FP16, many, __m512h, _mm512_loadu_ph, _mm512_storeu_ph,
    const __m512h s = _mm512_castsi512_ph(_mm512_set1_epi16((short)0xBFFF));, STEP_PH_512)
// `loadu` takes a typed pointer here.
#define LOAD_PS_256(p) _mm256_loadu_ps((const float *)(p))
#define STORE_PS_256(p, x) _mm256_storeu_ps((float *)(p), x)
#define LOAD_PD_256(p) _mm256_loadu_pd((const double *)(p))
#define STORE_PD_256(p, x) _mm256_storeu_pd((double *)(p), x)
#define LOAD_PS_128(p) _mm_loadu_ps((const float *)(p))
#define STORE_PS_128(p, x) _mm_storeu_ps((float *)(p), x)
#define LOAD_PD_128(p) _mm_loadu_pd((const double *)(p))
#define STORE_PD_128(p, x) _mm_storeu_pd((double *)(p), x)
ASSAY_PEAK_LOOP(
    f32_avx2, F256, few, __m256, LOAD_PS_256, STORE_PS_256,
    const __m256 s = _mm256_set1_ps((float)ASSAY_PEAK_SCALE);, STEP_PS_256)
ASSAY_PEAK_LOOP(
    f64_avx2, F256, few, __m256d, LOAD_PD_256, STORE_PD_256, const __m256d s = _mm256_set1_pd(ASSAY_PEAK_SCALE);,
    STEP_PD_256)
ASSAY_PEAK_LOOP(
    int8_avx, V256, few, __m256i, LOAD_INTEGER_256, STORE_INTEGER_256, ASSAY_OPERANDS(__m256i, LOAD_INTEGER_256),
    STEP_BUSD_256)
ASSAY_PEAK_LOOP(
    f32_sse2, F128, few, __m128, LOAD_PS_128, STORE_PS_128, const __m128 s = _mm_set1_ps((float)ASSAY_PEAK_SCALE);,
    STEP_PS_128)
ASSAY_PEAK_LOOP(
    f64_sse2, F128, few, __m128d, LOAD_PD_128, STORE_PD_128, const __m128d s = _mm_set1_pd(ASSAY_PEAK_SCALE);,
    STEP_PD_128)

static void f16_avx512(const assay_peak_inputs *in, void *result, size_t steps) {
    for (; steps > ASSAY_PEAK_F16_STEPS; steps -= ASSAY_PEAK_F16_STEPS)
        f16_avx512_once(in, result, ASSAY_PEAK_F16_STEPS);
    f16_avx512_once(in, result, steps);
}

assay_peak_variant assay_peak_x86(int isa, int type) {
    switch (isa << 8 | type) {
    case ASSAY_ISA_AVX512_FP16 << 8 | ASSAY_PEAK_F16:
        return (assay_peak_variant){f16_avx512, type, many, 32, 1, 1, 0};
    case ASSAY_ISA_AVX512_BF16 << 8 | ASSAY_PEAK_BF16:
        return (assay_peak_variant){bf16_avx512, type, many, 16, 2, 0, 0};
    case ASSAY_ISA_AVX512_VNNI << 8 | ASSAY_PEAK_INT8:
        return (assay_peak_variant){int8_avx512, type, many, 16, 4, 0, 0};
    case ASSAY_ISA_AVX512F << 8 | ASSAY_PEAK_F32: return (assay_peak_variant){f32_avx512f, type, many, 16, 1, 1, 0};
    case ASSAY_ISA_AVX512F << 8 | ASSAY_PEAK_F64: return (assay_peak_variant){f64_avx512f, type, many, 8, 1, 1, 0};
    case ASSAY_ISA_AVX_VNNI << 8 | ASSAY_PEAK_INT8: return (assay_peak_variant){int8_avx, type, few, 8, 4, 0, 0};
    case ASSAY_ISA_AVX2 << 8 | ASSAY_PEAK_F32: return (assay_peak_variant){f32_avx2, type, few, 8, 1, 1, 0};
    case ASSAY_ISA_AVX2 << 8 | ASSAY_PEAK_F64: return (assay_peak_variant){f64_avx2, type, few, 4, 1, 1, 0};
    case ASSAY_ISA_SSE2 << 8 | ASSAY_PEAK_F32: return (assay_peak_variant){f32_sse2, type, few, 4, 1, 0, 0};
    case ASSAY_ISA_SSE2 << 8 | ASSAY_PEAK_F64: return (assay_peak_variant){f64_sse2, type, few, 2, 1, 0, 0};
    default: return ASSAY_NO_PEAK;
    }
}
#else
typedef int assay_peak_x86_is_x86_only;
#endif
