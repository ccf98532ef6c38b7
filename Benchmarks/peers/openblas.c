// OpenBLAS called from C with nothing in between.
//
//     openblas LIBRARY M N K THREADS SECONDS
//
// prints one line: the median of the seconds one f32 product takes, over SECONDS of them after a fifth that is not counted.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

typedef void sgemm(int, int, int, int, int, int, float, const float *, int, const float *, int, float, float *, int);

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC_RAW, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static float *operand(size_t count) {
    float *p = NULL;
    if (posix_memalign((void **)&p, 1 << 21, count * sizeof *p) != 0) exit(70);
    madvise(p, count * sizeof *p, MADV_HUGEPAGE);
    unsigned state = 1;
    for (size_t i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        p[i] = (float)(state >> 8) * 0x1p-23f - 1;
    }
    return p;
}

int main(int argc, char **argv) {
    if (argc != 7) return 64;
    void *library = dlopen(argv[1], RTLD_NOW);
    if (!library) {
        fprintf(stderr, "openblas: %s\n", dlerror());
        return 69;
    }
    sgemm *multiply = (sgemm *)dlsym(library, "cblas_sgemm");
    void (*set_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
    if (!multiply) return 69;
    int m = atoi(argv[2]), n = atoi(argv[3]), k = atoi(argv[4]);
    if (set_threads) set_threads(atoi(argv[5]));
    double budget = atof(argv[6]);
    float *a = operand((size_t)m * k), *b = operand((size_t)k * n), *c = operand((size_t)m * n);
    enum { most = 100000 };
    double *taken = malloc(most * sizeof *taken);
    int count = 0;
    double start = now();
    while (count < most && (count < 6 || now() - start < budget)) {
        double before = now();
        multiply(101, 111, 111, m, n, k, 1, a, k, b, n, 0, c, n);
        taken[count++] = now() - before;
    }
    int warm = count / 5;
    qsort(taken + warm, (size_t)(count - warm), sizeof *taken, ascending);
    printf("%.9g\n", taken[warm + (count - warm) / 2]);
    return 0;
}
