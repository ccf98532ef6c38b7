// The backward pass of embedding lookup, written once for all instruction sets; needs what embedding_sums.h needs.

#include "ahead.h"
#include "embedding_variants.h"

/// Lookups that are waiting for their rows to come, in the order in which they are made.
typedef struct {
    struct {
        float *row;
        const float *gradient;
        float weight;
    } entries[ASSAY_AHEAD_MOST];
    size_t head, count;
} waiting;

/// Rows are spread over the workers by a hash, so that neighbours, which may be asked for alike often, are shared out.
ASSAY_ALWAYS int owner(int64_t row, int workers) {
    uint32_t mixed = (uint32_t)((uint64_t)row * UINT64_C(0x9E3779B97F4A7C15) >> 32);
    return (int)((uint64_t)mixed * (uint32_t)workers >> 32);
}

TARGET ASSAY_ALWAYS void add_row(
    float *row, const float *gradient, float weight, size_t dimension, const int weighted
) {
    const vector w = splat(weight);
    size_t column = 0;
    for (; column + WIDTH <= dimension; column += WIDTH) {
        vector x = load((const char *)row, column, ASSAY_ROWS_F32);
        vector g = load((const char *)gradient, column, ASSAY_ROWS_F32);
        store(row + column, weighted ? multiply_add(w, g, x) : add(x, g));
    }
    size_t count = dimension - column;
    if (count == 0) return;
    vector x = load_part((const char *)row, column, count, ASSAY_ROWS_F32);
    vector g = load_part((const char *)gradient, column, count, ASSAY_ROWS_F32);
    store_part(row + column, weighted ? multiply_add(w, g, x) : add(x, g), count);
}

TARGET ASSAY_ALWAYS void add_first(waiting *queue, size_t dimension, const int weighted) {
    size_t head = queue->head;
    add_row(
        queue->entries[head].row, queue->entries[head].gradient, queue->entries[head].weight, dimension, weighted);
    queue->head = (head + 1) % ASSAY_AHEAD_MOST;
    queue->count--;
}

/// Looks through all lookups for its own, asks for the row of each and adds to it when as many others have been asked for as
/// are worth it. Looking through costs 8 bytes a lookup, in order; adding costs a row, anywhere.
TARGET ASSAY_ALWAYS void scatter_bags(const assay_scatter *job, int worker, int workers, const int weighted) {
    const size_t bytes = job->dimension * sizeof(float), ahead = assay_rows_ahead(bytes);
    waiting queue;
    queue.head = queue.count = 0;
    for (size_t bag = 0; bag < job->batch; bag++) {
        const float *gradient = job->gradients + bag * job->dimension;
        for (size_t j = (size_t)job->offsets[bag]; j < (size_t)job->offsets[bag + 1]; j++) {
            if (workers > 1 && owner(job->indices[j], workers) != worker) continue;
            float *row = job->table + (size_t)job->indices[j] * job->dimension;
            assay_ask((const char *)row, bytes);
            if (queue.count == ahead) add_first(&queue, job->dimension, weighted);
            size_t place = (queue.head + queue.count) % ASSAY_AHEAD_MOST;
            queue.entries[place].row = row;
            queue.entries[place].gradient = gradient;
            queue.entries[place].weight = weighted ? job->weights[j] : 1;
            queue.count++;
        }
    }
    while (queue.count > 0) add_first(&queue, job->dimension, weighted);
}

#define ASSAY_SCATTER(name)                                                            \
    TARGET void name(const assay_scatter *job, int worker, int workers) {              \
        if (job->weights != NULL) scatter_bags(job, worker, workers, 1);               \
        else scatter_bags(job, worker, workers, 0);                                    \
    }
