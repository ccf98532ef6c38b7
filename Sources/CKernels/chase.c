#include "chase.h"

#include <errno.h>

#include "buffer.h"
#include "generator.h"

// Sattolo's algorithm leaves a permutation that is one cycle. It runs over 32-bit numbers, a sixteenth of the lines'
// size, so that the random access of making the cycle stays in the caches as far as can be.
static void shuffle(uint32_t *next, size_t lines, uint64_t seed) {
    for (size_t i = 0; i < lines; i++) next[i] = (uint32_t)i;
    for (size_t i = lines - 1; i > 0; i--) {
        size_t j = (size_t)assay_below(seed, i, i);
        uint32_t held = next[i];
        next[i] = next[j];
        next[j] = held;
    }
}

int assay_chase_build(void *base, size_t lines, uint64_t seed) {
    if (lines == 0 || lines > UINT32_MAX) return EINVAL;
    uint32_t *next = assay_buffer_map(lines * sizeof(uint32_t));
    if (next == NULL) return ENOMEM;
    shuffle(next, lines, seed);
    char *start = base;
    for (size_t i = 0; i < lines; i++)
        *(void **)(start + i * ASSAY_CHASE_LINE) = start + (size_t)next[i] * ASSAY_CHASE_LINE;
    assay_buffer_unmap(next, lines * sizeof(uint32_t));
    return 0;
}

#define FOLLOW_1 p = *(void *volatile *)p;
#define FOLLOW_4 FOLLOW_1 FOLLOW_1 FOLLOW_1 FOLLOW_1
#define FOLLOW_32 FOLLOW_4 FOLLOW_4 FOLLOW_4 FOLLOW_4 FOLLOW_4 FOLLOW_4 FOLLOW_4 FOLLOW_4

void *assay_chase_follow(void *start, size_t loads) {
    void *p = start;
    for (; loads >= 32; loads -= 32) { FOLLOW_32 }
    for (; loads > 0; loads--) { FOLLOW_1 }
    return p;
}
