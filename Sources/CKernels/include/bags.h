#pragma once

#include <stddef.h>
#include <stdint.h>

#include "pool.h"
#include "zipf.h"

// What an embedding lookup asks for: which rows, in bags of how many. The lookups of a batch lie one behind the other; bag b
// is lookups offsets[b] up to offsets[b + 1].

/// out[i] = the row of draw i, with all workers: by `zipf`, or uniform below `rows` where that is NULL.
void assay_pool_fill_indices(
    assay_pool *pool, int64_t *out, size_t count, const assay_zipf *zipf, uint64_t rows, uint64_t seed,
    uint64_t first);

/// Offsets of `bags` bags with `bag` lookups each (`bags` + 1 numbers, the first is 0). With `varies`, bags 2i and 2i + 1
/// have bag + d and bag − d lookups, d uniform in −bag … bag: sizes from 0 to 2 · bag, and always bags · bag in all.
void assay_fill_offsets(int64_t *out, size_t bags, size_t bag, int varies, uint64_t seed, uint64_t first);

/// out[i] = a weight uniform in [½, 1½).
void assay_fill_weights(float *out, size_t count, uint64_t seed, uint64_t first);

/// The bags that fall to `worker`, cut so that the lookups are shared out evenly.
void assay_bag_part(const int64_t *offsets, size_t bags, int worker, int workers, size_t *first, size_t *last);
