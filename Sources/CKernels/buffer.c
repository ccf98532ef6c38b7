#define _GNU_SOURCE
#include "buffer.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static const size_t huge_page = (size_t)2 << 20;

static size_t rounded(size_t bytes) {
    size_t unit = bytes >= huge_page ? huge_page : (size_t)sysconf(_SC_PAGESIZE);
    if (bytes == 0) bytes = 1;
    return (bytes + unit - 1) / unit * unit;
}

static void *map(size_t bytes) {
    void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return start == MAP_FAILED ? NULL : start;
}

// One huge page more than needed is mapped, and what lies before and after the aligned part is given back.
static void *map_aligned(size_t bytes) {
    char *start = map(bytes + huge_page);
    if (start == NULL) return NULL;
    char *aligned = (char *)(((uintptr_t)start + huge_page - 1) / huge_page * huge_page);
    size_t before = (size_t)(aligned - start);
    if (before > 0) munmap(start, before);
    if (before < huge_page) munmap(aligned + bytes, huge_page - before);
    // Advice only: where huge pages are switched off the buffer is as good, only slower.
    (void)madvise(aligned, bytes, MADV_HUGEPAGE);
    return aligned;
}

void *assay_buffer_map(size_t bytes) {
    if (bytes > SIZE_MAX - 2 * huge_page) {
        errno = ENOMEM;
        return NULL;
    }
    size_t size = rounded(bytes);
    return size >= huge_page ? map_aligned(size) : map(size);
}

void assay_buffer_unmap(void *buffer, size_t bytes) {
    if (buffer != NULL) munmap(buffer, rounded(bytes));
}
