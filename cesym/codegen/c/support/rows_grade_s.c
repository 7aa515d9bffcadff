#define @UNIT_s 1.0
#define @PER_UNIT_s 1.0

/* log(1 + x) for x >= 0. */
@inline @P @log_sum_s(@P x)
{
    @V t = x.hi + x.lo;
    return @pair(@select(@gt(@set(1.0), t), @log1p_unit(t), @log1p(t)), @set(0.0));
}

/* Add a; lo stays 0. */
@inline void @gather_s(@V *hi, @V *lo, @P a)
{
    (void)lo;
    *hi = *hi + a.hi;
}

/* e^(x - m), exactly 1 at the top; what is far below is not 0 yet, but is for float32. */
@inline @P @power_s(@V x, @V m, @M top)
{
    @V d = @select(top, @set(0.0), @max(@set(-700.0), x - m));
    return @pair(@exp(d), @set(0.0));
}

/* The same to 2^-38, which is enough where nothing cancels. k counts sixteenths: the magic number
   is times 2^-4. */
@inline @P @share_power_s(@V x, @V m, @M top)
{
    @V d = @select(top, @set(0.0), @max(@set(-700.0), x - m));
    @V n = @fma(d, @set($LOG2_E), @set(0x1.8p48)), k = n - @set(0x1.8p48);
    @V r = @fnma(k, @set($LOG2), d), t = @entry(cesym_exp_d, @index(n));
    t = @fma(t, @fma(r * r, @exp_tail_short(r), r), t);
    return @pair(@scale_near(t, @index(n), k), @set(0.0));
}

/* w (m - x), nothing where w is 0. */
@inline @P @lack_s(@V x, @V m, @M top, @V w)
{
    @M none = top | @eq(w, @set(0.0));
    return @pair(@select(none, @set(0.0), w * (m - x)), @set(0.0));
}

/* y v, where y is a power or a sum of some, and 1 over v the sum of all. */
@inline @V @share_s(@P y, @P v)
{
    return y.hi * v.hi;
}

/* ((1 - w) y - w others) v, where others is the sum of all powers but y. */
@inline @V @slope_s(@P y, @P others, @V w, @P v)
{
    return @fma(@set(1.0) - w, y.hi, @neg(w * others.hi)) * v.hi;
}

@inline @P @kept_s(const cesym_tile *t, size_t place)
{
    return @pair(@load(t->hi + place), @set(0.0));
}

@inline void @keep_s(cesym_tile *t, size_t place, @P y)
{
    @store(t->hi + place, y.hi);
}
