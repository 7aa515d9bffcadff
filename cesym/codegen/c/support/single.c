/* Whether no more than this share of a term is left in a sum, so that the term's rounding shows. */
@inline @M @cancels(@V share, @V sum, @V term)
{
    return @gt(@abs(term) * share, @abs(sum));
}

/* Where e^x is neither 0 nor infinite; x <= 0 or any x. */
@inline @V @above(@V x)
{
    return @max(@set($LEAST), x);
}

@inline @V @within(@V x)
{
    return @min(@set($MOST), @max(@set($LEAST), x));
}

/* e^x. */
@inline @V @exp(@V x)
{
    @V m = @fma(x, @set($STEPS), @set($MAGIC)), k = m - @set($MAGIC);
    @I i = @index(m);
    @V r = @fnma(k, @set($STEP_LOW), @fnma(k, @set($STEP), x));
    @V t = @entry(cesym_exp_$T, i);
    t = @fma(t, @fma(r * r, @exp_tail(r), r), t);
    return @scale(t, i, k);
}

/* log(1 + t) for t in [0, 1]. */
@inline @V @log1p_unit(@V t)
{
    @I j = @index(@fma(@min(@set(0.9625), t), @set(16.0), @set($MAGIC)));
    @V v = @entry(cesym_inverse_$T, j);
    @V x = @fma(v, t, v - @set(1.0));
    return @entry(cesym_log_$T, j) + @fma(x * x, @log_tail(x), x);
}

/* x = 2^e m with m in [3/4, 3/2), for x > 0 and finite; subnormal numbers are scaled up first. */
@inline @V @fraction(@V x, @V *e)
{
    @M small = @gt(@set($TINY), x);
    @V y = @select(small, x * @set($UP), x);
    @I k = @both(@minus(@bits(y), @bits(@set(0.75))), @int($EXPONENT));
    @I n = @shift(@plus(k, @int($ONE_BIT)), $SHIFT);
    @V power = @float(@plus(n, @bits(@set($GROUND)))) - @set($GROUND_AND_BIAS);
    *e = power - @select(small, @set($UP_BITS), @set(0.0));
    return @float(@minus(@bits(y), k));
}

/* The logarithm of x where it is no number z: at 0, below, at infinity and nan. */
@inline @V @log_at_ends(@V x, @V z)
{
    @V below = @select(@eq(x, @set(0.0)), @set(-HUGE_VAL), @set(NAN));
    z = @select(@gt(@set($MAX), x) | @eq(x, @set($MAX)), z, x);
    return @select(@gt(@set($LEAST_NUMBER), x), below, z);
}

/* log(x + y) for x > 0; y is small. */
@inline @V @log_of(@V x, @V y)
{
    @V e, m = @fraction(x, &e);
    @I j = @index(@fma(m, @set(16.0), @set($MAGIC)));
    @V v = @entry(cesym_near_$T, j);
    @V r = @neg(@left(v, m, @set(1.0))) + v * ((y / x) * m);
    @V small = @fma(r * r, @log_tail(r), @fma(e, @set($LOG2_CUT_LOW), r));
    return @log_at_ends(x, @fma(e, @set($LOG2_CUT), @entry(cesym_near_log_$T, j)) + small);
}

@inline @V @log(@V x)
{
    return @log_of(x, @set(0.0));
}

@inline @V @log1p(@V x)
{
    @V s = x + @set(1.0), t = s - x;
    @V z = @log_of(s, (x - (s - t)) + (@set(1.0) - t));
    return @select(@gt(@set($LEAST_NORMAL), @abs(x)), x, z);
}

@inline @V @expm1(@V x)
{
    @V m = @fma(x, @set($STEPS), @set($MAGIC)), k = m - @set($MAGIC);
    @I i = @index(m);
    @V r = @fnma(k, @set($STEP_LOW), @fnma(k, @set($STEP), x));
    @V t = @entry(cesym_exp_$T, i);
    @V p = @fma(t, @fma(r * r, @exp_tail(r), r), @entry(cesym_exp_low_$T, i));
    @V z = (@scale(t, i, k) - @set(1.0)) + @scale(p, i, k);
    return @select(@gt(x, @set(40.0)), @exp(x), z);
}

@inline @V @tanh(@V x)
{
    @V c = @max(@set(-20.0), @min(@set(20.0), x));
    @V e = @expm1(c + c);
    return e / (e + @set(2.0));
}
