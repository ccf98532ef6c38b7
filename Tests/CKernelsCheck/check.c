// Every variant of our C kernels against the portable one, in plain C: for what the Swift tests cannot do, which is to run
// under the sanitizers (buffers are exactly as large as they must be) and for another architecture in an emulator.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

static int problems;

static void expect(int holds, const char *what, const char *variant, size_t size) {
    if (holds) return;
    fprintf(stderr, "%s, %s, size %zu: wrong\n", what, variant, size);
    problems++;
}

static void *exactly(size_t bytes, size_t alignment) {
    void *memory = NULL;
    if (posix_memalign(&memory, alignment, bytes) != 0) exit(69);
    return memory;
}

static void check_embedding(int isa, size_t dimension) {
    enum { rows = 23, bag = 5, batch = 7 };
    float *table = exactly(rows * dimension * 4, 8), *output = exactly(batch * dimension * 4, 8);
    float *expected = exactly(batch * dimension * 4, 8);
    int64_t *indices = exactly(batch * bag * 8, 8);
    assay_fill_f32(table, rows * dimension, 1, 0);
    assay_fill_indices(indices, batch * bag, 2, 0, rows);
    assay_embedding job = {table, indices, expected, dimension, bag, batch};
    assay_embedding_variant(ASSAY_ISA_PORTABLE)(&job, 0, batch);
    job.output = output;
    memset(output, 0xFF, batch * dimension * 4);
    assay_embedding_variant(isa)(&job, 0, 3);
    assay_embedding_variant(isa)(&job, 3, batch);
    expect(memcmp(output, expected, batch * dimension * 4) == 0, "embedding", assay_isa_name(isa), dimension);
    free(table), free(output), free(expected), free(indices);
}

static void check_triad(int isa, size_t count) {
    double *a = exactly(count * 8, 64), *b = exactly(count * 8, 64), *c = exactly(count * 8, 64);
    assay_fill_f64(b, count, 3, 0);
    assay_fill_f64(c, count, 3, count);
    memset(a, 0xFF, count * 8);
    assay_triad job = {a, b, c, 3, count};
    assay_triad_variant(isa)(&job, 0, count);
    for (size_t i = 0; i < count; i++) expect(a[i] == b[i] + 3 * c[i], "triad", assay_isa_name(isa), count);
    free(a), free(b), free(c);
}

static void check_peak(int isa) {
    assay_peak_variant variant = assay_peak_variant_for(isa);
    size_t lanes = (size_t)(variant.chains * variant.lanes);
    float *initial = exactly(lanes * 4, 8), *result = exactly(lanes * 4, 8);
    const float scale = -2 + 0x1p-16f;
    for (size_t i = 0; i < lanes; i++) initial[i] = 1 + (float)i / 1024;
    variant.function(initial, result, 100, scale);
    for (size_t i = 0; i < lanes; i++) {
        float x = initial[i];
        for (int step = 0; step < 100; step++) {
            volatile float product = x * scale;
            x = variant.fused ? __builtin_fmaf(x, scale, x) : product + x;
        }
        expect(result[i] == x, "peak", assay_isa_name(isa), i);
    }
    free(initial), free(result);
}

static void check_chase(size_t lines) {
    char *base = exactly(lines * ASSAY_CHASE_LINE, 64);
    expect(assay_chase_build(base, lines, 9) == 0, "chase", "build", lines);
    size_t length = 0;
    void *place = base;
    do {
        place = assay_chase_follow(place, 1);
        length++;
    } while (place != base && length <= lines);
    expect(length == lines && assay_chase_follow(base, 33 * lines) == base, "chase", "cycle", lines);
    free(base);
}

static void count_run(void *context, int worker, int workers) {
    (void)workers;
    ((int *)context)[worker]++;
}

static void check_pool(int workers) {
    assay_pool *pool = NULL;
    int failed = 0, runs[8] = {0};
    expect(assay_pool_create(&pool, workers, NULL, 0, &failed) == 0, "pool", "create", (size_t)workers);
    for (int i = 0; i < 100; i++) assay_pool_run(pool, count_run, runs);
    assay_pool_destroy(pool);
    for (int i = 0; i < workers; i++) expect(runs[i] == 100, "pool", "runs", (size_t)workers);
}

int main(void) {
    for (int isa = 0; isa < ASSAY_ISA_COUNT; isa++) {
        if (!assay_isa_supported(isa)) continue;
        for (size_t dimension = 1; dimension <= 270; dimension++) check_embedding(isa, dimension);
        for (size_t count = 1; count <= 70; count++) check_triad(isa, count);
        check_peak(isa);
        printf("%s checked\n", assay_isa_name(isa));
    }
    for (size_t lines = 1; lines <= 300; lines++) check_chase(lines);
    for (int workers = 1; workers <= 4; workers++) check_pool(workers);
    printf("%d problems\n", problems);
    return problems != 0;
}
