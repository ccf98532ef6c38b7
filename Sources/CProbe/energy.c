// perf_event_open for counters of a whole processor: the C library has no function for it.
#define _GNU_SOURCE
#include "CProbe.h"

#include <errno.h>
#include <string.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

int assay_energy_open(uint32_t type, uint64_t config, int processing_unit) {
    struct perf_event_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.size = sizeof attributes;
    attributes.type = type;
    attributes.config = config;
    int counter = (int)syscall(SYS_perf_event_open, &attributes, -1, processing_unit, -1, PERF_FLAG_FD_CLOEXEC);
    return counter < 0 ? -errno : counter;
}

int assay_energy_read(int counter, uint64_t *count) {
    *count = 0;
    ssize_t got = read(counter, count, sizeof *count);
    return got < 0 ? errno : got == (ssize_t)sizeof *count ? 0 : EIO;
}

void assay_energy_close(int counter) { close(counter); }
#else
int assay_energy_open(uint32_t type, uint64_t config, int processing_unit) {
    return (void)type, (void)config, (void)processing_unit, -ENOSYS;
}
int assay_energy_read(int counter, uint64_t *count) { return (void)counter, (void)count, ENOSYS; }
void assay_energy_close(int counter) { (void)counter; }
#endif
