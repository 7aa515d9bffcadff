typedef double @V;

typedef int64_t @I;

typedef int @M;

#define @set(x) (x)
#define @abs(a) fabs(a)
#define @neg(a) (-(a))
#define @sqrt(a) sqrt(a)
#define @select(m, a, b) ((m) ? (a) : (b))
#define @ge(a, b) ((a) >= (b))
#define @gt(a, b) ((a) > (b))
#define @eq(a, b) ((a) == (b))
#define @index(m) cesym_bits(m)
#define @entry(t, i) (t)[(i) & 15]
#define @bits(a) cesym_bits(a)
#define @float(i) cesym_double(i)
#define @int(n) ((int64_t)(n))
#define @plus(i, j) ((int64_t)((uint64_t)(i) + (uint64_t)(j)))
#define @minus(i, j) ((int64_t)((uint64_t)(i) - (uint64_t)(j)))
#define @both(i, j) ((i) & (j))
#define @shift(i, n) ((int64_t)((uint64_t)(i) >> (n)))
#define @inverse(a) (1.0 / (a))
#define @about_inverse(a) (1.0 / (a))
#define @rounded(p) ((p).lo - (p).lo == 0 ? (p).hi + (p).lo : (p).hi) /* lo may be no number */

/* The second if one is nan. */
@inline @V @min(@V a, @V b)
{
    return a < b ? a : b;
}

/* The second if one is nan. */
@inline @V @max(@V a, @V b)
{
    return a > b ? a : b;
}

/* The size a, but no infinity where the weight w is 0. */
@inline @V @tame(@V w, @V a)
{
    return (w == 0) & (a > DBL_MAX) ? DBL_MAX : a;
}

/* As @tame, for a of any sign. */
@inline @V @tame_both(@V w, @V a)
{
    return (w == 0) & (a < -DBL_MAX) ? -DBL_MAX : @tame(w, a);
}

/* x 2^floor(k / 16), where i holds the bits of k; in two steps where one power would not do. */
@inline @V @scale(@V x, @I i, @V k)
{
    @V more = k < -16000.0 ? 0x1p-512 : k > 16000.0 ? 0x1p512 : 1.0;
    @I up = k < -16000.0 ? @int(512) << 52 : k > 16000.0 ? -(@int(512) << 52) : 0;
    @I power = @int((uint64_t)(i & ~@int(15)) << 48);
    return x * @float(@plus(@plus(power, up), @int(1023) << 52)) * more;
}
