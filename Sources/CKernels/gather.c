#include "gather.h"

#include "bags.h"
#include "lines.h"

// Rows are asked for ahead as in embedding lookup: a ceiling is what the memory gives at best.
ASSAY_ALWAYS const char *row_of(const assay_gather *job, size_t lookup, size_t last, size_t ahead) {
    const char *table = job->table;
    if (lookup + ahead < last) assay_ask(table + (size_t)job->indices[lookup + ahead] * job->bytes, job->bytes);
    return table + (size_t)job->indices[lookup] * job->bytes;
}

ASSAY_ALWAYS size_t ask_first(const assay_gather *job, size_t first, size_t last) {
    size_t ahead = assay_rows_ahead(job->bytes);
    for (size_t i = first; i < last && i < first + ahead; i++)
        assay_ask((const char *)job->table + (size_t)job->indices[i] * job->bytes, job->bytes);
    return ahead;
}

ASSAY_ALWAYS uint64_t gather_pieces(const assay_gather *job, size_t first, size_t last, const int fold) {
    size_t ahead = ask_first(job, first, last), whole = job->bytes / 16 * 16;
    assay_piece all = {0, 0};
    for (size_t i = first; i < last; i++) {
        const char *row = row_of(job, i, last, ahead);
        for (size_t offset = 0; offset < whole; offset += 16) {
            assay_piece x = assay_load_piece(row + offset);
            if (fold) all ^= x;
            else assay_used_piece(x);
        }
        if (whole == job->bytes) continue;
        assay_piece x = assay_load_rest(row + whole, job->bytes - whole);
        if (fold) all ^= x;
        else assay_used_piece(x);
    }
    return all[0] ^ all[1];
}

static uint64_t gather_portable(const assay_gather *job, size_t first, size_t last, int fold) {
    return fold ? gather_pieces(job, first, last, 1) : gather_pieces(job, first, last, 0);
}

#if defined(__x86_64__)
ASSAY_512 ASSAY_ALWAYS uint64_t gather_512(const assay_gather *job, size_t first, size_t last, const int fold) {
    size_t ahead = ask_first(job, first, last), whole = job->bytes / 64 * 64, rest = job->bytes - whole;
    __mmask64 mask = ((__mmask64)1 << rest) - 1;
    __m512i all = _mm512_setzero_si512();
    for (size_t i = first; i < last; i++) {
        const char *row = row_of(job, i, last, ahead);
        for (size_t offset = 0; offset < whole; offset += 64) {
            __m512i x = _mm512_loadu_si512(row + offset);
            if (fold) all = _mm512_xor_si512(all, x);
            else assay_used_512(x);
        }
        if (rest == 0) continue;
        __m512i x = _mm512_maskz_loadu_epi8(mask, row + whole);
        if (fold) all = _mm512_xor_si512(all, x);
        else assay_used_512(x);
    }
    return assay_words_512(all);
}

ASSAY_512 static uint64_t gather_avx512f(const assay_gather *job, size_t first, size_t last, int fold) {
    return fold ? gather_512(job, first, last, 1) : gather_512(job, first, last, 0);
}

ASSAY_256 ASSAY_ALWAYS uint64_t gather_256(const assay_gather *job, size_t first, size_t last, const int fold) {
    size_t ahead = ask_first(job, first, last), whole = job->bytes / 32 * 32, pieces = job->bytes / 16 * 16;
    __m256i all = _mm256_setzero_si256();
    assay_piece rest = {0, 0};
    for (size_t i = first; i < last; i++) {
        const char *row = row_of(job, i, last, ahead);
        for (size_t offset = 0; offset < whole; offset += 32) {
            __m256i x = _mm256_loadu_si256((const __m256i *)(row + offset));
            if (fold) all = _mm256_xor_si256(all, x);
            else assay_used_256(x);
        }
        if (whole == job->bytes) continue;
        if (whole < pieces) {
            assay_piece x = assay_load_piece(row + whole);
            if (fold) rest ^= x;
            else assay_used_piece(x);
        }
        if (pieces == job->bytes) continue;
        assay_piece x = assay_load_rest(row + pieces, job->bytes - pieces);
        if (fold) rest ^= x;
        else assay_used_piece(x);
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
