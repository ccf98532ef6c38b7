#pragma once

#include <stddef.h>
#include <stdint.h>

#include "isa.h"
#include "pool.h"

/// What is multiplied. Sums are of the same type for f64, f32 and f16, f32 for bf16, 32-bit integers for int8.
typedef enum {
    ASSAY_PEAK_F64,
    ASSAY_PEAK_F32,
    ASSAY_PEAK_F16,
    ASSAY_PEAK_BF16,
    ASSAY_PEAK_INT8,
    ASSAY_PEAK_COUNT
} assay_peak_type;

enum {
    /// Bytes of an operand: a register, several times over, or a tile. There are two of either side.
    ASSAY_PEAK_OPERAND = 1024,
    /// Bytes that the sums of a thread take at most.
    ASSAY_PEAK_SUMS = 4096,
    /// Where each sum is multiplied by a constant, starting values repeat after so many lanes.
    ASSAY_PEAK_PATTERNS = 16
};

typedef struct {
    const void *initial; // chains × lanes sums
    const char *a, *b;   // two operands each; sum chain i takes a[i mod 2] and b[i ÷ 2 mod 2]
} assay_peak_inputs;

/// Computes on independent chains of sums, from `initial` to `result`, `steps` times; there are more of them than the
/// units with the longest known latency can hold.
///
/// Without operands (one term) the step is x ← x + scale · x. The sum is x itself because Arm's multiply-add adds to its
/// destination: any other step would need a copy there. With operands it is x ← x + Σ a · b over `terms` products.
typedef void (*assay_peak_function)(const assay_peak_inputs *inputs, void *result, size_t steps);

typedef struct {
    assay_peak_function function; // NULL where there is no variant
    int type;
    int chains; // registers or tiles of sums
    int lanes;  // sums in one of them
    int terms;  // products that a sum grows by in a step
    int fused;  // one rounding a step, not two; where there is one term
    int tiles;  // b lies in the order that AMX wants
} assay_peak_variant;

assay_peak_variant assay_peak_variant_for(int isa, int type);

/// Writes the starting sums (ASSAY_PEAK_SUMS bytes at most) and two operands of either side.
void assay_peak_prepare(const assay_peak_variant *variant, void *initial, char *a, char *b);

/// What a sum must be after `steps` steps, by plain arithmetic: to the last bit, because all operands are chosen so that
/// nothing but a single multiply-add is ever rounded.
double assay_peak_expected(const assay_peak_variant *variant, size_t lane, size_t steps);

/// The sum of a lane, counted over all chains.
double assay_peak_sum(const assay_peak_variant *variant, const void *result, size_t lane);

/// Runs `iterations` times `steps` steps on all workers at once; worker w's sums go to result + w · ASSAY_PEAK_SUMS.
void assay_peak_run(
    assay_pool *pool, const assay_peak_variant *variant, const assay_peak_inputs *inputs, char *result, size_t steps,
    size_t iterations);
