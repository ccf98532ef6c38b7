#include "features.h"

#include "isa.h"

#if defined(__aarch64__)
#include <stddef.h>
#include <sys/auxv.h>

// Bits of the kernel's interface (Documentation/arch/arm64/elf_hwcaps.rst); older headers lack the later ones.
enum { hwcap_asimdhp = 1 << 10, hwcap_asimddp = 1 << 20, hwcap2_i8mm = 1 << 13, hwcap2_bf16 = 1 << 14 };

const char *assay_features_obstacle(int isa) {
    unsigned long first = getauxval(AT_HWCAP), second = getauxval(AT_HWCAP2);
    switch (isa) {
    case ASSAY_ISA_ASIMD: return NULL;
    case ASSAY_ISA_ASIMDHP: return first & hwcap_asimdhp ? NULL : "this processor has no arithmetic in half precision";
    case ASSAY_ISA_ASIMDDP: return first & hwcap_asimddp ? NULL : "this processor has no dot product of int8";
    case ASSAY_ISA_BF16: return second & hwcap2_bf16 ? NULL : "this processor has no matrix product of bf16";
    case ASSAY_ISA_I8MM: return second & hwcap2_i8mm ? NULL : "this processor has no matrix product of int8";
    default: return "this processor is no x86-64";
    }
}
#elif !defined(__x86_64__)
const char *assay_features_obstacle(int isa) {
    (void)isa;
    return "no kernel was written for this architecture";
}
#else
typedef int assay_features_arm_is_arm_only;
#endif
