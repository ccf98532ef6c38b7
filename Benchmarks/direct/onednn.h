#pragma once

// The peer's own declarations of oneDNN's C interface, independent of Assay's: an error in one must not hide in the other.
// MAJOR is 2 or 3.

#include <stddef.h>
#include <stdint.h>

typedef struct { int which; void *memory; } operand;
typedef int64_t sizes[12];

int dnnl_engine_create(void **engine, int kind, size_t index);
int dnnl_stream_create(void **stream, void *engine, unsigned flags);
int dnnl_stream_wait(void *stream);
int dnnl_memory_create(void **memory, const void *layout, void *engine, void *data);
size_t dnnl_memory_desc_get_size(const void *layout);
const void *dnnl_primitive_desc_query_md(const void *description, int what, int index);
int dnnl_primitive_create(void **primitive, const void *description);
int dnnl_primitive_execute(void *primitive, void *stream, int count, const operand *operands);

#if MAJOR == 2
int dnnl_memory_desc_init_by_strides(void *layout, int count, const sizes extents, int type, const sizes strides);
int dnnl_memory_desc_init_by_tag(void *layout, int count, const sizes extents, int type, int tag);
int dnnl_matmul_desc_init(void *operation, const void *a, const void *b, const void *bias, const void *c);
int dnnl_convolution_forward_desc_init(
    void *operation, int propagation, int algorithm, const void *input, const void *weights, const void *bias,
    const void *output, const sizes strides, const sizes before, const sizes after);
int dnnl_primitive_desc_create(
    void **description, const void *operation, const void *attributes, void *engine, const void *hint);
#else
int dnnl_memory_desc_create_with_strides(void **layout, int count, const sizes extents, int type, const sizes strides);
int dnnl_memory_desc_create_with_tag(void **layout, int count, const sizes extents, int type, int tag);
int dnnl_matmul_primitive_desc_create(
    void **description, void *engine, const void *a, const void *b, const void *bias, const void *c,
    const void *attributes);
int dnnl_convolution_forward_primitive_desc_create(
    void **description, void *engine, int propagation, int algorithm, const void *input, const void *weights,
    const void *bias, const void *output, const sizes strides, const sizes dilations, const sizes before,
    const sizes after, const void *attributes);
#endif

void omp_set_num_threads(int threads);
