#define _GNU_SOURCE
#include "features.h"

#include "isa.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct {
    uint32_t leaf1_ecx, leaf7_ebx, leaf7_ecx, leaf7_edx, leaf7_1_eax;
    uint64_t saved; // register states that the operating system saves
} features;

static uint64_t saved_states(void) {
    uint32_t low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

static features read_features(void) {
    features f = {0};
    uint32_t a, b, c, d;
    if (__get_cpuid(1, &a, &b, &c, &d)) f.leaf1_ecx = c;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) {
        f.leaf7_ebx = b, f.leaf7_ecx = c, f.leaf7_edx = d;
        if (a >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d)) f.leaf7_1_eax = a;
    }
    if (f.leaf1_ecx >> 27 & 1) f.saved = saved_states();
    return f;
}

static int has(uint32_t word, uint32_t bits) { return (word & bits) == bits; }

#define BIT(n) (UINT32_C(1) << (n))

static const char *avx2(const features *f) {
    if (!has(f->leaf1_ecx, BIT(12) | BIT(28)) || !has(f->leaf7_ebx, BIT(5))) return "this processor has no AVX2 with FMA";
    return (f->saved & 0x6) == 0x6 ? NULL : "the operating system does not save AVX registers";
}

static const char *avx512(const features *f) {
    const char *obstacle = avx2(f);
    if (obstacle != NULL) return obstacle;
    if (!has(f->leaf7_ebx, BIT(16) | BIT(17) | BIT(30) | BIT(31))) return "this processor has no AVX-512 (F, DQ, BW, VL)";
    return (f->saved & 0xE6) == 0xE6 ? NULL : "the operating system does not save AVX-512 registers";
}

// Since Linux 5.16 a process must ask before it may use tiles; once is enough, and asking again does no harm.
static const char *amx(const features *f) {
    enum { request_permission = 0x1023, tile_data = 18 };
    const char *obstacle = avx512(f);
    if (!has(f->leaf7_edx, BIT(22) | BIT(24) | BIT(25))) return "this processor has no AMX (tiles, int8, bf16)";
    if (obstacle != NULL) return obstacle;
    if ((f->saved >> 17 & 3) != 3) return "the operating system does not save AMX tiles";
    if (syscall(SYS_arch_prctl, request_permission, tile_data) != 0)
        return "the operating system refused permission for AMX tiles (ARCH_REQ_XCOMP_PERM)";
    return NULL;
}

const char *assay_features_obstacle(int isa) {
    if (isa == ASSAY_ISA_SSE2) return NULL;
    const features f = read_features();
    const char *obstacle;
    switch (isa) {
    case ASSAY_ISA_AVX2: return avx2(&f);
    case ASSAY_ISA_AVX_VNNI:
        obstacle = avx2(&f);
        return obstacle != NULL || has(f.leaf7_1_eax, BIT(4)) ? obstacle : "this processor has no AVX-VNNI";
    case ASSAY_ISA_AVX512F: return avx512(&f);
    case ASSAY_ISA_AVX512_VNNI:
        obstacle = avx512(&f);
        return obstacle != NULL || has(f.leaf7_ecx, BIT(11)) ? obstacle : "this processor has no AVX512-VNNI";
    case ASSAY_ISA_AVX512_BF16:
        obstacle = avx512(&f);
        return obstacle != NULL || has(f.leaf7_1_eax, BIT(5)) ? obstacle : "this processor has no AVX512-BF16";
    case ASSAY_ISA_AVX512_FP16:
        obstacle = avx512(&f);
        return obstacle != NULL || has(f.leaf7_edx, BIT(23)) ? obstacle : "this processor has no AVX512-FP16";
    case ASSAY_ISA_AMX: return amx(&f);
    default: return "this processor is no 64-bit Arm";
    }
}
#else
typedef int assay_features_x86_is_x86_only;
#endif
