#pragma once

#include "embedding.h"
#include "scatter.h"

// One of each for every instruction set; what is not built for this architecture is never named.
#define ASSAY_DECLARE(isa)                                                                    \
    void assay_embedding_f32_##isa(const assay_embedding *job, size_t first, size_t last);    \
    void assay_embedding_bf16_##isa(const assay_embedding *job, size_t first, size_t last);   \
    void assay_embedding_int8_##isa(const assay_embedding *job, size_t first, size_t last);   \
    void assay_scatter_##isa(const assay_scatter *job, int worker, int workers);

ASSAY_DECLARE(avx512f)
ASSAY_DECLARE(avx2)
ASSAY_DECLARE(asimd)
ASSAY_DECLARE(portable)
