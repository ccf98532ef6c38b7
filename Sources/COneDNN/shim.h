#pragma once

// What we call of oneDNN's C interface, declared by ourselves: the library is loaded at run time, and no header of it is
// needed to build. Function types carry the library's name for the function after `assay_`; the numbers are fixed by its
// binary interface. Memory descriptors are passed as plain pointers: in major 2 they point to a structure that we hold, in
// major 3 to one that the library holds.

#include <stddef.h>
#include <stdint.h>

typedef struct dnnl_engine *dnnl_engine_t;
typedef struct dnnl_stream *dnnl_stream_t;
typedef struct dnnl_memory *dnnl_memory_t;
typedef struct dnnl_primitive *dnnl_primitive_t;
typedef struct dnnl_primitive_desc *dnnl_primitive_desc_t;
typedef struct dnnl_primitive_attr *dnnl_primitive_attr_t;

typedef struct {
    int major, minor, patch;
    const char *hash;
    unsigned cpu_runtime, gpu_runtime;
} dnnl_version_t;

typedef struct {
    int arg;
    dnnl_memory_t memory;
} dnnl_exec_arg_t;

enum {
    ASSAY_DNNL_SUCCESS = 0,
    ASSAY_DNNL_OUT_OF_MEMORY = 1,
    ASSAY_DNNL_UNIMPLEMENTED = 3
};
enum { ASSAY_DNNL_ENGINE_CPU = 1, ASSAY_DNNL_STREAM_IN_ORDER = 1 };
enum {
    ASSAY_DNNL_F16 = 1,
    ASSAY_DNNL_BF16 = 2,
    ASSAY_DNNL_F32 = 3,
    ASSAY_DNNL_S32 = 4,
    ASSAY_DNNL_S8 = 5,
    ASSAY_DNNL_U8 = 6
};
enum { ASSAY_DNNL_TAG_ANY = 1 };
enum { ASSAY_DNNL_FORWARD_INFERENCE = 96, ASSAY_DNNL_CONVOLUTION_DIRECT = 1 };
enum {
    ASSAY_DNNL_ARG_SOURCE = 1,
    ASSAY_DNNL_ARG_DESTINATION = 17,
    ASSAY_DNNL_ARG_WEIGHTS = 33,
    ASSAY_DNNL_ARG_DIFF_SOURCE = 129,
    ASSAY_DNNL_ARG_DIFF_DESTINATION = 145,
    ASSAY_DNNL_ARG_DIFF_WEIGHTS = 161,
    // Major 3: added to the argument that the scale belongs to.
    ASSAY_DNNL_ARG_SCALES = 4096
};
enum { ASSAY_DNNL_QUERY_IMPLEMENTATION = 8 };
// Bits, of which a higher instruction set has all that a lower one has; the same in major 2 and 3 up to bf16.
enum {
    ASSAY_DNNL_ISA_SSE41 = 0x1,
    ASSAY_DNNL_ISA_AVX2 = 0x7,
    ASSAY_DNNL_ISA_AVX512 = 0x27,
    ASSAY_DNNL_ISA_AVX512_VNNI = 0x67,
    ASSAY_DNNL_ISA_AVX512_BF16 = 0xe7,
    // AVX2 with VNNI has a bit of its own in each major; major 2 knows no level between bf16 and AMX.
    ASSAY_DNNL2_ISA_AVX2_VNNI = 0x407,
    ASSAY_DNNL3_ISA_AVX2_VNNI = 0xf,
    ASSAY_DNNL3_ISA_AVX512_FP16 = 0x1ef
};
enum {
    ASSAY_DNNL_QUERY_SOURCE = 129,
    ASSAY_DNNL_QUERY_DIFF_SOURCE = 130,
    ASSAY_DNNL_QUERY_WEIGHTS = 131,
    ASSAY_DNNL_QUERY_DIFF_WEIGHTS = 132,
    ASSAY_DNNL_QUERY_DESTINATION = 133,
    ASSAY_DNNL_QUERY_DIFF_DESTINATION = 134
};

/// Dimensions and strides are arrays of this length.
enum { ASSAY_DNNL_MAX_DIMENSIONS = 12 };

// The same in major 2 and 3.
typedef const dnnl_version_t *(*assay_dnnl_version)(void);
typedef int (*assay_dnnl_set_max_cpu_isa)(int isa);
typedef int (*assay_dnnl_get_effective_cpu_isa)(void);
typedef int (*assay_dnnl_engine_create)(dnnl_engine_t *engine, int kind, size_t index);
typedef int (*assay_dnnl_engine_destroy)(dnnl_engine_t engine);
typedef int (*assay_dnnl_stream_create)(dnnl_stream_t *stream, dnnl_engine_t engine, unsigned flags);
typedef int (*assay_dnnl_stream_wait)(dnnl_stream_t stream);
typedef int (*assay_dnnl_stream_destroy)(dnnl_stream_t stream);
typedef int (*assay_dnnl_memory_create)(dnnl_memory_t *memory, const void *layout, dnnl_engine_t engine, void *data);
typedef int (*assay_dnnl_memory_destroy)(dnnl_memory_t memory);
typedef size_t (*assay_dnnl_memory_desc_get_size)(const void *layout);
typedef int (*assay_dnnl_memory_desc_equal)(const void *one, const void *other);
typedef int (*assay_dnnl_primitive_attr_create)(dnnl_primitive_attr_t *attributes);
typedef int (*assay_dnnl_primitive_attr_destroy)(dnnl_primitive_attr_t attributes);
typedef int (*assay_dnnl_reorder_primitive_desc_create)(
    dnnl_primitive_desc_t *description, const void *from, dnnl_engine_t from_engine, const void *to,
    dnnl_engine_t to_engine, const void *attributes);
typedef int (*assay_dnnl_primitive_desc_query)(dnnl_primitive_desc_t description, int what, int index, void *result);
typedef const void *(*assay_dnnl_primitive_desc_query_md)(dnnl_primitive_desc_t description, int what, int index);
typedef int (*assay_dnnl_primitive_desc_destroy)(dnnl_primitive_desc_t description);
typedef int (*assay_dnnl_primitive_create)(dnnl_primitive_t *primitive, dnnl_primitive_desc_t description);
typedef int (*assay_dnnl_primitive_execute)(
    dnnl_primitive_t primitive, dnnl_stream_t stream, int count, const dnnl_exec_arg_t *arguments);
typedef int (*assay_dnnl_primitive_destroy)(dnnl_primitive_t primitive);
/// Products of integers as in BLAS, row-major: `T` or `N` for each side, `F` for one offset of the result.
typedef int (*assay_dnnl_gemm_s8s8s32)(
    char transposed_a, char transposed_b, char offset_kind, int64_t m, int64_t n, int64_t k, float alpha,
    const int8_t *a, int64_t lda, int8_t offset_a, const int8_t *b, int64_t ldb, int8_t offset_b, float beta,
    int32_t *c, int64_t ldc, const int32_t *offset_c);
typedef int (*assay_dnnl_gemm_u8s8s32)(
    char transposed_a, char transposed_b, char offset_kind, int64_t m, int64_t n, int64_t k, float alpha,
    const uint8_t *a, int64_t lda, uint8_t offset_a, const int8_t *b, int64_t ldb, int8_t offset_b, float beta,
    int32_t *c, int64_t ldc, const int32_t *offset_c);

// Major 2: descriptors are structures, filled by the library. Ours are buffers, larger than any 2.x needs (a memory
// descriptor takes about 700 bytes there, a convolution seven of these and a little).
enum { ASSAY_DNNL2_LAYOUT_BYTES = 4096, ASSAY_DNNL2_OPERATION_BYTES = 32768, ASSAY_DNNL2_ALIGNMENT = 64 };
typedef int (*assay_dnnl_memory_desc_init_by_strides)(
    void *layout, int count, const int64_t *sizes, int type, const int64_t *strides);
typedef int (*assay_dnnl_memory_desc_init_by_tag)(void *layout, int count, const int64_t *sizes, int type, int tag);
typedef int (*assay_dnnl_matmul_desc_init)(
    void *operation, const void *source, const void *weights, const void *bias, const void *destination);
typedef int (*assay_dnnl_convolution_forward_desc_init)(
    void *operation, int propagation, int algorithm, const void *source, const void *weights, const void *bias,
    const void *destination, const int64_t *strides, const int64_t *padding_before, const int64_t *padding_after);
typedef int (*assay_dnnl_convolution_backward_data_desc_init)(
    void *operation, int algorithm, const void *source, const void *weights, const void *destination,
    const int64_t *strides, const int64_t *padding_before, const int64_t *padding_after);
typedef int (*assay_dnnl_convolution_backward_weights_desc_init)(
    void *operation, int algorithm, const void *source, const void *weights, const void *bias, const void *destination,
    const int64_t *strides, const int64_t *padding_before, const int64_t *padding_after);
typedef int (*assay_dnnl_primitive_attr_set_output_scales)(
    dnnl_primitive_attr_t attributes, int64_t count, int mask, const float *scales);
typedef int (*assay_dnnl_primitive_desc_create)(
    dnnl_primitive_desc_t *description, const void *operation, const void *attributes, dnnl_engine_t engine,
    dnnl_primitive_desc_t forward_hint);

// Major 3: everything is a handle.
typedef int (*assay_dnnl_memory_desc_create_with_strides)(
    void **layout, int count, const int64_t *sizes, int type, const int64_t *strides);
typedef int (*assay_dnnl_memory_desc_create_with_tag)(void **layout, int count, const int64_t *sizes, int type, int tag);
typedef int (*assay_dnnl_memory_desc_destroy)(void *layout);
typedef int (*assay_dnnl_matmul_primitive_desc_create)(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, const void *source, const void *weights, const void *bias,
    const void *destination, const void *attributes);
typedef int (*assay_dnnl_convolution_forward_primitive_desc_create)(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, int propagation, int algorithm, const void *source,
    const void *weights, const void *bias, const void *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *padding_before, const int64_t *padding_after, const void *attributes);
typedef int (*assay_dnnl_convolution_backward_data_primitive_desc_create)(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, int algorithm, const void *source, const void *weights,
    const void *destination, const int64_t *strides, const int64_t *dilations, const int64_t *padding_before,
    const int64_t *padding_after, dnnl_primitive_desc_t forward_hint, const void *attributes);
typedef int (*assay_dnnl_convolution_backward_weights_primitive_desc_create)(
    dnnl_primitive_desc_t *description, dnnl_engine_t engine, int algorithm, const void *source, const void *weights,
    const void *bias, const void *destination, const int64_t *strides, const int64_t *dilations,
    const int64_t *padding_before, const int64_t *padding_after, dnnl_primitive_desc_t forward_hint,
    const void *attributes);
typedef int (*assay_dnnl_primitive_attr_set_scales_mask)(dnnl_primitive_attr_t attributes, int argument, int mask);

// The OpenMP runtime that oneDNN was linked with.
typedef void (*assay_omp_set_num_threads)(int threads);
