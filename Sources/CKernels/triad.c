#include "triad.h"

#include <stdint.h>

#include "generator.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// Non-temporal stores write past the caches: a plain store would first read the line it is about to overwrite, and a
// quarter of the traffic would be counted by nobody.

static void triad_portable(const assay_triad *job, size_t first, size_t last) {
    double *restrict a = job->a;
    const double *restrict b = job->b, *restrict c = job->c;
    for (size_t i = first; i < last; i++) a[i] = b[i] + job->scalar * c[i];
}

#if defined(__x86_64__)
__attribute__((target("avx512f")))
static void triad_avx512f(const assay_triad *job, size_t first, size_t last) {
    const __m512d scalar = _mm512_set1_pd(job->scalar);
    size_t i = first;
    for (; i + 8 <= last; i += 8)
        _mm512_stream_pd(
            job->a + i, _mm512_fmadd_pd(scalar, _mm512_load_pd(job->c + i), _mm512_load_pd(job->b + i)));
    triad_portable(job, i, last);
    _mm_sfence();
}

__attribute__((target("avx2,fma")))
static void triad_avx2(const assay_triad *job, size_t first, size_t last) {
    const __m256d scalar = _mm256_set1_pd(job->scalar);
    size_t i = first;
    for (; i + 8 <= last; i += 8) {
        __m256d low = _mm256_fmadd_pd(scalar, _mm256_loadu_pd(job->c + i), _mm256_loadu_pd(job->b + i));
        __m256d high = _mm256_fmadd_pd(scalar, _mm256_loadu_pd(job->c + i + 4), _mm256_loadu_pd(job->b + i + 4));
        _mm256_stream_pd(job->a + i, low);
        _mm256_stream_pd(job->a + i + 4, high);
    }
    triad_portable(job, i, last);
    _mm_sfence();
}
#elif defined(__aarch64__)
static void triad_asimd(const assay_triad *job, size_t first, size_t last) {
    const float64x2_t scalar = vdupq_n_f64(job->scalar);
    size_t i = first;
    for (; i + 4 <= last; i += 4) {
        float64x2_t low = vfmaq_f64(vld1q_f64(job->b + i), scalar, vld1q_f64(job->c + i));
        float64x2_t high = vfmaq_f64(vld1q_f64(job->b + i + 2), scalar, vld1q_f64(job->c + i + 2));
        // A pair of registers, because only the pair has a non-temporal store.
        __asm__ volatile("stnp %q0, %q1, [%2]" ::"w"(low), "w"(high), "r"(job->a + i) : "memory");
    }
    triad_portable(job, i, last);
}
#endif

assay_triad_function assay_triad_variant(int isa) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: return triad_avx512f;
    case ASSAY_ISA_AVX2: return triad_avx2;
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: return triad_asimd;
#endif
    case ASSAY_ISA_PORTABLE: return triad_portable;
    default: return NULL;
    }
}

typedef struct {
    assay_triad_function function;
    const assay_triad *job;
} computing;

static void triad_part(void *context, int worker, int workers) {
    const computing *t = context;
    size_t first, last;
    assay_part(t->job->count, 8, worker, workers, &first, &last);
    t->function(t->job, first, last);
}

void assay_triad_run(assay_pool *pool, assay_triad_function function, const assay_triad *job, size_t iterations) {
    computing t = {function, job};
    for (size_t i = 0; i < iterations; i++) assay_pool_run(pool, triad_part, &t);
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
    assay_fill_f64(f->c + first, last - first, f->seed, f->count + first);
    for (size_t i = first; i < last; i++) f->a[i] = f->poison;
}

void assay_triad_fill(
    assay_pool *pool, double *a, double *b, double *c, size_t count, double poison, uint64_t seed
) {
    filling f = {a, b, c, count, poison, seed};
    assay_pool_run(pool, fill_part, &f);
}
