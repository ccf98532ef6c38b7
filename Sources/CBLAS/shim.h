#pragma once

#include <stdint.h>

// What we call of the C interface to BLAS, and what its makers add to say who they are and how many threads to use.
// Declared by ourselves: any CBLAS is loaded at run time. Sizes are 32-bit, as in every build with plain symbol names.

enum { ASSAY_CBLAS_ROW_MAJOR = 101, ASSAY_CBLAS_NO_TRANSPOSE = 111, ASSAY_CBLAS_TRANSPOSE = 112 };
// MKL: one offset for all elements of the result.
enum { ASSAY_CBLAS_FIXED_OFFSET = 173 };

typedef void (*assay_cblas_sgemm)(
    int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a, int lda,
    const float *b, int ldb, float beta, float *c, int ldc);

typedef void (*assay_cblas_dgemm)(
    int order, int transpose_a, int transpose_b, int m, int n, int k, double alpha, const double *a, int lda,
    const double *b, int ldb, double beta, double *c, int ldc);
// bf16 as 16-bit numbers; gathered and stored in f32. OpenBLAS calls it cblas_sbgemm, MKL cblas_gemm_bf16bf16f32.
typedef void (*assay_cblas_sbgemm)(
    int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const uint16_t *a, int lda,
    const uint16_t *b, int ldb, float beta, float *c, int ldc);
// MKL. Row-major, A is unsigned and B is signed, whatever the name says.
typedef void (*assay_cblas_gemm_s8u8s32)(
    int order, int transpose_a, int transpose_b, int offset_kind, int m, int n, int k, float alpha, const void *a, int lda,
    int8_t offset_a, const void *b, int ldb, int8_t offset_b, float beta, int32_t *c, int ldc, const int32_t *offset_c);

// OpenBLAS
typedef const char *(*assay_openblas_text)(void);
typedef void (*assay_openblas_set_num_threads)(int threads);

// BLIS: its integers are as wide as a pointer.
typedef const char *(*assay_bli_info_get_version_str)(void);
typedef void (*assay_bli_thread_set_num_threads)(long threads);
typedef int (*assay_bli_arch_query_id)(void);
typedef const char *(*assay_bli_arch_string)(int architecture);

// Arm Performance Libraries
typedef void (*assay_armplversion)(int *major, int *minor, int *patch, const char **tag);

// MKL
typedef void (*assay_mkl_get_version_string)(char *text, int length);
typedef void (*assay_mkl_set_num_threads)(int threads);

// The OpenMP runtime of a library that has no function of its own for it.
typedef void (*assay_blas_omp_set_num_threads)(int threads);
