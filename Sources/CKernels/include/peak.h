#pragma once

#include <stddef.h>

#include "isa.h"
#include "pool.h"

/// x ← x + scale · x in every lane of every chain, `steps` times, from `initial` to `result`. The chains do not depend
/// on each other, and there are more of them than two units with the longest known latency can hold. The sum is x itself
/// because Arm's multiply-add adds to its destination: any other step would need a copy there.
typedef void (*assay_peak_function)(const float *initial, float *result, size_t steps, float scale);

typedef struct {
    assay_peak_function function; // NULL where there is no variant
    int chains;                   // registers that are computed on
    int lanes;                    // values in a register
    int fused;                    // one rounding a step, not two
} assay_peak_variant;

assay_peak_variant assay_peak_variant_for(int isa);

/// Runs `iterations` times `steps` steps on all workers at once, each from the same chains × lanes values at `initial`;
/// worker w's results lie from result + w · `stride` on.
void assay_peak_run(
    assay_pool *pool, assay_peak_variant variant, const float *initial, float *result, size_t stride, size_t steps,
    float scale, size_t iterations);
