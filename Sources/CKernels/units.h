#pragma once

#include <stddef.h>

/// The processing units a thread may use, as the operating system keeps them.
typedef struct {
    void *set; // NULL: not known
    size_t bytes;
} assay_units;

/// Binds the calling thread to one unit. 0, or an errno.
int assay_units_pin(int unit);

/// Notes what the calling thread may use now. 0, or an errno.
int assay_units_remember(assay_units *units);

/// Gives the calling thread back what was noted, if anything was, and forgets it.
void assay_units_give_back(assay_units *units);
