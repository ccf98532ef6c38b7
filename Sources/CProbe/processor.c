// CPUID, XCR0, the auxiliary vector and a few questions to the kernel about registers: none can be asked in Swift.
#define _GNU_SOURCE
#include "CProbe.h"

#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>

int assay_cpuid(unsigned leaf, unsigned subleaf, unsigned registers[4]) {
    memset(registers, 0, 4 * sizeof *registers);
    __cpuid_count(leaf, subleaf, registers[0], registers[1], registers[2], registers[3]);
    return 1;
}

unsigned long long assay_enabled_states(void) {
    unsigned low, high;
    // By its bytes, so that it needs no -mxsave.
    __asm__ volatile(".byte 0x0f, 0x01, 0xd0" : "=a"(low), "=d"(high) : "c"(0));
    return (unsigned long long)high << 32 | low;
}
#else
int assay_cpuid(unsigned leaf, unsigned subleaf, unsigned registers[4]) {
    (void)leaf, (void)subleaf;
    memset(registers, 0, 4 * sizeof *registers);
    return 0;
}

unsigned long long assay_enabled_states(void) { return 0; }
#endif

int assay_permitted_states(unsigned long long *states) {
    *states = 0;
#if defined(__x86_64__)
    const int permitted = 0x1022; // ARCH_GET_XCOMP_PERM, from Linux 5.16 on
    return syscall(SYS_arch_prctl, permitted, states) == 0;
#else
    return 0;
#endif
}

unsigned long assay_capabilities(int which) { return getauxval(which == 2 ? 26 /* AT_HWCAP2 */ : 16 /* AT_HWCAP */); }

int assay_scalable_vector_bytes(void) {
#if defined(__aarch64__)
    const int length = 51; // PR_SVE_GET_VL
    int answer = prctl(length);
    return answer < 0 ? -1 : answer & 0xffff;
#else
    return -1;
#endif
}

unsigned long long assay_generic_timer_frequency(void) {
#if defined(__aarch64__)
    unsigned long long frequency;
    __asm__("mrs %0, cntfrq_el0" : "=r"(frequency));
    return frequency;
#else
    return 0;
#endif
}
