#include "bags.h"

#include "generator.h"

typedef struct {
    int64_t *out;
    size_t count;
    const assay_zipf *zipf;
    uint64_t rows, seed, first;
} drawing;

static void draw_part(void *context, int worker, int workers) {
    const drawing *d = context;
    size_t first, last;
    assay_part(d->count, 8, worker, workers, &first, &last);
    if (d->zipf != NULL) assay_fill_zipf(d->out + first, last - first, d->zipf, d->seed, d->first, first);
    else assay_fill_indices(d->out + first, last - first, d->seed, d->first + first, d->rows);
}

void assay_pool_fill_indices(
    assay_pool *pool, int64_t *out, size_t count, const assay_zipf *zipf, uint64_t rows, uint64_t seed,
    uint64_t first
) {
    drawing d = {out, count, zipf, rows, seed, first};
    assay_pool_run(pool, draw_part, &d);
}

void assay_fill_offsets(int64_t *out, size_t bags, size_t bag, int varies, uint64_t seed, uint64_t first) {
    out[0] = 0;
    for (size_t i = 0; i < bags; i++) {
        int64_t size = (int64_t)bag;
        if (varies && (i | 1) < bags) {
            int64_t more = (int64_t)assay_below(seed, first + i / 2, 2 * (uint64_t)bag + 1) - (int64_t)bag;
            size += i % 2 == 0 ? more : -more;
        }
        out[i + 1] = out[i] + size;
    }
}

void assay_fill_weights(float *out, size_t count, uint64_t seed, uint64_t first) {
    assay_fill_f32(out, count, seed, first);
    for (size_t i = 0; i < count; i++) out[i] = 1 + out[i] / 2;
}

// The first bag that begins at or after the worker's share of the lookups.
static size_t boundary(const int64_t *offsets, size_t bags, int worker, int workers) {
    if (worker == workers) return bags;
    int64_t target = (int64_t)((unsigned __int128)offsets[bags] * (unsigned)worker / (unsigned)workers);
    size_t low = 0, high = bags;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (offsets[middle] < target) low = middle + 1;
        else high = middle;
    }
    return low;
}

void assay_bag_part(const int64_t *offsets, size_t bags, int worker, int workers, size_t *first, size_t *last) {
    *first = boundary(offsets, bags, worker, workers);
    *last = boundary(offsets, bags, worker + 1, workers);
}
