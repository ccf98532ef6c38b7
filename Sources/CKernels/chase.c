#include "chase.h"

#include <errno.h>

#include "buffer.h"
#include "generator.h"

// Fisher and Yates over 32-bit numbers, a sixteenth of the lines' size, so that this random access stays in the caches as
// far as can be. Lines in this order, the last leading to the first, are one cycle, and every such cycle is as likely.
static void shuffle(uint32_t *order, size_t lines, uint64_t seed) {
    for (size_t i = 0; i < lines; i++) order[i] = (uint32_t)i;
    for (size_t i = lines - 1; i > 0; i--) {
        size_t j = (size_t)assay_below(seed, i, i + 1);
        uint32_t held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

// Each line is written once, in the order of the cycle; the stores do not wait for each other, and those to come are
// announced.
static void link(char *start, const uint32_t *order, size_t lines) {
    const size_t ahead = 32;
    for (size_t i = 0; i < lines; i++) {
        if (i + ahead < lines) __builtin_prefetch(start + (size_t)order[i + ahead] * ASSAY_CHASE_LINE, 1, 3);
        size_t following = i + 1 < lines ? order[i + 1] : order[0];
        assay_link *line = (assay_link *)(start + (size_t)order[i] * ASSAY_CHASE_LINE);
        *line = (assay_link){start + following * ASSAY_CHASE_LINE, i};
    }
}

int assay_chase_build(void *base, size_t lines, uint64_t seed) {
    if (lines == 0 || lines > UINT32_MAX) return EINVAL;
    uint32_t *order = assay_buffer_map(lines * sizeof(uint32_t));
    if (order == NULL) return ENOMEM;
    shuffle(order, lines, seed);
    link(base, order, lines);
    assay_buffer_unmap(order, lines * sizeof(uint32_t));
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
