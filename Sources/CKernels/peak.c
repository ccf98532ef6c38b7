#include "peak.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Every chain is a register: the loops over them are unrolled in full.
#define UNROLL _Pragma("clang loop unroll(full)")

#if defined(__x86_64__)
enum { avx512_chains = 24, avx2_chains = 12 };

__attribute__((target("avx512f")))
static void peak_avx512f(const float *initial, float *result, size_t steps, float scale) {
    const __m512 s = _mm512_set1_ps(scale);
    __m512 x[avx512_chains];
    UNROLL for (int i = 0; i < avx512_chains; i++) x[i] = _mm512_loadu_ps(initial + 16 * i);
    for (size_t step = 0; step < steps; step++) {
        UNROLL for (int i = 0; i < avx512_chains; i++) x[i] = _mm512_fmadd_ps(x[i], s, x[i]);
    }
    UNROLL for (int i = 0; i < avx512_chains; i++) _mm512_storeu_ps(result + 16 * i, x[i]);
}

__attribute__((target("avx2,fma")))
static void peak_avx2(const float *initial, float *result, size_t steps, float scale) {
    const __m256 s = _mm256_set1_ps(scale);
    __m256 x[avx2_chains];
    UNROLL for (int i = 0; i < avx2_chains; i++) x[i] = _mm256_loadu_ps(initial + 8 * i);
    for (size_t step = 0; step < steps; step++) {
        UNROLL for (int i = 0; i < avx2_chains; i++) x[i] = _mm256_fmadd_ps(x[i], s, x[i]);
    }
    UNROLL for (int i = 0; i < avx2_chains; i++) _mm256_storeu_ps(result + 8 * i, x[i]);
}
#elif defined(__aarch64__)
enum { asimd_chains = 24 };

static void peak_asimd(const float *initial, float *result, size_t steps, float scale) {
    const float32x4_t s = vdupq_n_f32(scale);
    float32x4_t x[asimd_chains];
    UNROLL for (int i = 0; i < asimd_chains; i++) x[i] = vld1q_f32(initial + 4 * i);
    for (size_t step = 0; step < steps; step++) {
        UNROLL for (int i = 0; i < asimd_chains; i++) x[i] = vfmaq_f32(x[i], x[i], s);
    }
    UNROLL for (int i = 0; i < asimd_chains; i++) vst1q_f32(result + 4 * i, x[i]);
}
#endif

// Twelve chains: the product of each needs a register of its own beside the sum, and SSE2 has sixteen.
enum { portable_chains = 12, portable_lanes = 4 };

// Multiplies, then adds, with two roundings on every machine: what the baseline instruction set promises.
static void peak_portable(const float *initial, float *result, size_t steps, float scale) {
#pragma clang fp contract(off)
    typedef float vector __attribute__((vector_size(16), aligned(4)));
    vector x[portable_chains];
    UNROLL for (int i = 0; i < portable_chains; i++) x[i] = *(const vector *)(initial + portable_lanes * i);
    for (size_t step = 0; step < steps; step++) {
        UNROLL for (int i = 0; i < portable_chains; i++) x[i] = x[i] + x[i] * scale;
    }
    UNROLL for (int i = 0; i < portable_chains; i++) *(vector *)(result + portable_lanes * i) = x[i];
}

assay_peak_variant assay_peak_variant_for(int isa) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: return (assay_peak_variant){peak_avx512f, avx512_chains, 16, 1};
    case ASSAY_ISA_AVX2: return (assay_peak_variant){peak_avx2, avx2_chains, 8, 1};
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: return (assay_peak_variant){peak_asimd, asimd_chains, 4, 1};
#endif
    case ASSAY_ISA_PORTABLE: return (assay_peak_variant){peak_portable, portable_chains, portable_lanes, 0};
    default: return (assay_peak_variant){NULL, 0, 0, 0};
    }
}

typedef struct {
    assay_peak_function function;
    const float *initial;
    float *result;
    size_t stride, steps, iterations;
    float scale;
} computing;

static void peak_part(void *context, int worker, int workers) {
    (void)workers;
    const computing *p = context;
    float *result = p->result + (size_t)worker * p->stride;
    for (size_t i = 0; i < p->iterations; i++) p->function(p->initial, result, p->steps, p->scale);
}

void assay_peak_run(
    assay_pool *pool, assay_peak_variant variant, const float *initial, float *result, size_t stride, size_t steps,
    float scale, size_t iterations
) {
    computing p = {variant.function, initial, result, stride, steps, iterations, scale};
    assay_pool_run(pool, peak_part, &p);
}
