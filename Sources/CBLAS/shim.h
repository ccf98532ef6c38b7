#pragma once

// What we call of the C interface to BLAS, and what its makers add to say who they are and how many threads to use.
// Declared by ourselves: any CBLAS is loaded at run time. Sizes are 32-bit, as in every build with plain symbol names.

enum { ASSAY_CBLAS_ROW_MAJOR = 101, ASSAY_CBLAS_NO_TRANSPOSE = 111 };

typedef void (*assay_cblas_sgemm)(
    int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float *a, int lda,
    const float *b, int ldb, float beta, float *c, int ldc);

// OpenBLAS
typedef const char *(*assay_openblas_text)(void);
typedef void (*assay_openblas_set_num_threads)(int threads);

// BLIS: its integers are as wide as a pointer.
typedef const char *(*assay_bli_info_get_version_str)(void);
typedef void (*assay_bli_thread_set_num_threads)(long threads);

// MKL
typedef void (*assay_mkl_get_version_string)(char *text, int length);
typedef void (*assay_mkl_set_num_threads)(int threads);
