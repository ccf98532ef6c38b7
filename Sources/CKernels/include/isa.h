#pragma once

/// Instruction sets a kernel may have a variant for, best first within each architecture. A new one is a new line here, a
/// name and a test in isa.c, and a case in the table of each kernel that has a variant.
typedef enum {
    ASSAY_ISA_AMX,
    ASSAY_ISA_AVX512_FP16,
    ASSAY_ISA_AVX512_BF16,
    ASSAY_ISA_AVX512_VNNI,
    ASSAY_ISA_AVX512F,
    ASSAY_ISA_AVX_VNNI,
    ASSAY_ISA_AVX2,
    ASSAY_ISA_SSE2,
    ASSAY_ISA_I8MM,
    ASSAY_ISA_BF16,
    ASSAY_ISA_ASIMDDP,
    ASSAY_ISA_ASIMDHP,
    ASSAY_ISA_ASIMD,
    ASSAY_ISA_PORTABLE,
    ASSAY_ISA_COUNT
} assay_isa;

/// The kernel's name for it, as in /proc/cpuinfo (`avx512f`, `avx2`, `asimd`), but `amx` for all of AMX; or `portable`.
/// NULL for a number that is none.
const char *assay_isa_name(int isa);

/// Whether this processor and this operating system can run it. `avx2` includes FMA: no processor has one without
/// the other but for a few of one maker that are out of production. `avx512f` includes DQ, BW and VL, as every processor
/// has them since the first servers with AVX-512. For AMX the operating system's permission is asked for.
int assay_isa_supported(int isa);

/// Why it cannot run here; NULL where it can.
const char *assay_isa_obstacle(int isa);

/// Whether a processor that is told to use `isa` at most may use `other`.
int assay_isa_includes(int isa, int other);
