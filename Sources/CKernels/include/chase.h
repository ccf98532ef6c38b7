#pragma once

#include <stddef.h>
#include <stdint.h>

/// Bytes of one link: a cache line on the machines this is for.
enum { ASSAY_CHASE_LINE = 64 };

/// Makes `lines` lines from `base` on one random cycle: each begins with the address of the next. 0, or ENOMEM where
/// there is no room for the 4 bytes a line that it needs meanwhile; `lines` is below 2^32.
int assay_chase_build(void *base, size_t lines, uint64_t seed);

/// Follows `loads` addresses from `start` and returns the last. Each load needs the one before it.
void *assay_chase_follow(void *start, size_t loads);
