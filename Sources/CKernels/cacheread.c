#include "cacheread.h"

#include "lines.h"

// A step is so many loads that the loop around them costs nothing beside them.

ASSAY_ALWAYS uint64_t read_pieces(const char *buffer, size_t bytes, size_t passes, const int fold) {
    assay_piece all = {0, 0};
    for (size_t pass = 0; pass < passes; pass++) {
        for (size_t step = 0; step < bytes; step += ASSAY_READ_STEP) {
            ASSAY_UNROLLED for (int i = 0; i < ASSAY_READ_STEP; i += 16) {
                assay_piece x = assay_load_piece(buffer + step + i);
                if (fold) all ^= x;
                else assay_used_piece(x);
            }
        }
        // The next pass reads again, whatever the compiler knows of this one.
        __asm__ volatile("" ::: "memory");
    }
    return all[0] ^ all[1];
}

static uint64_t read_portable(const void *buffer, size_t bytes, size_t passes, int fold) {
    return fold ? read_pieces(buffer, bytes, passes, 1) : read_pieces(buffer, bytes, passes, 0);
}

#if defined(__x86_64__)
ASSAY_512 ASSAY_ALWAYS uint64_t read_512(const char *buffer, size_t bytes, size_t passes, const int fold) {
    __m512i all = _mm512_setzero_si512();
    for (size_t pass = 0; pass < passes; pass++) {
        for (size_t step = 0; step < bytes; step += ASSAY_READ_STEP) {
            ASSAY_UNROLLED for (int i = 0; i < ASSAY_READ_STEP; i += 64) {
                __m512i x = _mm512_loadu_si512(buffer + step + i);
                if (fold) all = _mm512_xor_si512(all, x);
                else assay_used_512(x);
            }
        }
        __asm__ volatile("" ::: "memory");
    }
    return assay_words_512(all);
}

ASSAY_512 static uint64_t read_avx512f(const void *buffer, size_t bytes, size_t passes, int fold) {
    return fold ? read_512(buffer, bytes, passes, 1) : read_512(buffer, bytes, passes, 0);
}

ASSAY_256 ASSAY_ALWAYS uint64_t read_256(const char *buffer, size_t bytes, size_t passes, const int fold) {
    __m256i all = _mm256_setzero_si256();
    for (size_t pass = 0; pass < passes; pass++) {
        for (size_t step = 0; step < bytes; step += ASSAY_READ_STEP) {
            ASSAY_UNROLLED for (int i = 0; i < ASSAY_READ_STEP; i += 32) {
                __m256i x = _mm256_loadu_si256((const __m256i *)(buffer + step + i));
                if (fold) all = _mm256_xor_si256(all, x);
                else assay_used_256(x);
            }
        }
        __asm__ volatile("" ::: "memory");
    }
    return assay_words_256(all);
}

ASSAY_256 static uint64_t read_avx2(const void *buffer, size_t bytes, size_t passes, int fold) {
    return fold ? read_256(buffer, bytes, passes, 1) : read_256(buffer, bytes, passes, 0);
}
#endif

assay_read_function assay_read_variant(int isa) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: return read_avx512f;
    case ASSAY_ISA_AVX2: return read_avx2;
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: return read_portable;
#endif
    case ASSAY_ISA_PORTABLE: return read_portable;
    default: return NULL;
    }
}

typedef struct {
    assay_read_function function;
    const char *buffers;
    size_t stride, bytes, passes, iterations;
    int fold;
    uint64_t *folds;
} reading;

static void read_part(void *context, int worker, int workers) {
    (void)workers;
    const reading *r = context;
    const char *buffer = r->buffers + (size_t)worker * r->stride;
    uint64_t fold = 0;
    for (size_t i = 0; i < r->iterations; i++) fold = r->function(buffer, r->bytes, r->passes, r->fold);
    if (r->fold) r->folds[worker] = fold;
}

void assay_read_run(
    assay_pool *pool, assay_read_function function, const void *buffers, size_t stride, size_t bytes, size_t passes,
    size_t iterations, int fold, uint64_t *folds
) {
    reading r = {function, buffers, stride, bytes, passes, iterations, fold, folds};
    assay_pool_run(pool, read_part, &r);
}
