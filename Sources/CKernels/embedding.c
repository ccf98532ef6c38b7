#include "embedding.h"

#include "embedding_variants.h"

assay_embedding_function assay_embedding_variant(int isa) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: return assay_embedding_avx512f;
    case ASSAY_ISA_AVX2: return assay_embedding_avx2;
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: return assay_embedding_asimd;
#endif
    case ASSAY_ISA_PORTABLE: return assay_embedding_portable;
    default: return NULL;
    }
}

typedef struct {
    assay_embedding_function function;
    assay_embedding job;
} batch;

static void lookup_part(void *context, int worker, int workers) {
    const batch *b = context;
    size_t first, last;
    assay_part(b->job.batch, 1, worker, workers, &first, &last);
    b->function(&b->job, first, last);
}

size_t assay_embedding_run(
    assay_pool *pool, assay_embedding_function function, const assay_embedding *job, size_t sets, size_t set,
    size_t iterations
) {
    batch b = {function, *job};
    for (size_t i = 0; i < iterations; i++) {
        b.job.indices = job->indices + set * job->batch * job->bag;
        assay_pool_run(pool, lookup_part, &b);
        set = set + 1 < sets ? set + 1 : 0;
    }
    return set;
}
