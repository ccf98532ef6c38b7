#pragma once

#include <stddef.h>

/// `bytes` of zeroed memory, aligned to a huge page (2 MiB) where it is at least as large as one and to a page otherwise;
/// NULL with errno when there is none. Nothing is touched: each page goes to the node of the thread that touches it first.
void *assay_buffer_map(size_t bytes);

/// Gives back what `assay_buffer_map(bytes)` returned.
void assay_buffer_unmap(void *buffer, size_t bytes);
