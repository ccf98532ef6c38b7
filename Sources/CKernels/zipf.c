#include "zipf.h"

#include <math.h>

#include "generator.h"

// (e^t − 1)/t and log(1 + t)/t with their limits at 0: the integral of x^−s and its inverse without a special case for
// s = 1, and without loss of digits near it.
static double exponential_part(double t) { return fabs(t) > 1e-8 ? expm1(t) / t : 1 + t / 2 * (1 + t / 3); }
static double logarithmic_part(double t) { return fabs(t) > 1e-8 ? log1p(t) / t : 1 - t * (0.5 - t / 3); }

// ∫ x^−s from 1 to x.
static double integral(double x, double s) {
    double l = log(x);
    return exponential_part((1 - s) * l) * l;
}

static double inverse(double y, double s) {
    double t = y * (1 - s);
    // Rounding may take it over the edge, where the logarithm ends.
    if (t < -1) t = -1;
    return exp(logarithmic_part(t) * y);
}

static double height(double x, double s) { return exp(-s * log(x)); }

static uint64_t common_divisor(uint64_t a, uint64_t b) {
    while (b != 0) {
        uint64_t rest = a % b;
        a = b, b = rest;
    }
    return a;
}

assay_zipf assay_zipf_make(uint64_t rows, double exponent) {
    assay_zipf z = {.exponent = exponent, .rows = (double)rows, .bound = rows};
    z.low = integral(1.5, exponent) - 1;
    z.high = integral((double)rows + 0.5, exponent);
    z.near = 2 - inverse(integral(2.5, exponent) - height(2, exponent), exponent);
    // Steps of the golden section go everywhere if they have no divisor in common with the number of rows.
    z.step = (uint64_t)((double)rows * 0.6180339887498949) | 1;
    while (common_divisor(z.step, rows) != 1) z.step++;
    z.shift = rows / 3;
    return z;
}

uint64_t assay_zipf_rank(const assay_zipf *z, uint64_t seed, uint64_t first, uint64_t index) {
    enum { tries = 64 };
    uint64_t rank = 1;
    // More than nine in ten are accepted; after 64 tries without one, which nobody will see, the last candidate stands.
    for (uint64_t i = 0; i < tries; i++) {
        double uniform = (double)(assay_bits(seed, first + index * tries + i) >> 11) * 0x1p-53;
        double y = z->high + uniform * (z->low - z->high);
        double x = inverse(y, z->exponent);
        double nearest = floor(x + 0.5);
        if (nearest < 1) nearest = 1;
        if (nearest > z->rows) nearest = z->rows;
        rank = (uint64_t)nearest;
        if (nearest - x <= z->near) break;
        if (y >= integral(nearest + 0.5, z->exponent) - height(nearest, z->exponent)) break;
    }
    return rank;
}

void assay_fill_zipf(
    int64_t *out, size_t count, const assay_zipf *zipf, uint64_t seed, uint64_t first, uint64_t first_index
) {
    for (size_t i = 0; i < count; i++)
        out[i] = (int64_t)assay_zipf_row(zipf, assay_zipf_rank(zipf, seed, first, first_index + i));
}
