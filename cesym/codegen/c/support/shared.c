#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__) && defined(__GNUC__) && !defined(CESYM_PORTABLE)
#include <immintrin.h>
#define CESYM_X86 1
#endif
#ifdef __FAST_MATH__
#error "-ffast-math takes away the digits that this file is written to keep"
#endif
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif
#ifdef __GNUC__
#define CESYM_ALWAYS __attribute__((always_inline))
#define CESYM_ALIGNED __attribute__((aligned(64)))
#define CESYM_UNUSED __attribute__((unused))
#else
#define CESYM_ALWAYS
#define CESYM_ALIGNED
#define CESYM_UNUSED
#endif

static inline CESYM_UNUSED int64_t cesym_bits(double x)
{
    int64_t i;
    memcpy(&i, &x, sizeof i);
    return i;
}

static inline CESYM_UNUSED double cesym_double(int64_t i)
{
    double x;
    memcpy(&x, &i, sizeof x);
    return x;
}

static inline CESYM_UNUSED int32_t cesym_bits_f(float x)
{
    int32_t i;
    memcpy(&i, &x, sizeof i);
    return i;
}

static inline CESYM_UNUSED float cesym_float(int32_t i)
{
    float x;
    memcpy(&x, &i, sizeof x);
    return x;
}

/* The leading 26 bits, rounded, so that the rest has 26 too. */
static inline CESYM_UNUSED double cesym_half(double x)
{
    return cesym_double((cesym_bits(x) + 0x4000000) & -0x8000000);
}
