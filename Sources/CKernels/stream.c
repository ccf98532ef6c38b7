#include "stream.h"

#include <stdint.h>

#include "ahead.h"
#include "generator.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Non-temporal stores write past the caches: a plain store would first read the line it is about to overwrite, and a
// quarter of the traffic, for copy and scale a third, would be counted by nobody. What is counted is what STREAM counts:
// the bytes that the program reads and writes.

ASSAY_ALWAYS void stream_portable(const assay_stream *job, size_t first, size_t last, const int kernel) {
    double *restrict a = job->a;
    const double *restrict b = job->b, *restrict c = job->c, scalar = job->scalar;
    switch (kernel) {
    case ASSAY_STREAM_COPY: for (size_t i = first; i < last; i++) a[i] = b[i]; break;
    case ASSAY_STREAM_SCALE: for (size_t i = first; i < last; i++) a[i] = scalar * b[i]; break;
    case ASSAY_STREAM_ADD: for (size_t i = first; i < last; i++) a[i] = b[i] + c[i]; break;
    default: for (size_t i = first; i < last; i++) a[i] = b[i] + scalar * c[i];
    }
}

#if defined(__x86_64__)
__attribute__((target("avx512f"))) ASSAY_ALWAYS __m512d value_512(
    const assay_stream *job, size_t i, __m512d scalar, const int kernel
) {
    __m512d b = _mm512_load_pd(job->b + i);
    if (kernel == ASSAY_STREAM_COPY) return b;
    if (kernel == ASSAY_STREAM_SCALE) return _mm512_mul_pd(scalar, b);
    __m512d c = _mm512_load_pd(job->c + i);
    return kernel == ASSAY_STREAM_ADD ? _mm512_add_pd(b, c) : _mm512_fmadd_pd(scalar, c, b);
}

__attribute__((target("avx512f"))) ASSAY_ALWAYS void stream_avx512f(
    const assay_stream *job, size_t first, size_t last, const int kernel
) {
    const __m512d scalar = _mm512_set1_pd(job->scalar);
    size_t i = first;
    for (; i + 8 <= last; i += 8) _mm512_stream_pd(job->a + i, value_512(job, i, scalar, kernel));
    stream_portable(job, i, last, kernel);
    _mm_sfence();
}

__attribute__((target("avx2,fma"))) ASSAY_ALWAYS __m256d value_256(
    const assay_stream *job, size_t i, __m256d scalar, const int kernel
) {
    __m256d b = _mm256_loadu_pd(job->b + i);
    if (kernel == ASSAY_STREAM_COPY) return b;
    if (kernel == ASSAY_STREAM_SCALE) return _mm256_mul_pd(scalar, b);
    __m256d c = _mm256_loadu_pd(job->c + i);
    return kernel == ASSAY_STREAM_ADD ? _mm256_add_pd(b, c) : _mm256_fmadd_pd(scalar, c, b);
}

__attribute__((target("avx2,fma"))) ASSAY_ALWAYS void stream_avx2(
    const assay_stream *job, size_t first, size_t last, const int kernel
) {
    const __m256d scalar = _mm256_set1_pd(job->scalar);
    size_t i = first;
    for (; i + 8 <= last; i += 8) {
        __m256d low = value_256(job, i, scalar, kernel), high = value_256(job, i + 4, scalar, kernel);
        _mm256_stream_pd(job->a + i, low);
        _mm256_stream_pd(job->a + i + 4, high);
    }
    stream_portable(job, i, last, kernel);
    _mm_sfence();
}
#elif defined(__aarch64__)
ASSAY_ALWAYS float64x2_t value_128(const assay_stream *job, size_t i, float64x2_t scalar, const int kernel) {
    float64x2_t b = vld1q_f64(job->b + i);
    if (kernel == ASSAY_STREAM_COPY) return b;
    if (kernel == ASSAY_STREAM_SCALE) return vmulq_f64(scalar, b);
    float64x2_t c = vld1q_f64(job->c + i);
    return kernel == ASSAY_STREAM_ADD ? vaddq_f64(b, c) : vfmaq_f64(b, scalar, c);
}

ASSAY_ALWAYS void stream_asimd(const assay_stream *job, size_t first, size_t last, const int kernel) {
    const float64x2_t scalar = vdupq_n_f64(job->scalar);
    size_t i = first;
    for (; i + 4 <= last; i += 4) {
        float64x2_t low = value_128(job, i, scalar, kernel), high = value_128(job, i + 2, scalar, kernel);
        // A pair of registers, because only the pair has a non-temporal store.
        __asm__ volatile("stnp %q0, %q1, [%2]" ::"w"(low), "w"(high), "r"(job->a + i) : "memory");
    }
    stream_portable(job, i, last, kernel);
}
#endif

// Four functions for each instruction set, and their table.
#define ASSAY_STREAM_VARIANTS(isa, TARGET)                                                                        \
    TARGET static void copy_##isa(const assay_stream *job, size_t first, size_t last) {                           \
        stream_##isa(job, first, last, ASSAY_STREAM_COPY);                                                        \
    }                                                                                                             \
    TARGET static void scale_##isa(const assay_stream *job, size_t first, size_t last) {                          \
        stream_##isa(job, first, last, ASSAY_STREAM_SCALE);                                                       \
    }                                                                                                             \
    TARGET static void add_##isa(const assay_stream *job, size_t first, size_t last) {                            \
        stream_##isa(job, first, last, ASSAY_STREAM_ADD);                                                         \
    }                                                                                                             \
    TARGET static void triad_##isa(const assay_stream *job, size_t first, size_t last) {                          \
        stream_##isa(job, first, last, ASSAY_STREAM_TRIAD);                                                       \
    }                                                                                                             \
    static const assay_stream_function isa##_functions[] = {copy_##isa, scale_##isa, add_##isa, triad_##isa};

#if defined(__x86_64__)
ASSAY_STREAM_VARIANTS(avx512f, __attribute__((target("avx512f"))))
ASSAY_STREAM_VARIANTS(avx2, __attribute__((target("avx2,fma"))))
#elif defined(__aarch64__)
ASSAY_STREAM_VARIANTS(asimd, )
#endif
ASSAY_STREAM_VARIANTS(portable, )

assay_stream_function assay_stream_variant(int isa, int kernel) {
    if (kernel < 0 || kernel >= ASSAY_STREAM_COUNT) return NULL;
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: return avx512f_functions[kernel];
    case ASSAY_ISA_AVX2: return avx2_functions[kernel];
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: return asimd_functions[kernel];
#endif
    case ASSAY_ISA_PORTABLE: return portable_functions[kernel];
    default: return NULL;
    }
}

typedef struct {
    assay_stream_function function;
    const assay_stream *job;
} computing;

static void stream_part(void *context, int worker, int workers) {
    const computing *s = context;
    size_t first, last;
    assay_part(s->job->count, 8, worker, workers, &first, &last);
    s->function(s->job, first, last);
}

void assay_stream_run(assay_pool *pool, assay_stream_function function, const assay_stream *job, size_t iterations) {
    computing s = {function, job};
    for (size_t i = 0; i < iterations; i++) assay_pool_run(pool, stream_part, &s);
}

typedef struct {
    double *a, *b, *c;
    size_t count;
    double poison;
    uint64_t seed;
} filling;

static void fill_part(void *context, int worker, int workers) {
    const filling *f = context;
    size_t first, last;
    assay_part(f->count, 8, worker, workers, &first, &last);
    assay_fill_f64(f->b + first, last - first, f->seed, first);
    if (f->c != NULL) assay_fill_f64(f->c + first, last - first, f->seed, f->count + first);
    for (size_t i = first; i < last; i++) f->a[i] = f->poison;
}

void assay_stream_fill(
    assay_pool *pool, double *a, double *b, double *c, size_t count, double poison, uint64_t seed
) {
    filling f = {a, b, c, count, poison, seed};
    assay_pool_run(pool, fill_part, &f);
}
