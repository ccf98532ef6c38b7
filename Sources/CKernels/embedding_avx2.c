#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#include "rows.h"

#define TARGET __attribute__((target("avx2,fma")))
#define OPERATION TARGET static inline __attribute__((always_inline))
#define WIDTH 8
#define MOST 8

typedef __m256 vector;

OPERATION vector zero(void) { return _mm256_setzero_ps(); }
OPERATION vector splat(float x) { return _mm256_set1_ps(x); }
OPERATION vector add(vector x, vector y) { return _mm256_add_ps(x, y); }
OPERATION vector multiply_add(vector f, vector x, vector sum) { return _mm256_fmadd_ps(f, x, sum); }

OPERATION vector from_bf16(__m128i bits) {
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
}

OPERATION vector load(const char *row, size_t column, const int type) {
    switch (type) {
    case ASSAY_ROWS_BF16: return from_bf16(_mm_loadu_si128((const __m128i *)(row + 2 * column)));
    case ASSAY_ROWS_INT8:
        return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(row + column))));
    default: return _mm256_loadu_ps((const float *)(row + 4 * column));
    }
}

OPERATION __m256i first(size_t count) {
    static const int ones[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
    return _mm256_loadu_si256((const __m256i *)(ones + WIDTH - count));
}

OPERATION vector load_part(const char *row, size_t column, size_t count, const int type) {
    uint16_t some[WIDTH] = {0};
    switch (type) {
    case ASSAY_ROWS_BF16:
        memcpy(some, row + 2 * column, 2 * count);
        return from_bf16(_mm_loadu_si128((const __m128i *)some));
    // Scale and bias follow the bytes of a row: eight can be read from the last of them on.
    case ASSAY_ROWS_INT8: return load(row, column, type);
    default: return _mm256_maskload_ps((const float *)(row + 4 * column), first(count));
    }
}

OPERATION void store(float *out, vector x) { _mm256_storeu_ps(out, x); }
OPERATION void store_part(float *out, vector x, size_t count) { _mm256_maskstore_ps(out, first(count), x); }

#include "embedding_sums.h"
#include "scatter_rows.h"

ASSAY_EMBEDDING(assay_embedding_f32_avx2, ASSAY_ROWS_F32)
ASSAY_EMBEDDING(assay_embedding_bf16_avx2, ASSAY_ROWS_BF16)
ASSAY_EMBEDDING(assay_embedding_int8_avx2, ASSAY_ROWS_INT8)
ASSAY_SCATTER(assay_scatter_avx2)
#else
typedef int assay_embedding_avx2_is_x86_only;
#endif
