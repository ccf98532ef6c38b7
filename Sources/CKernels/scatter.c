#include "scatter.h"

#include "embedding_variants.h"

assay_scatter_function assay_scatter_variant(int isa) {
    switch (isa) {
#if defined(__x86_64__)
    case ASSAY_ISA_AVX512F: return assay_scatter_avx512f;
    case ASSAY_ISA_AVX2: return assay_scatter_avx2;
#elif defined(__aarch64__)
    case ASSAY_ISA_ASIMD: return assay_scatter_asimd;
#endif
    case ASSAY_ISA_PORTABLE: return assay_scatter_portable;
    default: return NULL;
    }
}

typedef struct {
    assay_scatter_function function;
    const assay_scatter *jobs;
    size_t tables, set;
} batch;

static void scatter_part(void *context, int worker, int workers) {
    const batch *b = context;
    for (size_t i = 0; i < b->tables; i++) {
        assay_scatter job = b->jobs[i];
        size_t lookups = (size_t)job.offsets[job.batch] * b->set;
        job.indices += lookups;
        job.offsets += b->set * (job.batch + 1);
        if (job.weights != NULL) job.weights += lookups;
        b->function(&job, worker, workers);
    }
}

size_t assay_scatter_run(
    assay_pool *pool, assay_scatter_function function, const assay_scatter *jobs, size_t tables, size_t sets,
    size_t set, size_t iterations
) {
    batch b = {function, jobs, tables, set};
    for (size_t i = 0; i < iterations; i++) {
        assay_pool_run(pool, scatter_part, &b);
        b.set = b.set + 1 < sets ? b.set + 1 : 0;
    }
    return b.set;
}
