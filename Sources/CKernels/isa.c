#include "isa.h"

#include <stddef.h>

const char *assay_isa_name(int isa) {
    switch (isa) {
    case ASSAY_ISA_AVX512F: return "avx512f";
    case ASSAY_ISA_AVX2: return "avx2";
    case ASSAY_ISA_ASIMD: return "asimd";
    case ASSAY_ISA_PORTABLE: return "portable";
    default: return NULL;
    }
}

int assay_isa_supported(int isa) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    case ASSAY_ISA_AVX2:
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: return 1;
#endif
    case ASSAY_ISA_PORTABLE: return 1;
    default: return 0;
    }
}
