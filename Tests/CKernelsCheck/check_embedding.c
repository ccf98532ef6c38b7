// Embedding lookup, forward and backward, and what its inputs are made of.

#include <math.h>

#include "check.h"

enum { rows = 23, batch = 7, lookups = 25 };

// A bag without lookups at the beginning, in the middle and at the end.
static const int64_t offsets[batch + 1] = {0, 0, 5, 6, 6, 23, 25, 25};
static const char *const type_names[] = {"embedding f32", "embedding bf16", "embedding int8"};

typedef struct {
    block table, indices, weights, output;
    assay_embedding job;
    int type;
} lookup;

static lookup make(int type, size_t dimension, int weighted) {
    const size_t element[] = {4, 2, 1}, bytes = assay_row_bytes(type, dimension);
    lookup l = {.type = type};
    // Off by one element: nothing may lean on rows that begin on a line.
    l.table = take(rows * bytes, element[type]);
    l.indices = take(lookups * 8, 8);
    l.weights = take(lookups * 4, 4);
    l.output = take(batch * dimension * 4, 4);
    assay_fill_rows(l.table.start, 0, rows, dimension, type, 1, 0);
    assay_fill_indices((int64_t *)l.indices.start, lookups, 2, 0, rows);
    assay_fill_weights((float *)l.weights.start, lookups, 3, 0);
    memset(l.output.start, 0xFF, batch * dimension * 4);
    l.job = (assay_embedding){l.table.start, (int64_t *)l.indices.start, offsets,
        weighted ? (float *)l.weights.start : NULL, (float *)l.output.start, dimension, batch};
    return l;
}

static void drop(lookup l) { give(l.table), give(l.indices), give(l.weights), give(l.output); }

static double value(const lookup *l, size_t row, size_t column) {
    const char *start = l->table.start + row * assay_row_bytes(l->type, l->job.dimension);
    float single, fused[2];
    uint16_t half;
    if (l->type == ASSAY_ROWS_F32) {
        memcpy(&single, start + 4 * column, 4);
        return single;
    }
    if (l->type == ASSAY_ROWS_BF16) {
        memcpy(&half, start + 2 * column, 2);
        uint32_t bits = (uint32_t)half << 16;
        memcpy(&single, &bits, 4);
        return single;
    }
    memcpy(fused, start + l->job.dimension, 8);
    return (double)fused[0] * (uint8_t)start[column] + fused[1];
}

// Twice the magnitude for int8: there scale · q and bias are summed apart, and each is as large as the other.
static int agrees(const lookup *l, size_t bag, size_t column) {
    double sum = 0, size = 0;
    for (int64_t j = offsets[bag]; j < offsets[bag + 1]; j++) {
        double x = value(l, (size_t)l->job.indices[j], column) * (l->job.weights ? l->job.weights[j] : 1);
        sum += x;
        size += fabs(x) + (l->type == ASSAY_ROWS_INT8 ? 4 : 0);
    }
    double bound = (double)(2 * (offsets[bag + 1] - offsets[bag]) + 2) * 0x1p-24 * size;
    float got = l->job.output[bag * l->job.dimension + column];
    return sum == (double)got || fabs(sum - (double)got) <= bound;
}

static void check_sums(int isa, int type, size_t dimension, int weighted) {
    lookup l = make(type, dimension, weighted);
    assay_embedding_function function = assay_embedding_variant(isa, type);
    function(&l.job, 0, 3);
    function(&l.job, 3, 3);
    function(&l.job, 3, batch);
    for (size_t bag = 0; bag < batch; bag++)
        for (size_t column = 0; column < dimension; column++)
            expect(agrees(&l, bag, column), type_names[type], assay_isa_name(isa), dimension);
    drop(l);
}

// One number that is none, or infinite, in one row: it reaches the sums of that column in the bags that ask for the row, for
// int8 all of their columns, and no other.
static void check_special(int isa, int type, float special) {
    const size_t dimension = 37, column = 34, row = 11;
    lookup l = make(type, dimension, 0);
    char *start = l.table.start + row * assay_row_bytes(type, dimension);
    uint32_t bits;
    memcpy(&bits, &special, 4);
    uint16_t half = (uint16_t)(bits >> 16);
    if (type == ASSAY_ROWS_F32) memcpy(start + 4 * column, &special, 4);
    if (type == ASSAY_ROWS_BF16) memcpy(start + 2 * column, &half, 2);
    if (type == ASSAY_ROWS_INT8) memcpy(start + dimension + 4, &special, 4);
    ((int64_t *)l.indices.start)[7] = (int64_t)row;
    assay_embedding_variant(isa, type)(&l.job, 0, batch);
    for (size_t bag = 0; bag < batch; bag++) {
        int asks = 0;
        for (int64_t j = offsets[bag]; j < offsets[bag + 1]; j++) asks |= l.job.indices[j] == (int64_t)row;
        for (size_t i = 0; i < dimension; i++) {
            float got = l.job.output[bag * dimension + i];
            int reached = asks && (i == column || type == ASSAY_ROWS_INT8);
            int right = !reached ? isfinite(got) : isnan(special) ? isnan(got) : got == special;
            expect(right, "not a number or infinity", assay_isa_name(isa), i);
        }
    }
    drop(l);
}

static void check_threads(int isa, int type, int count) {
    const size_t dimension = 33;
    lookup l = make(type, dimension, 1);
    assay_pool *pool = workers(count);
    size_t next = assay_embedding_run(pool, assay_embedding_variant(isa, type), &l.job, 1, 1, 0, 3);
    expect(next == 0, "embedding", "sets", (size_t)count);
    for (size_t i = 0; i < batch * dimension; i++)
        expect(agrees(&l, i / dimension, i % dimension), "embedding in threads", assay_isa_name(isa), (size_t)count);
    assay_pool_destroy(pool);
    drop(l);
}

void check_embedding(int isa) {
    for (int type = 0; type < ASSAY_ROWS_COUNT; type++) {
        if (assay_embedding_variant(isa, type) == NULL) continue;
        for (size_t dimension = 1; dimension <= 270; dimension++) {
            check_sums(isa, type, dimension, 0);
            check_sums(isa, type, dimension, 1);
        }
        check_special(isa, type, NAN);
        check_special(isa, type, INFINITY);
        for (int count = 1; count <= 8; count++) check_threads(isa, type, count);
    }
}

// A second table is the expected one, made by plain additions in the order of the lookups: equal to the last bit where nothing
// is multiplied. `bags` of them, so that there are more lookups than are waited for at once.
static void check_adds(int isa, size_t dimension, size_t bags, int weighted, int count) {
    const size_t all = bags * 3;
    block table = take(rows * dimension * 4, 4), expected = take(rows * dimension * 4, 4), starts = take((bags + 1) * 8, 8);
    block gradients = take(bags * dimension * 4, 4), indices = take(all * 8, 8), weights = take(all * 4, 4);
    assay_fill_f32((float *)table.start, rows * dimension, 4, 0);
    memcpy(expected.start, table.start, rows * dimension * 4);
    assay_fill_f32((float *)gradients.start, bags * dimension, 5, 0);
    assay_fill_indices((int64_t *)indices.start, all, 6, 0, rows);
    assay_fill_weights((float *)weights.start, all, 7, 0);
    assay_fill_offsets((int64_t *)starts.start, bags, 3, 1, 8, 0);
    assay_scatter job = {(float *)table.start, (int64_t *)indices.start, (int64_t *)starts.start,
        weighted ? (float *)weights.start : NULL, (float *)gradients.start, dimension, bags};
    assay_pool *pool = workers(count);
    assay_scatter_run(pool, assay_scatter_variant(isa), &job, 1, 1, 0, 1);
    float *sums = (float *)expected.start;
    for (size_t bag = 0; bag < bags; bag++)
        for (int64_t j = job.offsets[bag]; j < job.offsets[bag + 1]; j++)
            for (size_t i = 0; i < dimension; i++)
                sums[(size_t)job.indices[j] * dimension + i] +=
                    (weighted ? job.weights[j] : 1) * job.gradients[bag * dimension + i];
    for (size_t i = 0; i < rows * dimension; i++) {
        float allowed = weighted ? (float)(all * all) / 8 * 0x1p-24f : 0;
        expect(fabsf(job.table[i] - sums[i]) <= allowed, "scatter", assay_isa_name(isa), dimension);
    }
    assay_pool_destroy(pool);
    give(table), give(expected), give(starts), give(gradients), give(indices), give(weights);
}

void check_scatter(int isa) {
    if (assay_scatter_variant(isa) == NULL) return;
    for (size_t dimension = 1; dimension <= 140; dimension++) {
        check_adds(isa, dimension, 13, 0, 1);
        check_adds(isa, dimension, 13, 1, 1);
    }
    for (int count = 1; count <= 8; count++) {
        check_adds(isa, 5, 700, 0, count);
        check_adds(isa, 37, 200, 1, count);
    }
}

static void check_offsets(size_t bags, size_t bag) {
    block made = take((bags + 1) * 8, 8);
    int64_t *numbers = (int64_t *)made.start;
    for (int varies = 0; varies < 2; varies++) {
        assay_fill_offsets(numbers, bags, bag, varies, 8, 0);
        expect(numbers[0] == 0 && numbers[bags] == (int64_t)(bags * bag), "offsets", "all", bags);
        for (size_t i = 0; i < bags; i++) {
            int64_t size = numbers[i + 1] - numbers[i];
            expect(size >= 0 && size <= 2 * (int64_t)bag, "offsets", "size", bags);
        }
        for (int count = 1; count <= 9; count++) {
            size_t reached = 0;
            for (int worker = 0; worker < count; worker++) {
                size_t first, last;
                assay_bag_part(numbers, bags, worker, count, &first, &last);
                expect(first == reached && last >= first, "bag part", "gap", bags);
                reached = last;
            }
            expect(reached == bags, "bag part", "end", bags);
        }
    }
    give(made);
}

static void check_zipf(uint64_t count, double exponent) {
    assay_zipf zipf = assay_zipf_make(count, exponent);
    block seen = take(count, 0);
    memset(seen.start, 0, count);
    for (uint64_t rank = 1; rank <= count; rank++) seen.start[assay_zipf_row(&zipf, rank)]++;
    for (uint64_t i = 0; i < count; i++) expect(seen.start[i] == 1, "zipf", "permutation", count);
    for (uint64_t i = 0; i < 500; i++) {
        uint64_t rank = assay_zipf_rank(&zipf, 9, 0, i);
        expect(rank >= 1 && rank <= count, "zipf", "rank", count);
    }
    give(seen);
}

void check_bags(void) {
    for (size_t bags = 1; bags <= 40; bags++) check_offsets(bags, 1 + bags % 6);
    const double exponents[] = {0.5, 0.999999, 1, 1.05, 2, 7};
    for (int i = 0; i < 6; i++)
        for (uint64_t count = 1; count <= 120; count++) check_zipf(count, exponents[i]);
    assay_pool *pool = workers(3);
    int64_t apart[100], alone[100];
    assay_zipf zipf = assay_zipf_make(1000, 1.05);
    assay_pool_fill_indices(pool, apart, 100, &zipf, 1000, 10, 5);
    assay_fill_zipf(alone, 100, &zipf, 10, 5, 0);
    expect(memcmp(apart, alone, sizeof alone) == 0, "indices", "threads", 100);
    assay_pool_destroy(pool);
}
