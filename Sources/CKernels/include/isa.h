#pragma once

/// Instruction sets a kernel may have a variant for, best first. A new one is a new line here, a name and a test in
/// isa.c, and a case in the table of each kernel that has a variant.
typedef enum {
    ASSAY_ISA_AVX512F,
    ASSAY_ISA_AVX2,
    ASSAY_ISA_ASIMD,
    ASSAY_ISA_PORTABLE,
    ASSAY_ISA_COUNT
} assay_isa;

/// The kernel's name for it (`avx512f`, `avx2`, `asimd`), or `portable`; NULL for a number that is none.
const char *assay_isa_name(int isa);

/// Whether this processor and this operating system can run it. `avx2` includes FMA: no processor has one without
/// the other but for a few of one maker that are out of production.
int assay_isa_supported(int isa);
