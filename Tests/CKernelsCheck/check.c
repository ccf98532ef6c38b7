// Every variant of our C kernels against plain arithmetic, in plain C: for what the Swift tests cannot do, which is to run
// under the sanitizers and for another architecture in an emulator.

#include "check.h"

static int problems;

void expect(int holds, const char *what, const char *variant, size_t size) {
    if (holds) return;
    // A wrong kernel is wrong in thousands of places.
    if (problems < 50) fprintf(stderr, "%s, %s, size %zu: wrong\n", what, variant, size);
    problems++;
}

block take(size_t bytes, size_t off) {
    void *memory = NULL;
    if (posix_memalign(&memory, 64, off + bytes + (off + bytes == 0)) != 0) exit(69);
    return (block){memory, (char *)memory + off};
}

void give(block b) { free(b.base); }

assay_pool *workers(int count) {
    assay_pool *pool = NULL;
    int failed = 0;
    if (assay_pool_create(&pool, count, NULL, 0, &failed) != 0) exit(69);
    return pool;
}

static void count_run(void *context, int worker, int count) {
    (void)count;
    ((int *)context)[worker]++;
}

static void check_pool(int count) {
    int runs[8] = {0};
    assay_pool *pool = workers(count);
    for (int i = 0; i < 100; i++) assay_pool_run(pool, count_run, runs);
    assay_pool_destroy(pool);
    for (int i = 0; i < count; i++) expect(runs[i] == 100, "pool", "runs", (size_t)count);
}

int main(void) {
    for (int isa = 0; isa < ASSAY_ISA_COUNT; isa++) {
        const char *obstacle = assay_isa_obstacle(isa);
        if (obstacle != NULL) {
            printf("%s not checked: %s\n", assay_isa_name(isa), obstacle);
            continue;
        }
        check_embedding(isa);
        check_scatter(isa);
        check_gather(isa);
        check_read(isa);
        check_stream(isa);
        check_peak(isa);
        printf("%s checked\n", assay_isa_name(isa));
        fflush(stdout);
    }
    check_bags();
    check_tiles();
    check_chase();
    check_buffers();
    for (int count = 1; count <= 8; count++) check_pool(count);
    printf("%d problems\n", problems);
    return problems != 0;
}
