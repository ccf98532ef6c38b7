// oneDNN called from C with nothing in between: what Assay's figures for the same library are held against.
//
//     direct matmul M N K THREADS REPETITIONS
//     direct convolution N C H W FILTERS R S STRIDE PADDING THREADS REPETITIONS
//
// prints one line: the median over REPETITIONS of the seconds one iteration takes, after a fifth as many that are not
// counted. f32 throughout, operands in [-1, 1). Matmul is plain row-major; a convolution is in the layouts the library
// chooses, and only the convolution is timed.

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "onednn.h"

enum { f32 = 3, any = 1, inference = 96, direct_algorithm = 1 };
enum { source = 1, destination = 17, weights = 33 };
enum { source_layout = 129, weights_layout = 131, destination_layout = 133 };

static void require(int status, const char *what) {
    if (status == 0) return;
    fprintf(stderr, "direct: %s: status %d\n", what, status);
    exit(70);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static float *buffer(size_t bytes, uint64_t seed) {
    size_t huge = (size_t)2 << 20, size = (bytes + huge - 1) / huge * huge;
    float *data = aligned_alloc(huge, size);
    if (data == NULL) exit(69);
    madvise(data, size, MADV_HUGEPAGE);
    for (size_t i = 0; i < bytes / sizeof(float); i++) {
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        data[i] = (float)(seed >> 40) * 0x1p-23f - 1.0f;
    }
    return data;
}

static void *layout(int count, const sizes extents, int plain) {
    sizes strides = {0};
    int64_t stride = 1;
    for (int i = count - 1; i >= 0; i--) {
        strides[i] = stride;
        stride *= extents[i];
    }
#if MAJOR == 2
    void *made = calloc(1, 4096);
    require(
        plain ? dnnl_memory_desc_init_by_strides(made, count, extents, f32, strides)
              : dnnl_memory_desc_init_by_tag(made, count, extents, f32, any), "layout");
#else
    void *made = NULL;
    require(
        plain ? dnnl_memory_desc_create_with_strides(&made, count, extents, f32, strides)
              : dnnl_memory_desc_create_with_tag(&made, count, extents, f32, any), "layout");
#endif
    return made;
}

static void *matmul(void *engine, const int64_t *n) {
    void *a = layout(2, (sizes){n[0], n[2]}, 1), *b = layout(2, (sizes){n[2], n[1]}, 1);
    void *c = layout(2, (sizes){n[0], n[1]}, 1), *description = NULL;
#if MAJOR == 2
    void *operation = calloc(1, 32768);
    require(dnnl_matmul_desc_init(operation, a, b, NULL, c), "matmul");
    require(dnnl_primitive_desc_create(&description, operation, NULL, engine, NULL), "matmul");
#else
    require(dnnl_matmul_primitive_desc_create(&description, engine, a, b, NULL, c, NULL), "matmul");
#endif
    return description;
}

static void *convolution(void *engine, const int64_t *n) {
    int64_t stride = n[7], pad = n[8];
    int64_t height = (n[2] + 2 * pad - n[5]) / stride + 1, width = (n[3] + 2 * pad - n[6]) / stride + 1;
    void *in = layout(4, (sizes){n[0], n[1], n[2], n[3]}, 0), *w = layout(4, (sizes){n[4], n[1], n[5], n[6]}, 0);
    void *out = layout(4, (sizes){n[0], n[4], height, width}, 0), *description = NULL;
    sizes strides = {stride, stride}, padding = {pad, pad};
#if MAJOR == 2
    void *operation = calloc(1, 32768);
    require(
        dnnl_convolution_forward_desc_init(
            operation, inference, direct_algorithm, in, w, NULL, out, strides, padding, padding), "convolution");
    require(dnnl_primitive_desc_create(&description, operation, NULL, engine, NULL), "convolution");
#else
    sizes none = {0};
    require(
        dnnl_convolution_forward_primitive_desc_create(
            &description, engine, inference, direct_algorithm, in, w, NULL, out, strides, none, padding, padding, NULL),
        "convolution");
#endif
    return description;
}

static void *operand_memory(void *engine, const void *description, int which, uint64_t seed) {
    const void *wanted = dnnl_primitive_desc_query_md(description, which, 0);
    void *memory = NULL;
    require(dnnl_memory_create(&memory, wanted, engine, buffer(dnnl_memory_desc_get_size(wanted), seed)), "memory");
    return memory;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median_seconds(void *primitive, void *stream, const operand *operands, int repetitions) {
    double *seconds = calloc((size_t)repetitions, sizeof(double));
    for (int i = -1 - repetitions / 5; i < repetitions; i++) {
        double start = now();
        require(dnnl_primitive_execute(primitive, stream, 3, operands), "execution");
        require(dnnl_stream_wait(stream), "wait");
        if (i >= 0) seconds[i] = now() - start;
    }
    qsort(seconds, (size_t)repetitions, sizeof(double), ascending);
    return seconds[repetitions / 2];
}

int main(int count, char **arguments) {
    int is_matmul = count > 1 && strcmp(arguments[1], "matmul") == 0;
    int is_convolution = count > 1 && strcmp(arguments[1], "convolution") == 0;
    int size_count = is_matmul ? 3 : 9;
    if ((!is_matmul && !is_convolution) || count != size_count + 4) {
        fprintf(stderr, "usage: direct matmul M N K THREADS REPETITIONS\n"
                        "       direct convolution N C H W FILTERS R S STRIDE PADDING THREADS REPETITIONS\n");
        return 64;
    }
    int64_t n[9] = {0};
    for (int i = 0; i < size_count; i++) n[i] = atoll(arguments[2 + i]);
    int threads = atoi(arguments[size_count + 2]), repetitions = atoi(arguments[size_count + 3]);
    if (threads < 1 || repetitions < 1) return 64;

    omp_set_num_threads(threads);
    void *engine = NULL, *stream = NULL, *primitive = NULL;
    require(dnnl_engine_create(&engine, 1, 0), "engine");
    require(dnnl_stream_create(&stream, engine, 1), "stream");
    void *description = is_matmul ? matmul(engine, n) : convolution(engine, n);
    require(dnnl_primitive_create(&primitive, description), "primitive");
    operand operands[] = {
        {source, operand_memory(engine, description, source_layout, 1)},
        {weights, operand_memory(engine, description, weights_layout, 2)},
        {destination, operand_memory(engine, description, destination_layout, 3)},
    };
    printf("%.9f\n", median_seconds(primitive, stream, operands, repetitions));
    return 0;
}
