// What the peak loops compute with, and what must come out, in plain arithmetic.

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "peak_variants.h"

// Element k of an operand. bf16: eighths, in pairs whose products nearly cancel, so that sums grow slowly and every one of
// them has fewer digits than f32 holds. int8: the whole range of b, and of a what signed and unsigned have in common.

static double left(int type, int which, int k) {
    if (type == ASSAY_PEAK_INT8) return (37 * k + 11 + 50 * which) & 0x7F;
    double size = 1 + (3 * (k / 2) + 5 * which) % 8 / 8.0;
    return k % 2 == 0 ? size : -size;
}

static double right(int type, int which, int k) {
    if (type == ASSAY_PEAK_INT8) return ((29 * k + 5 + 77 * which) & 0xFF) - 128;
    double size = 1 + (5 * (k / 2) + 3 * which) % 8 / 8.0;
    return k % 2 == 0 ? size : size + (k / 2 % 2 == 0 ? 0.125 : -0.125);
}

static double initial_value(const assay_peak_variant *v, size_t lane) {
    return v->terms > 1 ? (double)(lane % 251) : 1 + (double)(lane % ASSAY_PEAK_PATTERNS) / ASSAY_PEAK_PATTERNS;
}

static void write_operand(const assay_peak_variant *v, char *out, int which, double (*value)(int, int, int), int tiles) {
    const int width = v->type == ASSAY_PEAK_INT8 ? 1 : 2, group = 4 / width;
    for (int e = 0; e < ASSAY_PEAK_OPERAND / width; e++) {
        // A tile has 64 bytes in a row, and the second operand has groups of four bytes of a column beside each other.
        int k = tiles ? e / (64 / width) * group + e % group : e % v->terms;
        double x = value(v->type, which, k);
        float single = (float)x;
        uint32_t bits;
        memcpy(&bits, &single, sizeof bits);
        uint16_t half = (uint16_t)(bits >> 16);
        if (width == 1) out[e] = (char)(int)x;
        else memcpy(out + 2 * e, &half, sizeof half);
    }
}

// Of numbers from 1 to 2, that f16 holds.
static uint16_t half_bits(double x) { return (uint16_t)(15 << 10 | (int)((x - 1) * 1024)); }

void assay_peak_prepare(const assay_peak_variant *v, void *initial, char *a, char *b) {
    size_t lanes = (size_t)v->chains * (size_t)v->lanes;
    for (size_t i = 0; i < lanes; i++) {
        double x = initial_value(v, i);
        float single = (float)x;
        int32_t whole = (int32_t)x;
        uint16_t half = v->type == ASSAY_PEAK_F16 ? half_bits(x) : 0;
        switch (v->type) {
        case ASSAY_PEAK_F64: memcpy((char *)initial + 8 * i, &x, 8); break;
        case ASSAY_PEAK_F16: memcpy((char *)initial + 2 * i, &half, 2); break;
        case ASSAY_PEAK_INT8: memcpy((char *)initial + 4 * i, &whole, 4); break;
        default: memcpy((char *)initial + 4 * i, &single, 4);
        }
    }
    if (v->terms == 1) return;
    for (int which = 0; which < 2; which++) {
        write_operand(v, a + which * ASSAY_PEAK_OPERAND, which, left, 0);
        write_operand(v, b + which * ASSAY_PEAK_OPERAND, which, right, v->tiles);
    }
}

double assay_peak_sum(const assay_peak_variant *v, const void *result, size_t lane) {
    const char *from = result;
    double x;
    float single;
    int32_t whole;
    uint16_t half;
    switch (v->type) {
    case ASSAY_PEAK_F64: memcpy(&x, from + 8 * lane, 8); return x;
    case ASSAY_PEAK_F16:
        memcpy(&half, from + 2 * lane, 2);
        if ((half >> 10 & 31) == 31) return NAN;
        x = ldexp((half & 1023) + (half >> 10 & 31 ? 1024 : 0), (half >> 10 & 31 ? half >> 10 & 31 : 1) - 25);
        return half >> 15 ? -x : x;
    case ASSAY_PEAK_INT8: memcpy(&whole, from + 4 * lane, 4); return whole;
    default: memcpy(&single, from + 4 * lane, 4); return single;
    }
}

// One multiply-add in half precision: the exact value fits a double, and is rounded once, to 11 bits.
static double half_step(double x) {
    int exponent;
    double exact = x * ASSAY_PEAK_F16_SCALE + x;
    frexp(exact, &exponent);
    return ldexp(nearbyint(ldexp(exact, 11 - exponent)), exponent - 11);
}

static double multiplied(const assay_peak_variant *v, double x, size_t steps) {
    if (v->type == ASSAY_PEAK_F16 && steps > 0) steps = (steps - 1) % ASSAY_PEAK_F16_STEPS + 1;
    for (size_t i = 0; i < steps; i++) {
        if (v->type == ASSAY_PEAK_F16) {
            x = half_step(x);
        } else if (v->type == ASSAY_PEAK_F32) {
            const float s = (float)ASSAY_PEAK_SCALE;
            volatile float product = (float)x * s;
            x = v->fused ? fmaf((float)x, s, (float)x) : product + (float)x;
        } else {
            volatile double product = x * ASSAY_PEAK_SCALE;
            x = v->fused ? fma(x, ASSAY_PEAK_SCALE, x) : product + x;
        }
    }
    return x;
}

double assay_peak_expected(const assay_peak_variant *v, size_t lane, size_t steps) {
    double x = initial_value(v, lane), dot = 0;
    if (v->terms == 1) return multiplied(v, x, steps);
    int chain = (int)(lane / (size_t)v->lanes);
    for (int k = 0; k < v->terms; k++) dot += left(v->type, chain & 1, k) * right(v->type, chain >> 1 & 1, k);
    if (v->type != ASSAY_PEAK_INT8) return x + (double)steps * dot;
    // 32-bit sums wrap around.
    return (double)(int32_t)(uint32_t)(int64_t)(x + (double)steps * dot);
}
