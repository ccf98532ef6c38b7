#include "embedding.h"

#include "bags.h"
#include "embedding_variants.h"

#define ASSAY_TYPES(isa)                                            \
    switch (type) {                                                 \
    case ASSAY_ROWS_F32: return assay_embedding_f32_##isa;          \
    case ASSAY_ROWS_BF16: return assay_embedding_bf16_##isa;        \
    case ASSAY_ROWS_INT8: return assay_embedding_int8_##isa;        \
    default: return NULL;                                           \
    }

assay_embedding_function assay_embedding_variant(int isa, int type) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: ASSAY_TYPES(avx512f)
    case ASSAY_ISA_AVX2: ASSAY_TYPES(avx2)
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: ASSAY_TYPES(asimd)
#endif
    case ASSAY_ISA_PORTABLE: ASSAY_TYPES(portable)
    default: return NULL;
    }
}

typedef struct {
    assay_embedding_function function;
    const assay_embedding *jobs;
    size_t tables, set;
} batch;

static void lookup_part(void *context, int worker, int workers) {
    const batch *b = context;
    for (size_t i = 0; i < b->tables; i++) {
        assay_embedding job = b->jobs[i];
        size_t lookups = (size_t)job.offsets[job.batch] * b->set, first, last;
        job.indices += lookups;
        job.offsets += b->set * (job.batch + 1);
        if (job.weights != NULL) job.weights += lookups;
        assay_bag_part(job.offsets, job.batch, worker, workers, &first, &last);
        b->function(&job, first, last);
    }
}

size_t assay_embedding_run(
    assay_pool *pool, assay_embedding_function function, const assay_embedding *jobs, size_t tables, size_t sets,
    size_t set, size_t iterations
) {
    batch b = {function, jobs, tables, set};
    for (size_t i = 0; i < iterations; i++) {
        assay_pool_run(pool, lookup_part, &b);
        b.set = b.set + 1 < sets ? b.set + 1 : 0;
    }
    return b.set;
}
