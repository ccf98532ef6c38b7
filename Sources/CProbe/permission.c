// System calls that a container's filter or a kernel setting may refuse. The only honest answer is to try: settings tell
// half of it, and filters tell nothing.
#define _GNU_SOURCE
#include "CProbe.h"

#include <errno.h>
#include <string.h>

#ifdef __linux__
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

long assay_affinity_read(unsigned long *words, size_t count) {
    memset(words, 0, count * sizeof *words);
    long bytes = syscall(SYS_sched_getaffinity, 0, count * sizeof *words, words);
    return bytes < 0 ? -errno : (bytes + (long)sizeof *words - 1) / (long)sizeof *words;
}

int assay_affinity_write(const unsigned long *words, size_t count) {
    return syscall(SYS_sched_setaffinity, 0, count * sizeof *words, words) < 0 ? errno : 0;
}

enum { POLICY_PREFERRED = 1, NODES = 1024 };

int assay_memory_policy_try(void) {
    int mode = 0;
    // Room for one bit more than is asked for: the kernel takes one off.
    unsigned long nodes[NODES / (8 * sizeof(unsigned long)) + 1] = {0};
    if (syscall(SYS_get_mempolicy, &mode, nodes, NODES + 1, NULL, 0) < 0) return errno;
    // Preferred without a node is what "local" is called in every version of the interface.
    if (syscall(SYS_set_mempolicy, POLICY_PREFERRED, NULL, 0) < 0) return errno;
    return syscall(SYS_set_mempolicy, mode, nodes, NODES + 1) < 0 ? errno : 0;
}

static void work(void) {
    for (volatile int i = 0; i < 200000; i++) {}
}

static int find(const char *name, struct perf_event_attr *attributes) {
    static const struct {
        const char *name;
        uint32_t type;
        uint64_t config;
    } all[] = {
        {"cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
        {"instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
        {"task-clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(all[i].name, name) != 0) continue;
        attributes->type = all[i].type;
        attributes->config = all[i].config;
        return 1;
    }
    return 0;
}

int assay_counter_try(const char *name, int with_kernel, uint64_t *count) {
    *count = 0;
    struct perf_event_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.size = sizeof attributes;
    if (!find(name, &attributes)) return EINVAL;
    attributes.exclude_kernel = !with_kernel;
    attributes.exclude_hv = !with_kernel;
    int counter = (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (counter < 0) return errno;
    work();
    ssize_t got = read(counter, count, sizeof *count);
    int error = got < 0 ? errno : got == (ssize_t)sizeof *count ? 0 : EIO;
    close(counter);
    return error;
}
#else
long assay_affinity_read(unsigned long *words, size_t count) { return (void)words, (void)count, -ENOSYS; }
int assay_affinity_write(const unsigned long *words, size_t count) { return (void)words, (void)count, ENOSYS; }
int assay_memory_policy_try(void) { return ENOSYS; }
int assay_counter_try(const char *name, int with_kernel, uint64_t *count) {
    return (void)name, (void)with_kernel, (void)count, ENOSYS;
}
#endif
