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
