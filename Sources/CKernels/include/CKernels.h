#pragma once

// Kernels of our own in C: what Swift cannot say is the instruction set of one function and the order of loads and
// stores. Every function here is safe to call from any thread unless it says otherwise.

#include "bags.h"
#include "buffer.h"
#include "cacheread.h"
#include "chase.h"
#include "embedding.h"
#include "gather.h"
#include "generator.h"
#include "isa.h"
#include "peak.h"
#include "pool.h"
#include "rows.h"
#include "scatter.h"
#include "stream.h"
#include "zipf.h"
