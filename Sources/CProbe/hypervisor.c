#include "CProbe.h"

#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>

int assay_hypervisor_signature(char signature[13]) {
    unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
    __cpuid(0x40000000, eax, ebx, ecx, edx);
    memcpy(signature, &ebx, 4);
    memcpy(signature + 4, &ecx, 4);
    memcpy(signature + 8, &edx, 4);
    signature[12] = 0;
    return 1;
}
#else
int assay_hypervisor_signature(char signature[13]) {
    memset(signature, 0, 13);
    return 0;
}
#endif
