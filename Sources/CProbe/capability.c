// Capabilities of one thread, without libcap: two system calls and a structure that never change.
#define _GNU_SOURCE
#include "CProbe.h"

#ifdef __linux__
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct __user_cap_data_struct CapabilityWords[_LINUX_CAPABILITY_U32S_3];

static int read_words(CapabilityWords words) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    return syscall(SYS_capget, &header, words) == 0;
}

static int set_effective(CapabilityWords words, int effective) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    const unsigned bit = 1u << (CAP_SYS_ADMIN % 32);
    unsigned *set = &words[CAP_SYS_ADMIN / 32].effective;
    *set = effective ? *set | bit : *set & ~bit;
    return syscall(SYS_capset, &header, words) == 0;
}

int assay_administration_suspend(void) {
    CapabilityWords words;
    if (!read_words(words)) return 0;
    if (!(words[CAP_SYS_ADMIN / 32].effective & (1u << (CAP_SYS_ADMIN % 32)))) return 0;
    return set_effective(words, 0);
}

void assay_administration_resume(void) {
    CapabilityWords words;
    if (read_words(words)) set_effective(words, 1);
}
#else
int assay_administration_suspend(void) { return 0; }
void assay_administration_resume(void) {}
#endif
