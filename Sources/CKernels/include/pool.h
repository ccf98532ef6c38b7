#pragma once

#include <stddef.h>

/// Threads made once, pinned once, that run one task together as often as asked. The thread that made the pool is
/// worker 0 and must be the one that runs and destroys it.
typedef struct assay_pool assay_pool;

/// A worker's part of a task; `worker` counts from 0 to `workers` − 1.
typedef void (*assay_task)(void *context, int worker, int workers);

/// Makes a pool of `workers` threads. Worker i is pinned to `units[i]` for i < `unit_count`; later ones go where the
/// operating system puts them. 0, or an errno; then `failed_unit` is the unit that refused, or −1.
int assay_pool_create(assay_pool **pool, int workers, const int *units, int unit_count, int *failed_unit);

/// Ends the threads and gives the calling thread back the processing units it had before.
void assay_pool_destroy(assay_pool *pool);

/// Runs `task` once on every worker and returns when all are done. No lock, no allocation; a system call only where
/// a worker has waited so long that it went to sleep.
void assay_pool_run(assay_pool *pool, assay_task task, void *context);

/// The part of `count` things, in whole `grain`s, that falls to `worker`: from `*first` up to `*last`.
static inline void assay_part(size_t count, size_t grain, int worker, int workers, size_t *first, size_t *last) {
    size_t grains = (count + grain - 1) / grain;
    size_t share = grains / (size_t)workers, rest = grains % (size_t)workers, w = (size_t)worker;
    size_t start = (share * w + (w < rest ? w : rest)) * grain;
    size_t end = start + (share + (w < rest ? 1 : 0)) * grain;
    *first = start < count ? start : count;
    *last = end < count ? end : count;
}
