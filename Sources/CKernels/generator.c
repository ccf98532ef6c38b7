#include "generator.h"

#include "isa.h"

// 24 bits fit a signed 32-bit number, which every vector unit converts; the difference is exact in f32.
#define ALWAYS static inline __attribute__((always_inline))

ALWAYS float signed_unit(uint64_t seed, uint64_t index) {
    return (float)(int32_t)(assay_bits(seed, index) >> 40) * 0x1p-23f - 1.0f;
}

ALWAYS void fill_f32(float *out, size_t count, uint64_t seed, uint64_t first) {
    for (size_t i = 0; i < count; i++) out[i] = signed_unit(seed, first + i);
}

ALWAYS void fill_f64(double *out, size_t count, uint64_t seed, uint64_t first) {
    for (size_t i = 0; i < count; i++) out[i] = (double)signed_unit(seed, first + i);
}

#if defined(__x86_64__)
// The 64-bit multiplications are what takes the time, and AVX-512 has them.
__attribute__((target("avx512f,avx512dq")))
static void fill_f32_avx512(float *out, size_t count, uint64_t seed, uint64_t first) {
    fill_f32(out, count, seed, first);
}

__attribute__((target("avx512f,avx512dq")))
static void fill_f64_avx512(double *out, size_t count, uint64_t seed, uint64_t first) {
    fill_f64(out, count, seed, first);
}
#endif

void assay_fill_f32(float *out, size_t count, uint64_t seed, uint64_t first) {
#if defined(__x86_64__)
    if (assay_isa_supported(ASSAY_ISA_AVX512F)) {
        fill_f32_avx512(out, count, seed, first);
        return;
    }
#endif
    fill_f32(out, count, seed, first);
}

void assay_fill_f64(double *out, size_t count, uint64_t seed, uint64_t first) {
#if defined(__x86_64__)
    if (assay_isa_supported(ASSAY_ISA_AVX512F)) {
        fill_f64_avx512(out, count, seed, first);
        return;
    }
#endif
    fill_f64(out, count, seed, first);
}

void assay_fill_indices(int64_t *out, size_t count, uint64_t seed, uint64_t first, uint64_t bound) {
    for (size_t i = 0; i < count; i++) out[i] = (int64_t)assay_below(seed, first + i, bound);
}

typedef struct {
    float *out;
    size_t rows, width;
    uint64_t seed, first;
} filling;

static void fill_part_f32(void *context, int worker, int workers) {
    const filling *f = context;
    size_t first, last;
    assay_part(f->rows, 1, worker, workers, &first, &last);
    size_t start = first * f->width;
    assay_fill_f32(f->out + start, (last - first) * f->width, f->seed, f->first + start);
}

void assay_pool_fill_f32(assay_pool *pool, float *out, size_t rows, size_t width, uint64_t seed, uint64_t first) {
    filling f = {out, rows, width, seed, first};
    assay_pool_run(pool, fill_part_f32, &f);
}
