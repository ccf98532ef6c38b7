#pragma once

#include <stddef.h>
#include <stdint.h>

/// Bytes of one link: a cache line on the machines this is for.
enum { ASSAY_CHASE_LINE = 64 };

/// The beginning of a line.
typedef struct {
    void *next;
    /// Its place on the cycle, by which the cycle can be verified without being followed.
    uint64_t rank;
} assay_link;

/// Makes `lines` lines from `base` on one random cycle. 0, or ENOMEM where there is no room for the 4 bytes a line that
/// it needs meanwhile; `lines` is below 2^32.
int assay_chase_build(void *base, size_t lines, uint64_t seed);

/// Follows `loads` addresses from `start` and returns the last. Each load needs the one before it.
void *assay_chase_follow(void *start, size_t loads);
