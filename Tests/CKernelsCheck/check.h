#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

/// Notes a problem and says where, unless `holds`.
void expect(int holds, const char *what, const char *variant, size_t size);

/// Memory that is exactly as large as it must be, so that a sanitizer sees a read or write beside it. It begins `off` bytes
/// after a multiple of 64.
typedef struct {
    void *base;
    char *start;
} block;

block take(size_t bytes, size_t off);
void give(block b);

/// A pool of threads that are not pinned.
assay_pool *workers(int count);

void check_embedding(int isa);
void check_scatter(int isa);
void check_bags(void);
void check_gather(int isa);
void check_read(int isa);
void check_stream(int isa);
void check_peak(int isa);
void check_tiles(void);
void check_chase(void);
void check_buffers(void);
