#define _GNU_SOURCE
#include "buffer.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const size_t huge_page = (size_t)2 << 20;

static size_t rounded(size_t bytes) {
    size_t unit = bytes >= huge_page ? huge_page : (size_t)sysconf(_SC_PAGESIZE);
    if (bytes == 0) bytes = 1;
    return (bytes + unit - 1) / unit * unit;
}

static void *map(size_t bytes, int flags) {
    void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
    return start == MAP_FAILED ? NULL : start;
}

static int transparent_pages_are_off(void) {
    char text[64] = "";
    FILE *file = fopen("/sys/kernel/mm/transparent_hugepage/enabled", "re");
    if (file == NULL) return 1;
    if (fgets(text, sizeof text, file) == NULL) text[0] = 0;
    fclose(file);
    return strstr(text, "[never]") != NULL;
}

// Pages that were set aside by the administrator. They are touched at once: a page that is promised and then not there
// would be a SIGBUS later, here it is an error.
static void *map_reserved(size_t bytes) {
    enum { populate_write = 23 };
    const int two_megabytes = 21 << 26; // MAP_HUGE_2MB
    char *start = map(bytes, MAP_HUGETLB | two_megabytes);
    if (start == NULL) return NULL;
    if (madvise(start, bytes, populate_write) == 0) return start;
    munmap(start, bytes);
    return NULL;
}

// One huge page more than needed is mapped, and what lies before and after the aligned part is given back.
static void *map_aligned(size_t bytes, int advice) {
    char *start = map(bytes + huge_page, 0);
    if (start == NULL) return NULL;
    char *aligned = (char *)(((uintptr_t)start + huge_page - 1) / huge_page * huge_page);
    size_t before = (size_t)(aligned - start);
    if (before > 0) munmap(start, before);
    if (before < huge_page) munmap(aligned + bytes, huge_page - before);
    // Advice only: where huge pages are switched off the buffer is as good, only slower.
    (void)madvise(aligned, bytes, advice);
    return aligned;
}

void *assay_buffer_map_on(size_t bytes, assay_pages pages) {
    if (bytes > SIZE_MAX - 2 * huge_page) {
        errno = ENOMEM;
        return NULL;
    }
    size_t size = rounded(bytes);
    if (size < huge_page) return map(size, 0);
    if (pages == ASSAY_PAGES_SMALL) return map_aligned(size, MADV_NOHUGEPAGE);
    void *reserved = transparent_pages_are_off() ? map_reserved(size) : NULL;
    return reserved != NULL ? reserved : map_aligned(size, MADV_HUGEPAGE);
}

void *assay_buffer_map(size_t bytes) { return assay_buffer_map_on(bytes, ASSAY_PAGES_HUGE); }

void assay_buffer_unmap(void *buffer, size_t bytes) {
    if (buffer != NULL) munmap(buffer, rounded(bytes));
}

// The kernel may show a buffer and its neighbours as one mapping, or cut it in two: what a mapping holds is shared out by
// how much of it lies in the buffer.
int assay_buffer_pages(const void *buffer, size_t bytes, size_t *resident, size_t *huge) {
    FILE *file = fopen("/proc/self/smaps", "re");
    if (file == NULL) return errno;
    uintptr_t first = (uintptr_t)buffer, last = first + bytes, start = 0, end = 0;
    double part = 0, found = 0, large = 0;
    char line[512], name[64];
    while (fgets(line, sizeof line, file) != NULL) {
        unsigned long from, to, kilobytes;
        if (sscanf(line, "%lx-%lx %*s", &from, &to) == 2) {
            start = from > first ? from : first, end = to < last ? to : last;
            part = start < end && from < to ? (double)(end - start) / (double)(to - from) : 0;
        } else if (part > 0 && sscanf(line, "%63[^:]: %lu kB", name, &kilobytes) == 2) {
            int reserved = strcmp(name, "Private_Hugetlb") == 0;
            if (reserved || strcmp(name, "Rss") == 0) found += part * (double)kilobytes * 1024;
            if (reserved || strcmp(name, "AnonHugePages") == 0) large += part * (double)kilobytes * 1024;
        }
    }
    fclose(file);
    *resident = (size_t)(found + 0.5), *huge = (size_t)(large + 0.5);
    return 0;
}
