#pragma once

#include "peak.h"

assay_peak_variant assay_peak_x86(int isa, int type);
assay_peak_variant assay_peak_amx(int type);
assay_peak_variant assay_peak_arm(int isa, int type);

#define ASSAY_NO_PEAK ((assay_peak_variant){0})

/// In half precision values shrink to nothing after so many steps: then it begins again.
enum { ASSAY_PEAK_F16_STEPS = 8192 };

/// What a sum is multiplied by in each step: it changes its sign at every step, so that no step is trivial, and shrinks so
/// slowly that no value leaves the normal numbers.
#define ASSAY_PEAK_SCALE (-2 + 0x1p-16)
#define ASSAY_PEAK_F16_SCALE (-2 + 0x1p-10)

/// Every chain is a register: the loops over them are unrolled in full.
#define ASSAY_UNROLL _Pragma("clang loop unroll(full)")

/// A loop over `COUNT` registers of sums. PREPARE declares what STEP(x, i), the next value of chain i, needs beside x.
#define ASSAY_PEAK_LOOP(NAME, TARGET, COUNT, REGISTER, LOAD, STORE, PREPARE, STEP)              \
    TARGET static void NAME(const assay_peak_inputs *in, void *result, size_t steps) {         \
        const char *initial = in->initial;                                                     \
        char *out = result;                                                                    \
        PREPARE                                                                                \
        REGISTER x[COUNT];                                                                     \
        ASSAY_UNROLL for (int i = 0; i < COUNT; i++) x[i] = LOAD(initial + sizeof(REGISTER) * (size_t)i); \
        for (size_t step = 0; step < steps; step++) {                                          \
            ASSAY_UNROLL for (int i = 0; i < COUNT; i++) x[i] = STEP(x[i], i);                 \
        }                                                                                      \
        ASSAY_UNROLL for (int i = 0; i < COUNT; i++) STORE(out + sizeof(REGISTER) * (size_t)i, x[i]);     \
    }

/// The two operands of either side, in registers.
#define ASSAY_OPERANDS(REGISTER, LOAD)                                                         \
    const REGISTER a[2] = {LOAD(in->a), LOAD(in->a + ASSAY_PEAK_OPERAND)};                     \
    const REGISTER b[2] = {LOAD(in->b), LOAD(in->b + ASSAY_PEAK_OPERAND)};
