#include "gather.h"

#include "bags.h"
#include "lines.h"

// Rows are asked for in groups, as embedding lookup does, but in the groups that read fastest when reading is all there is:
// smaller ones, two ahead of the one that is read (27 ns a row of 512 bytes on a Zen 4, 29 ns in the lookup's way).
typedef struct {
    const assay_gather *job;
    size_t next, rows, last;
} groups;

ASSAY_ALWAYS void ask(const groups *g, size_t from) {
    size_t start = from < g->last ? from : g->last, left = g->last - start;
    assay_ask_group(g->job->table, g->job->indices + start, left < g->rows ? left : g->rows, g->job->bytes);
}

ASSAY_ALWAYS groups begin(const assay_gather *job, size_t first, size_t last) {
    groups g = {job, first, (3 * assay_group_rows(job->bytes) + 3) / 4, last};
    ask(&g, first);
    ask(&g, first + g.rows);
    return g;
}

/// The end of the group that begins where the one before ended, after the second behind it is asked for.
ASSAY_ALWAYS size_t next_end(groups *g) {
    size_t left = g->last - g->next;
    ask(g, g->next + 2 * g->rows);
    return g->next += left < g->rows ? left : g->rows;
}

ASSAY_ALWAYS const char *row_of(const assay_gather *job, size_t lookup) {
    return (const char *)job->table + (size_t)job->indices[lookup] * job->bytes;
}

// One row: eight registers at a time as embedding lookup takes them, then one at a time, then what is left.

ASSAY_ALWAYS assay_piece touch_piece(const char *from, assay_piece all, const int fold) {
    assay_piece x = assay_load_piece(from);
    if (fold) return all ^ x;
    assay_used_piece(x);
    return all;
}

ASSAY_ALWAYS assay_piece touch_row(const char *row, size_t bytes, assay_piece all, const int fold) {
    size_t offset = 0;
    for (; offset + 128 <= bytes; offset += 128) {
        ASSAY_UNROLLED for (size_t i = 0; i < 128; i += 16) all = touch_piece(row + offset + i, all, fold);
    }
    for (; offset + 16 <= bytes; offset += 16) all = touch_piece(row + offset, all, fold);
    if (offset == bytes) return all;
    assay_piece x = assay_load_rest(row + offset, bytes - offset);
    if (fold) return all ^ x;
    assay_used_piece(x);
    return all;
}

ASSAY_ALWAYS uint64_t gather_pieces(const assay_gather *job, size_t first, size_t last, const int fold) {
    groups g = begin(job, first, last);
    assay_piece all = {0, 0};
    for (size_t i = first; i < last;) {
        for (size_t end = next_end(&g); i < end; i++) all = touch_row(row_of(job, i), job->bytes, all, fold);
    }
    return all[0] ^ all[1];
}

static uint64_t gather_portable(const assay_gather *job, size_t first, size_t last, int fold) {
    return fold ? gather_pieces(job, first, last, 1) : gather_pieces(job, first, last, 0);
}

#if defined(__x86_64__)
ASSAY_512 ASSAY_ALWAYS __m512i touch_512(__m512i x, __m512i all, const int fold) {
    if (fold) return _mm512_xor_si512(all, x);
    assay_used_512(x);
    return all;
}

ASSAY_512 ASSAY_ALWAYS __m512i touch_row_512(const char *row, size_t bytes, __m512i all, const int fold) {
    size_t offset = 0;
    for (; offset + 512 <= bytes; offset += 512) {
        ASSAY_UNROLLED for (size_t j = 0; j < 512; j += 64)
            all = touch_512(_mm512_loadu_si512(row + offset + j), all, fold);
    }
    for (; offset + 64 <= bytes; offset += 64) all = touch_512(_mm512_loadu_si512(row + offset), all, fold);
    __mmask64 mask = ((__mmask64)1 << bytes % 64) - 1;
    return mask == 0 ? all : touch_512(_mm512_maskz_loadu_epi8(mask, row + offset), all, fold);
}

ASSAY_512 ASSAY_ALWAYS uint64_t gather_512(const assay_gather *job, size_t first, size_t last, const int fold) {
    groups g = begin(job, first, last);
    __m512i all = _mm512_setzero_si512();
    for (size_t i = first; i < last;) {
        for (size_t end = next_end(&g); i < end; i++) all = touch_row_512(row_of(job, i), job->bytes, all, fold);
    }
    return assay_words_512(all);
}

ASSAY_512 static uint64_t gather_avx512f(const assay_gather *job, size_t first, size_t last, int fold) {
    return fold ? gather_512(job, first, last, 1) : gather_512(job, first, last, 0);
}

ASSAY_256 ASSAY_ALWAYS __m256i touch_256(const char *from, __m256i all, const int fold) {
    __m256i x = _mm256_loadu_si256((const __m256i *)from);
    if (fold) return _mm256_xor_si256(all, x);
    assay_used_256(x);
    return all;
}

ASSAY_256 ASSAY_ALWAYS uint64_t gather_256(const assay_gather *job, size_t first, size_t last, const int fold) {
    groups g = begin(job, first, last);
    const size_t bytes = job->bytes;
    __m256i all = _mm256_setzero_si256();
    assay_piece rest = {0, 0};
    for (size_t i = first, end = next_end(&g); i < last; i++) {
        if (i == end) end = next_end(&g);
        const char *row = row_of(job, i);
        size_t offset = 0;
        for (; offset + 256 <= bytes; offset += 256) {
            ASSAY_UNROLLED for (size_t j = 0; j < 256; j += 32) all = touch_256(row + offset + j, all, fold);
        }
        for (; offset + 32 <= bytes; offset += 32) all = touch_256(row + offset, all, fold);
        if (offset < bytes) rest = touch_row(row + offset, bytes - offset, rest, fold);
    }
    return assay_words_256(all) ^ rest[0] ^ rest[1];
}

ASSAY_256 static uint64_t gather_avx2(const assay_gather *job, size_t first, size_t last, int fold) {
    return fold ? gather_256(job, first, last, 1) : gather_256(job, first, last, 0);
}
#endif

assay_gather_function assay_gather_variant(int isa) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: return gather_avx512f;
    case ASSAY_ISA_AVX2: return gather_avx2;
#elif defined(__aarch64__)
    // The portable one reads with the registers that every 64-bit Arm has.
    case ASSAY_ISA_ASIMD: return gather_portable;
#endif
    case ASSAY_ISA_PORTABLE: return gather_portable;
    default: return NULL;
    }
}

typedef struct {
    assay_gather_function function;
    const assay_gather *jobs;
    size_t tables, set;
    int fold;
    uint64_t *result;
} reading;

static void gather_part(void *context, int worker, int workers) {
    const reading *r = context;
    uint64_t all = 0;
    for (size_t i = 0; i < r->tables; i++) {
        assay_gather job = r->jobs[i];
        job.indices += r->set * job.lookups;
        size_t first, last;
        assay_part(job.lookups, 1, worker, workers, &first, &last);
        all ^= r->function(&job, first, last, r->fold);
    }
    if (r->fold) __atomic_fetch_xor(r->result, all, __ATOMIC_RELAXED);
}

size_t assay_gather_run(
    assay_pool *pool, assay_gather_function function, const assay_gather *jobs, size_t tables, size_t sets,
    size_t set, size_t iterations, int fold, uint64_t *result
) {
    reading r = {function, jobs, tables, set, fold, result};
    for (size_t i = 0; i < iterations; i++) {
        *result = 0;
        assay_pool_run(pool, gather_part, &r);
        r.set = r.set + 1 < sets ? r.set + 1 : 0;
    }
    return r.set;
}
