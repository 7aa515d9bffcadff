typedef float @V;

typedef int32_t @I;

typedef int @M;

#define @set(x) ((float)(x))
#define @abs(a) fabsf(a)
#define @neg(a) (-(a))
#define @sqrt(a) sqrtf(a)
#define @select(m, a, b) ((m) ? (a) : (b))
#define @ge(a, b) ((a) >= (b))
#define @gt(a, b) ((a) > (b))
#define @eq(a, b) ((a) == (b))
#define @index(m) cesym_bits_f(m)
#define @entry(t, i) (t)[(i) & 15]
#define @bits(a) cesym_bits_f(a)
#define @float(i) cesym_float(i)
#define @int(n) ((int32_t)(n))
#define @plus(i, j) ((int32_t)((uint32_t)(i) + (uint32_t)(j)))
#define @minus(i, j) ((int32_t)((uint32_t)(i) - (uint32_t)(j)))
#define @both(i, j) ((i) & (j))
#define @shift(i, n) ((int32_t)((uint32_t)(i) >> (n)))
#define @inverse(a) (1.0f / (a))

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
    return (w == 0) & (a > FLT_MAX) ? FLT_MAX : a;
}

/* As @tame, for a of any sign. */
@inline @V @tame_both(@V w, @V a)
{
    return (w == 0) & (a < -FLT_MAX) ? -FLT_MAX : @tame(w, a);
}

/* x 2^floor(k / 16), where i holds the bits of k; in two steps where one power would not do. */
@inline @V @scale(@V x, @I i, @V k)
{
    @V more = k < -1920.0f ? 0x1p-64f : k > 1920.0f ? 0x1p64f : 1.0f;
    @I up = k < -1920.0f ? @int(64) << 23 : k > 1920.0f ? -(@int(64) << 23) : 0;
    @I power = @int((uint32_t)(i & ~@int(15)) << 19);
    return x * @float(@plus(@plus(power, up), @int(127) << 23)) * more;
}
