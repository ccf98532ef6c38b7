#define _GNU_SOURCE
#include "CProbe.h"

#include <malloc.h>
#include <string.h>

// musl's allocator has no such settings.
void assay_memory_keep(void) {
#ifdef __GLIBC__
    mallopt(M_TOP_PAD, 1 << 22);
    mallopt(M_MMAP_THRESHOLD, 1 << 28);
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
#endif
}

const void *assay_memory_find(const void *bytes, size_t count, const void *mark, size_t length) {
    return memmem(bytes, count, mark, length);
}
