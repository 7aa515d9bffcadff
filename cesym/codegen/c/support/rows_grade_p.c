/* Powers are times 2^512, so that none is a subnormal number before the end. */
#define @UNIT_p 0x1p512
#define @PER_UNIT_p 0x1p-512

/* Add a to hi + lo, where hi is rounded and lo keeps what rounding took. */
@inline void @gather_p(@V *hi, @V *lo, @P a)
{
    @P z = @add_xx(*hi, a.hi);
    *hi = z.hi;
    *lo = *lo + (z.lo + a.lo);
}

/* e^(x - m), to 2^-63; exactly 1 at the top, and what is far below is not 0 yet. */
@inline @P @power_p(@V x, @V m, @M top)
{
    @P d = @add_xx(x, @neg(m));
    @M far = @gt(@set(-1000.0), d.hi);
    @V hi = @select(top, @set(0.0), @select(far, @set(-1000.0), d.hi));
    @V lo = @select(top | far, @set(0.0), d.lo);
    @V n = @fma(hi, @set($STEPS), @set($MAGIC)), k = n - @set($MAGIC);
    @V h = @fnma(k, @set($STEP), hi), r = @fnma(k, @set($STEP_LOW), h);
    lo = @fnma(k, @set($STEP_LOW), h - r) + lo;
    /* lo e^r, as lo is up to 2^-44. */
    lo = @fma(lo, @fma(r * @set(0.5), r, r), lo);
    return @exp_of(@index(n + @set(8192.0)), k + @set(8192.0), r, lo);
}

#define @share_power_p(x, m, top) @power_p(x, m, top)

/* w (m - x), nothing where w is 0. */
@inline @P @lack_p(@V x, @V m, @M top, @V w)
{
    @P d = @add_xx(m, @neg(x)), zero = @pair(@set(0.0), @set(0.0));
    @P p = @mul_xp(w, @select_p(top, zero, d));
    return @select_p(@eq(w, @set(0.0)), zero, p);
}

/* y v, where y is a power or a sum of some, and 1 over v the sum of all. */
@inline @V @share_p(@P y, @P v)
{
    return @joined(@mul_pp(y, v)) * @set(0x1p-512);
}

/* ((1 - w) y - w others) v, where others is the sum of all powers but y. */
@inline @V @slope_p(@P y, @P others, @V w, @P v)
{
    @P c = @add_xx(@set(1.0), @neg(w));
    return @share_p(@add_pp(@mul_pp(c, y), @neg_p(@mul_xp(w, others))), v);
}

@inline @P @kept_p(const cesym_tile *t, size_t place)
{
    return @pair(@load(t->hi + place), @load(t->lo + place));
}

@inline void @keep_p(cesym_tile *t, size_t place, @P y)
{
    @store(t->hi + place, y.hi);
    @store(t->lo + place, y.lo);
}
