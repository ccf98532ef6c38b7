#pragma once

#include <stddef.h>

/// Which pages a buffer should lie on.
typedef enum {
    /// Huge ones where they are allowed: transparent huge pages by madvise, and where these are switched off the reserved
    /// ones (MAP_HUGETLB) if there are any.
    ASSAY_PAGES_HUGE,
    /// Small ones, even where the system would give huge ones unasked.
    ASSAY_PAGES_SMALL
} assay_pages;

/// `bytes` of zeroed memory, aligned to a huge page (2 MiB) where it is at least as large as one and to a page otherwise;
/// NULL with errno when there is none. Nothing is touched, unless reserved huge pages are used: each page goes to the node
/// of the thread that touches it first.
void *assay_buffer_map(size_t bytes);

/// The same on the pages that are named.
void *assay_buffer_map_on(size_t bytes, assay_pages pages);

/// Gives back what `assay_buffer_map(bytes)` returned.
void assay_buffer_unmap(void *buffer, size_t bytes);

/// Where a buffer really lies: bytes that have been touched, and those of them on huge pages, from /proc/self/smaps.
/// 0, or an errno where that cannot be read.
int assay_buffer_pages(const void *buffer, size_t bytes, size_t *resident, size_t *huge);
