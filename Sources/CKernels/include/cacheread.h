#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"

/// Bytes that one step reads: a buffer is a multiple of them.
enum { ASSAY_READ_STEP = 1024 };

/// Reads `bytes` from `buffer`, `passes` times, into registers, and does nothing with them. With `fold`, which is for
/// checking, it returns the exclusive or of the 64-bit words of all passes; without, 0.
typedef uint64_t (*assay_read_function)(const void *buffer, size_t bytes, size_t passes, int fold);

/// The variant for an instruction set; NULL where there is none.
assay_read_function assay_read_variant(int isa);

/// Runs `iterations` times `passes` passes on all workers, each over its own buffer: worker w's begins at
/// buffers + w · `stride`. Folds go to folds[w].
void assay_read_run(
    assay_pool *pool, assay_read_function function, const void *buffers, size_t stride, size_t bytes, size_t passes,
    size_t iterations, int fold, uint64_t *folds);
