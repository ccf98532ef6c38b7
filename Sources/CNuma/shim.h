// What Swift cannot reach in libnuma's headers, and nothing else.
#pragma once
#include <numa.h>
#include <numaif.h>

/// A global that libnuma fills before `main` and never changes, which Swift cannot know.
static inline const struct bitmask *assay_numa_nodes(void) { return numa_nodes_ptr; }
