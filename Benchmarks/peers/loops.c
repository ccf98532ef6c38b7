// What a C compiler makes of the textbook loops.
//
//     loops triad|copy THREADS BYTES SECONDS     bytes a second, STREAM's count, of one array's size BYTES
//     loops chase 1 BYTES SECONDS                seconds a load, a random cycle through BYTES, a cache line a step
//
// prints one line. The best of STREAM's repetitions is not what is printed but the median, as on the other side.

#define _GNU_SOURCE
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void *memory(size_t bytes) {
    void *p = NULL;
    if (posix_memalign(&p, 1 << 21, bytes) != 0) exit(70);
    madvise(p, bytes, MADV_HUGEPAGE);
    return p;
}

static double median(double *values, int count) {
    int warm = count / 5;
    qsort(values + warm, (size_t)(count - warm), sizeof *values, ascending);
    return values[warm + (count - warm) / 2];
}

static double stream(int is_triad, size_t bytes, double budget) {
    size_t n = bytes / sizeof(double);
    double *a = memory(bytes), *b = memory(bytes), *c = memory(bytes);
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < n; i++) a[i] = 1, b[i] = 2, c[i] = 3;
    static double rates[100000];
    int count = 0;
    double start = now();
    while (count < 100000 && (count < 6 || now() - start < budget)) {
        double before = now();
        if (is_triad) {
#pragma omp parallel for schedule(static)
            for (size_t i = 0; i < n; i++) a[i] = b[i] + 3.0 * c[i];
        } else {
#pragma omp parallel for schedule(static)
            for (size_t i = 0; i < n; i++) c[i] = a[i];
        }
        rates[count++] = (double)bytes * (is_triad ? 3 : 2) / (now() - before);
    }
    return median(rates, count);
}

static double chase(size_t bytes, double budget) {
    enum { line = 64 };
    size_t n = bytes / line;
    char *block = memory(bytes);
    uint32_t *order = malloc(n * sizeof *order);
    for (size_t i = 0; i < n; i++) order[i] = (uint32_t)i;
    uint64_t state = 88172645463325252u;
    for (size_t i = n - 1; i > 0; i--) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        size_t j = state % (i + 1);
        uint32_t t = order[i];
        order[i] = order[j], order[j] = t;
    }
    for (size_t i = 0; i < n; i++) *(void **)(block + (size_t)order[i] * line) = block + (size_t)order[(i + 1) % n] * line;
    void **p = (void **)block;
    static double loads[100000];
    int count = 0;
    double start = now();
    while (count < 100000 && (count < 6 || now() - start < budget)) {
        size_t steps = 1 << 18;
        double before = now();
        for (size_t i = 0; i < steps; i++) p = (void **)*p;
        loads[count++] = (now() - before) / (double)steps;
    }
    if (p == NULL) puts("");
    return median(loads, count);
}

int main(int argc, char **argv) {
    if (argc != 5) return 64;
    omp_set_num_threads(atoi(argv[2]));
    size_t bytes = strtoull(argv[3], NULL, 10);
    double budget = atof(argv[4]);
    double value = strcmp(argv[1], "chase") == 0 ? chase(bytes, budget) : stream(strcmp(argv[1], "triad") == 0, bytes, budget);
    printf("%.9g\n", value);
    return 0;
}
