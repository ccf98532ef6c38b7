#define _GNU_SOURCE
#include "units.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>

int assay_units_pin(int unit) {
    if (unit < 0 || unit >= 1 << 24) return EINVAL;
    size_t bytes = CPU_ALLOC_SIZE(unit + 1);
    cpu_set_t *set = CPU_ALLOC(unit + 1);
    if (set == NULL) return ENOMEM;
    CPU_ZERO_S(bytes, set);
    CPU_SET_S(unit, bytes, set);
    int error = pthread_setaffinity_np(pthread_self(), bytes, set);
    CPU_FREE(set);
    return error;
}

// The set grows until the kernel's own fits: a machine may have more units than cpu_set_t knows.
int assay_units_remember(assay_units *units) {
    for (int most = 1024; most <= 1 << 20; most *= 2) {
        units->bytes = CPU_ALLOC_SIZE(most);
        units->set = CPU_ALLOC(most);
        if (units->set == NULL) return ENOMEM;
        int error = pthread_getaffinity_np(pthread_self(), units->bytes, units->set);
        if (error == 0) return 0;
        CPU_FREE(units->set);
        units->set = NULL;
        if (error != EINVAL) return error;
    }
    return EINVAL;
}

void assay_units_give_back(assay_units *units) {
    if (units->set == NULL) return;
    pthread_setaffinity_np(pthread_self(), units->bytes, units->set);
    CPU_FREE(units->set);
    units->set = NULL;
}
