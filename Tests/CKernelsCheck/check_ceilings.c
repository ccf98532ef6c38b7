// The loops that measure what a machine can do at most.

#include <math.h>

#include "check.h"

static uint64_t folded(const char *row, size_t bytes) {
    uint64_t all = 0, word;
    for (size_t i = 0; i < bytes; i += 8) {
        word = 0;
        memcpy(&word, row + i, bytes - i < 8 ? bytes - i : 8);
        all ^= word;
    }
    return all;
}

static void check_rows(int isa, size_t bytes, int count) {
    enum { rows = 19, lookups = 41 };
    block table = take(rows * bytes, 1), indices = take(2 * lookups * 8, 8);
    for (size_t i = 0; i < rows * bytes; i++) table.start[i] = (char)(assay_bits(11, i) >> 56);
    assay_fill_indices((int64_t *)indices.start, 2 * lookups, 12, 0, rows);
    assay_gather job = {table.start, (int64_t *)indices.start, lookups, bytes};
    uint64_t expected = 0, result = 1;
    for (size_t i = lookups; i < 2 * lookups; i++)
        expected ^= folded(table.start + (size_t)job.indices[i] * bytes, bytes);
    assay_pool *pool = workers(count);
    // Three iterations from set 1 on end with set 1 again.
    size_t next = assay_gather_run(pool, assay_gather_variant(isa), &job, 1, 2, 1, 3, 1, &result);
    expect(next == 0 && result == expected, "gather", assay_isa_name(isa), bytes);
    assay_gather_run(pool, assay_gather_variant(isa), &job, 1, 2, 0, 1, 0, &result);
    expect(result == 0, "gather without folding", assay_isa_name(isa), bytes);
    assay_pool_destroy(pool);
    give(table), give(indices);
}

void check_gather(int isa) {
    if (assay_gather_variant(isa) == NULL) return;
    for (size_t bytes = 1; bytes <= 300; bytes++) check_rows(isa, bytes, 1 + (int)(bytes % 2));
    for (int count = 1; count <= 8; count++) check_rows(isa, 136, count);
}

void check_read(int isa) {
    if (assay_read_variant(isa) == NULL) return;
    for (size_t steps = 1; steps <= 9; steps++) {
        size_t bytes = steps * ASSAY_READ_STEP;
        block buffers = take(3 * bytes, 0);
        for (size_t i = 0; i < 3 * bytes; i++) buffers.start[i] = (char)(assay_bits(13, i) >> 56);
        uint64_t folds[3] = {1, 1, 1};
        assay_pool *pool = workers(3);
        assay_read_run(pool, assay_read_variant(isa), buffers.start, bytes, bytes, 3, 2, 1, folds);
        for (int w = 0; w < 3; w++)
            expect(folds[w] == folded(buffers.start + (size_t)w * bytes, bytes), "read", assay_isa_name(isa), bytes);
        assay_read_run(pool, assay_read_variant(isa), buffers.start, bytes, bytes, 2, 1, 1, folds);
        expect(folds[0] == 0 && folds[2] == 0, "read twice", assay_isa_name(isa), bytes);
        assay_read_run(pool, assay_read_variant(isa), buffers.start, bytes, bytes, 2, 1, 0, folds);
        assay_pool_destroy(pool);
        give(buffers);
    }
}

static double streamed(int kernel, double b, double c) {
    switch (kernel) {
    case ASSAY_STREAM_COPY: return b;
    case ASSAY_STREAM_SCALE: return 3 * b;
    case ASSAY_STREAM_ADD: return b + c;
    default: return b + 3 * c;
    }
}

static void check_arrays(int isa, int kernel, size_t count) {
    block a = take(count * 8, 0), b = take(count * 8, 0), c = take(count * 8, 0);
    assay_pool *pool = workers(1 + (int)(count % 4));
    int uses_c = kernel == ASSAY_STREAM_ADD || kernel == ASSAY_STREAM_TRIAD;
    assay_stream_fill(
        pool, (double *)a.start, (double *)b.start, uses_c ? (double *)c.start : NULL, count, NAN, 3);
    assay_stream job = {(double *)a.start, (double *)b.start, uses_c ? (double *)c.start : NULL, 3, count};
    assay_stream_run(pool, assay_stream_variant(isa, kernel), &job, 2);
    for (size_t i = 0; i < count; i++) {
        double expected = streamed(kernel, job.b[i], uses_c ? job.c[i] : 0);
        expect(job.a[i] == expected, "stream", assay_isa_name(isa), count);
    }
    assay_pool_destroy(pool);
    give(a), give(b), give(c);
}

void check_stream(int isa) {
    for (int kernel = 0; kernel < ASSAY_STREAM_COUNT; kernel++) {
        if (assay_stream_variant(isa, kernel) == NULL) continue;
        for (size_t count = 1; count <= 70; count++) check_arrays(isa, kernel, count);
    }
}

static void check_loop(int isa, int type, size_t steps) {
    assay_peak_variant variant = assay_peak_variant_for(isa, type);
    if (variant.function == NULL) return;
    block initial = take(ASSAY_PEAK_SUMS, 0), result = take(2 * ASSAY_PEAK_SUMS, 0);
    block a = take(2 * ASSAY_PEAK_OPERAND, 0), b = take(2 * ASSAY_PEAK_OPERAND, 0);
    assay_peak_prepare(&variant, initial.start, a.start, b.start);
    memset(result.start, 0xFF, 2 * ASSAY_PEAK_SUMS);
    assay_peak_inputs inputs = {initial.start, a.start, b.start};
    assay_pool *pool = workers(2);
    assay_peak_run(pool, &variant, &inputs, result.start, steps, 2);
    for (int worker = 0; worker < 2; worker++)
        for (size_t lane = 0; lane < (size_t)(variant.chains * variant.lanes); lane++) {
            double sum = assay_peak_sum(&variant, result.start + worker * ASSAY_PEAK_SUMS, lane);
            expect(sum == assay_peak_expected(&variant, lane, steps), "peak", assay_isa_name(isa), lane);
        }
    assay_pool_destroy(pool);
    give(initial), give(result), give(a), give(b);
}

void check_peak(int isa) {
    for (int type = 0; type < ASSAY_PEAK_COUNT; type++) {
        check_loop(isa, type, 1);
        check_loop(isa, type, 100);
        check_loop(isa, type, 8193);
    }
}

// What a tile product is, by the manual: row m of the sums grows by row m of a times every column n of b, whose groups of four
// bytes lie beside each other. Where there is no AMX this is what shows that the operands lie right.
static double tile_product(const assay_peak_variant *v, const char *a, const char *b, int m, int n) {
    double sum = 0;
    for (int k = 0; k < 16; k++) {
        const char *left = a + 64 * m + 4 * k, *right = b + 64 * k + 4 * n;
        if (v->type == ASSAY_PEAK_INT8) {
            for (int i = 0; i < 4; i++) sum += (double)(int8_t)left[i] * (int8_t)right[i];
            continue;
        }
        for (int i = 0; i < 2; i++) {
            float x[2] = {0, 0};
            memcpy((char *)&x[0] + 2, left + 2 * i, 2);
            memcpy((char *)&x[1] + 2, right + 2 * i, 2);
            sum += (double)x[0] * x[1];
        }
    }
    return sum;
}

void check_tiles(void) {
    for (int type = 0; type < ASSAY_PEAK_COUNT; type++) {
        assay_peak_variant v = assay_peak_variant_for(ASSAY_ISA_AMX, type);
        if (v.function == NULL) continue;
        block initial = take(ASSAY_PEAK_SUMS, 0), a = take(2 * ASSAY_PEAK_OPERAND, 0), b = take(2 * ASSAY_PEAK_OPERAND, 0);
        assay_peak_prepare(&v, initial.start, a.start, b.start);
        for (int lane = 0; lane < v.chains * v.lanes; lane++) {
            int chain = lane / 256, m = lane % 256 / 16, n = lane % 16;
            double grown = tile_product(
                &v, a.start + chain % 2 * ASSAY_PEAK_OPERAND, b.start + chain / 2 * ASSAY_PEAK_OPERAND, m, n);
            double before = assay_peak_sum(&v, initial.start, (size_t)lane);
            expect(assay_peak_expected(&v, (size_t)lane, 3) == before + 3 * grown, "tiles", "amx", (size_t)lane);
            // Exact in f32 however often a loop is run.
            double after = assay_peak_expected(&v, (size_t)lane, 65536);
            expect(type == ASSAY_PEAK_INT8 || after == (double)(float)after, "tiles", "rounded", (size_t)lane);
        }
        give(initial), give(a), give(b);
    }
}

static void check_cycle(size_t lines) {
    block base = take(lines * ASSAY_CHASE_LINE, 0);
    expect(assay_chase_build(base.start, lines, 9) == 0, "chase", "build", lines);
    size_t length = 0;
    void *place = base.start;
    do {
        place = assay_chase_follow(place, 1);
        length++;
    } while (place != base.start && length <= lines);
    expect(length == lines && assay_chase_follow(base.start, 33 * lines) == base.start, "chase", "cycle", lines);
    give(base);
}

void check_chase(void) {
    for (size_t lines = 1; lines <= 300; lines++) check_cycle(lines);
}

void check_buffers(void) {
    const size_t sizes[] = {1, 4096, 100000, (size_t)2 << 20, ((size_t)5 << 20) + 1};
    for (int i = 0; i < 5; i++) {
        for (int pages = ASSAY_PAGES_HUGE; pages <= ASSAY_PAGES_SMALL; pages++) {
            char *buffer = assay_buffer_map_on(sizes[i], (assay_pages)pages);
            size_t resident = 0, huge = 0;
            expect(buffer != NULL, "buffer", "map", sizes[i]);
            if (buffer == NULL) continue;
            memset(buffer, 1, sizes[i]);
            expect(assay_buffer_pages(buffer, sizes[i], &resident, &huge) == 0, "buffer", "pages", sizes[i]);
            int small = sizes[i] < 4096, right = pages == ASSAY_PAGES_HUGE || huge == 0;
            expect((small || resident > 0) && right, "buffer", "small pages", sizes[i]);
            assay_buffer_unmap(buffer, sizes[i]);
        }
    }
    expect(assay_buffer_map(SIZE_MAX) == NULL, "buffer", "everything", 0);
}
