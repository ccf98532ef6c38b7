#pragma once

// Kernels of our own in C: what Swift cannot say is the instruction set of one function and the order of loads and
// stores. Every function here is free of global state and safe to call from any thread unless it says otherwise.

#include "buffer.h"
#include "chase.h"
#include "embedding.h"
#include "generator.h"
#include "isa.h"
#include "peak.h"
#include "pool.h"
#include "triad.h"
