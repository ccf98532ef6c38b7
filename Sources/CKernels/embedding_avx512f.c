#if defined(__x86_64__)
#include <immintrin.h>

#include "rows.h"

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define OPERATION TARGET static inline __attribute__((always_inline))
#define WIDTH 16
#define MOST 8

typedef __m512 vector;

OPERATION vector zero(void) { return _mm512_setzero_ps(); }
OPERATION vector splat(float x) { return _mm512_set1_ps(x); }
OPERATION vector add(vector x, vector y) { return _mm512_add_ps(x, y); }
OPERATION vector multiply_add(vector f, vector x, vector sum) { return _mm512_fmadd_ps(f, x, sum); }

OPERATION vector from_bf16(__m256i bits) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(bits), 16));
}

OPERATION vector from_bytes(__m128i bytes) { return _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(bytes)); }

OPERATION vector load(const char *row, size_t column, const int type) {
    switch (type) {
    case ASSAY_ROWS_BF16: return from_bf16(_mm256_loadu_si256((const __m256i *)(row + 2 * column)));
    case ASSAY_ROWS_INT8: return from_bytes(_mm_loadu_si128((const __m128i *)(row + column)));
    default: return _mm512_loadu_ps(row + 4 * column);
    }
}

OPERATION __mmask16 first(size_t count) { return (__mmask16)(0xFFFF >> (WIDTH - count)); }

OPERATION vector load_part(const char *row, size_t column, size_t count, const int type) {
    switch (type) {
    case ASSAY_ROWS_BF16: return from_bf16(_mm256_maskz_loadu_epi16(first(count), row + 2 * column));
    case ASSAY_ROWS_INT8: return from_bytes(_mm_maskz_loadu_epi8(first(count), row + column));
    default: return _mm512_maskz_loadu_ps(first(count), row + 4 * column);
    }
}

OPERATION void store(float *out, vector x) { _mm512_storeu_ps(out, x); }
OPERATION void store_part(float *out, vector x, size_t count) { _mm512_mask_storeu_ps(out, first(count), x); }

#include "embedding_sums.h"
#include "scatter_rows.h"

ASSAY_EMBEDDING(assay_embedding_f32_avx512f, ASSAY_ROWS_F32)
ASSAY_EMBEDDING(assay_embedding_bf16_avx512f, ASSAY_ROWS_BF16)
ASSAY_EMBEDDING(assay_embedding_int8_avx512f, ASSAY_ROWS_INT8)
ASSAY_SCATTER(assay_scatter_avx512f)
#else
typedef int assay_embedding_avx512f_is_x86_only;
#endif
