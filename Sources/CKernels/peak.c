#include "peak.h"

#include <string.h>

#include "peak_variants.h"

// Twelve chains: the product of each needs a register of its own beside the sum, and SSE2 has sixteen.
enum { portable_chains = 12 };

typedef float vector_f32 __attribute__((vector_size(16), aligned(4)));
typedef double vector_f64 __attribute__((vector_size(16), aligned(8)));

// Multiplies, then adds, with two roundings on every machine: what the baseline instruction set promises.
#pragma clang fp contract(off)

#define LOAD_F32(p) (*(const vector_f32 *)(p))
#define STORE_F32(p, x) (*(vector_f32 *)(p) = (x))
#define LOAD_F64(p) (*(const vector_f64 *)(p))
#define STORE_F64(p, x) (*(vector_f64 *)(p) = (x))
#define STEP(x, i) ((x) + (x) * s)

ASSAY_PEAK_LOOP(
    f32_portable, , portable_chains, vector_f32, LOAD_F32, STORE_F32, const float s = (float)ASSAY_PEAK_SCALE;, STEP)
ASSAY_PEAK_LOOP(
    f64_portable, , portable_chains, vector_f64, LOAD_F64, STORE_F64, const double s = ASSAY_PEAK_SCALE;, STEP)

assay_peak_variant assay_peak_variant_for(int isa, int type) {
#if defined(__x86_64__)
    if (isa == ASSAY_ISA_AMX) return assay_peak_amx(type);
    if (isa != ASSAY_ISA_PORTABLE) return assay_peak_x86(isa, type);
#elif defined(__aarch64__)
    if (isa != ASSAY_ISA_PORTABLE) return assay_peak_arm(isa, type);
#endif
    if (isa != ASSAY_ISA_PORTABLE) return ASSAY_NO_PEAK;
    switch (type) {
    case ASSAY_PEAK_F32: return (assay_peak_variant){f32_portable, type, portable_chains, 4, 1, 0, 0};
    case ASSAY_PEAK_F64: return (assay_peak_variant){f64_portable, type, portable_chains, 2, 1, 0, 0};
    default: return ASSAY_NO_PEAK;
    }
}

typedef struct {
    const assay_peak_variant *variant;
    const assay_peak_inputs *inputs;
    char *result;
    size_t steps, iterations;
} computing;

static void peak_part(void *context, int worker, int workers) {
    (void)workers;
    const computing *p = context;
    char *result = p->result + (size_t)worker * ASSAY_PEAK_SUMS;
    for (size_t i = 0; i < p->iterations; i++) p->variant->function(p->inputs, result, p->steps);
}

void assay_peak_run(
    assay_pool *pool, const assay_peak_variant *variant, const assay_peak_inputs *inputs, char *result, size_t steps,
    size_t iterations
) {
    computing p = {variant, inputs, result, steps, iterations};
    assay_pool_run(pool, peak_part, &p);
}
