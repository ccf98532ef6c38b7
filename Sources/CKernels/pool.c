#define _GNU_SOURCE
#include "pool.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "relax.h"
#include "units.h"

typedef struct {
    assay_pool *pool;
    pthread_t thread;
    int index;
    int unit; // -1: not pinned
    int error;
} member;

// What the waiting threads read and what they write lie on lines of their own.
struct assay_pool {
    _Alignas(64) _Atomic uint32_t generation; // a new number is a new task
    _Alignas(64) _Atomic int remaining;       // workers that have not finished it
    _Alignas(64) _Atomic int sleepers;        // workers that wait in the kernel
    _Alignas(64) assay_task task;
    void *context;
    int stopping;
    int workers;
    int started;
    member *members;
    assay_units before; // the creator's processing units, to be given back
};

// Waiting is done in three stages: spinning, for tasks that follow each other; yielding, where there are more threads
// than processing units; sleeping, so that an idle pool costs nothing while its owner computes alone.
enum { spins = 1 << 14, yields = 1 << 10 };

static void wait_for_task(assay_pool *pool, uint32_t seen) {
    for (int i = 0; i < spins; i++) {
        if (atomic_load_explicit(&pool->generation, memory_order_acquire) != seen) return;
        assay_relax();
    }
    for (int i = 0; i < yields; i++) {
        if (atomic_load_explicit(&pool->generation, memory_order_acquire) != seen) return;
        sched_yield();
    }
    atomic_fetch_add(&pool->sleepers, 1);
    while (atomic_load(&pool->generation) == seen)
        syscall(SYS_futex, &pool->generation, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
    atomic_fetch_sub(&pool->sleepers, 1);
}

static void wait_for_workers(assay_pool *pool) {
    for (int i = 0; atomic_load_explicit(&pool->remaining, memory_order_acquire) != 0; i++) {
        if (i < spins) assay_relax();
        else sched_yield();
    }
}

static void announce(assay_pool *pool) {
    atomic_store_explicit(&pool->remaining, pool->started, memory_order_relaxed);
    atomic_fetch_add(&pool->generation, 1);
    // Both this load and the sleeper's count are sequentially consistent: either it sees the new task or we see it.
    if (atomic_load(&pool->sleepers) > 0)
        syscall(SYS_futex, &pool->generation, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

static void *work(void *argument) {
    member *self = argument;
    assay_pool *pool = self->pool;
    if (self->unit >= 0) self->error = assay_units_pin(self->unit);
    uint32_t seen = 0;
    atomic_fetch_sub_explicit(&pool->remaining, 1, memory_order_release);
    for (;;) {
        wait_for_task(pool, seen);
        seen++;
        if (pool->stopping) return NULL;
        pool->task(pool->context, self->index, pool->workers);
        atomic_fetch_sub_explicit(&pool->remaining, 1, memory_order_release);
    }
}

// Worker 0 is pinned last, so that a thread without a unit of its own does not inherit worker 0's.
static int start(assay_pool *pool, const int *units, int unit_count, int *failed_unit) {
    atomic_store(&pool->remaining, pool->workers - 1);
    for (int i = 1; i < pool->workers; i++) {
        member *m = &pool->members[i];
        *m = (member){.pool = pool, .index = i, .unit = i < unit_count ? units[i] : -1};
        int error = pthread_create(&m->thread, NULL, work, m);
        if (error != 0) {
            atomic_fetch_sub(&pool->remaining, pool->workers - i);
            wait_for_workers(pool);
            return error;
        }
        pool->started++;
    }
    wait_for_workers(pool);
    if (unit_count > 0) pool->members[0] = (member){.unit = units[0], .error = assay_units_pin(units[0])};
    for (int i = 0; i < pool->workers; i++) {
        if (pool->members[i].error == 0) continue;
        *failed_unit = pool->members[i].unit;
        return pool->members[i].error;
    }
    return 0;
}

int assay_pool_create(assay_pool **result, int workers, const int *units, int unit_count, int *failed_unit) {
    *failed_unit = -1;
    if (workers < 1) return EINVAL;
    assay_pool *pool = aligned_alloc(_Alignof(assay_pool), sizeof(assay_pool));
    if (pool == NULL) return ENOMEM;
    *pool = (assay_pool){.workers = workers};
    pool->members = calloc((size_t)workers, sizeof(member));
    int error = pool->members == NULL ? ENOMEM : assay_units_remember(&pool->before);
    if (error == 0) error = start(pool, units, unit_count, failed_unit);
    if (error != 0) {
        assay_pool_destroy(pool);
        return error;
    }
    *result = pool;
    return 0;
}

void assay_pool_destroy(assay_pool *pool) {
    if (pool == NULL) return;
    if (pool->started > 0) {
        pool->stopping = 1;
        announce(pool);
        for (int i = 1; i <= pool->started; i++) pthread_join(pool->members[i].thread, NULL);
    }
    assay_units_give_back(&pool->before);
    free(pool->members);
    free(pool);
}

void assay_pool_run(assay_pool *pool, assay_task task, void *context) {
    if (pool->started == 0) {
        task(context, 0, 1);
        return;
    }
    pool->task = task;
    pool->context = context;
    announce(pool);
    task(context, 0, pool->workers);
    wait_for_workers(pool);
}
