#define _GNU_SOURCE
#include "CProbe.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

#ifdef __GLIBC__
enum { words = 128 };  // 8,192 processing units

struct start {
    void *(*body)(void *);
    void *argument;
    unsigned long allowed[words];
    size_t bytes;
};

static void *run(void *argument) {
    struct start start = *(struct start *)argument;
    free(argument);
    // Only where it begins is asked for; it may run where its process may.
    if (start.bytes) sched_setaffinity(0, start.bytes, (cpu_set_t *)start.allowed);
    return start.body(start.argument);
}

int assay_thread_start_apart(pthread_t *thread, void *(*body)(void *), void *argument) {
    struct start *start = calloc(1, sizeof *start);
    if (!start) return pthread_create(thread, NULL, body, argument);
    start->body = body;
    start->argument = argument;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    int here = sched_getcpu();
    if (here >= 0 && here < (int)(sizeof start->allowed * 8)
        && sched_getaffinity(0, sizeof start->allowed, (cpu_set_t *)start->allowed) == 0) {
        unsigned long others[words];
        memcpy(others, start->allowed, sizeof others);
        others[here / (8 * sizeof *others)] &= ~(1ul << here % (8 * sizeof *others));
        int any = 0;
        for (int i = 0; i < words; i++) any |= others[i] != 0;
        if (any && pthread_attr_setaffinity_np(&attributes, sizeof others, (cpu_set_t *)others) == 0)
            start->bytes = sizeof start->allowed;
    }
    int failed = pthread_create(thread, &attributes, run, start);
    // A set that has meanwhile become impossible is no reason to have no thread.
    if (failed && start->bytes) {
        start->bytes = 0;
        failed = pthread_create(thread, NULL, run, start);
    }
    pthread_attr_destroy(&attributes);
    if (failed) free(start);
    return failed;
}
#else
int assay_thread_start_apart(pthread_t *thread, void *(*body)(void *), void *argument) {
    return pthread_create(thread, NULL, body, argument);
}
#endif
