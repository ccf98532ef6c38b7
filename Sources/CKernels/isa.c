#include "isa.h"

#include <stdatomic.h>
#include <stddef.h>

#include "features.h"

const char *assay_isa_name(int isa) {
    switch (isa) {
    case ASSAY_ISA_AMX: return "amx";
    case ASSAY_ISA_AVX512_FP16: return "avx512_fp16";
    case ASSAY_ISA_AVX512_BF16: return "avx512_bf16";
    case ASSAY_ISA_AVX512_VNNI: return "avx512_vnni";
    case ASSAY_ISA_AVX512F: return "avx512f";
    case ASSAY_ISA_AVX_VNNI: return "avx_vnni";
    case ASSAY_ISA_AVX2: return "avx2";
    case ASSAY_ISA_SSE2: return "sse2";
    case ASSAY_ISA_I8MM: return "i8mm";
    case ASSAY_ISA_BF16: return "bf16";
    case ASSAY_ISA_ASIMDDP: return "asimddp";
    case ASSAY_ISA_ASIMDHP: return "asimdhp";
    case ASSAY_ISA_ASIMD: return "asimd";
    case ASSAY_ISA_PORTABLE: return "portable";
    default: return NULL;
    }
}

// Found out once: reading the processor's features costs microseconds under a hypervisor. Threads that ask at the same time
// find the same.
const char *assay_isa_obstacle(int isa) {
    static const char none[] = "";
    static const char *_Atomic found[ASSAY_ISA_COUNT];
    if (isa == ASSAY_ISA_PORTABLE) return NULL;
    if (isa < 0 || isa >= ASSAY_ISA_COUNT) return "no such instruction set";
    const char *obstacle = atomic_load_explicit(&found[isa], memory_order_relaxed);
    if (obstacle == NULL) {
        obstacle = assay_features_obstacle(isa);
        if (obstacle == NULL) obstacle = none;
        atomic_store_explicit(&found[isa], obstacle, memory_order_relaxed);
    }
    return obstacle == none ? NULL : obstacle;
}

int assay_isa_supported(int isa) { return assay_isa_obstacle(isa) == NULL; }

// What each one is built upon; the chain ends at portable.
static int base(int isa) {
    switch (isa) {
    case ASSAY_ISA_AVX512F:
    case ASSAY_ISA_AVX_VNNI: return ASSAY_ISA_AVX2;
    case ASSAY_ISA_AVX2: return ASSAY_ISA_SSE2;
    case ASSAY_ISA_I8MM:
    case ASSAY_ISA_BF16: return ASSAY_ISA_ASIMDDP;
    case ASSAY_ISA_ASIMDDP: return ASSAY_ISA_ASIMDHP;
    case ASSAY_ISA_ASIMDHP: return ASSAY_ISA_ASIMD;
    case ASSAY_ISA_AMX: return ASSAY_ISA_AVX512_FP16;
    case ASSAY_ISA_AVX512_FP16: return ASSAY_ISA_AVX512_BF16;
    case ASSAY_ISA_AVX512_BF16: return ASSAY_ISA_AVX512_VNNI;
    case ASSAY_ISA_AVX512_VNNI: return ASSAY_ISA_AVX512F;
    case ASSAY_ISA_SSE2:
    case ASSAY_ISA_ASIMD: return ASSAY_ISA_PORTABLE;
    default: return -1;
    }
}

int assay_isa_includes(int isa, int other) {
    for (int here = isa; here >= 0; here = base(here))
        if (here == other) return 1;
    // The two matrix extensions of Arm came together, and so did AVX-VNNI with what is above it.
    if (isa == ASSAY_ISA_I8MM) return other == ASSAY_ISA_BF16;
    return other == ASSAY_ISA_AVX_VNNI && assay_isa_includes(isa, ASSAY_ISA_AVX512_FP16);
}
