#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "ahead.h"

/// Loops over a constant number of loads are unrolled: what is measured is the memory, not the loop.
#define ASSAY_UNROLLED _Pragma("clang loop unroll(full)")

// Loads that are made and not used: for the ceilings that only read. `assay_used` tells the compiler that a register is
// needed, which costs no instruction. Each variant reads `piece`s of a width of its own.

#if defined(__x86_64__)
#define ASSAY_512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define ASSAY_256 __attribute__((target("avx2,fma")))

ASSAY_512 ASSAY_ALWAYS void assay_used_512(__m512i x) { __asm__ volatile("" ::"v"(x)); }
ASSAY_256 ASSAY_ALWAYS void assay_used_256(__m256i x) { __asm__ volatile("" ::"x"(x)); }

ASSAY_512 ASSAY_ALWAYS uint64_t assay_words_512(__m512i x) {
    uint64_t words[8], all = 0;
    memcpy(words, &x, sizeof words);
    for (int i = 0; i < 8; i++) all ^= words[i];
    return all;
}

ASSAY_256 ASSAY_ALWAYS uint64_t assay_words_256(__m256i x) {
    uint64_t words[4];
    memcpy(words, &x, sizeof words);
    return words[0] ^ words[1] ^ words[2] ^ words[3];
}
#endif

/// Sixteen bytes: a register everywhere.
typedef uint64_t assay_piece __attribute__((vector_size(16)));

ASSAY_ALWAYS assay_piece assay_load_piece(const char *from) {
    assay_piece piece;
    memcpy(&piece, from, sizeof piece);
    return piece;
}

ASSAY_ALWAYS void assay_used_piece(assay_piece x) {
#if defined(__x86_64__)
    __asm__ volatile("" ::"x"(x));
#elif defined(__aarch64__)
    __asm__ volatile("" ::"w"(x));
#else
    __asm__ volatile("" ::"r"(x[0]), "r"(x[1]));
#endif
}

/// Fewer than sixteen bytes, as words filled up with zeros.
ASSAY_ALWAYS assay_piece assay_load_rest(const char *from, size_t bytes) {
    uint64_t words[2] = {0, 0};
    memcpy(words, from, bytes);
    return (assay_piece){words[0], words[1]};
}
