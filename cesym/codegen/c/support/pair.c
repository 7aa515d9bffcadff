typedef struct {
    @V hi, lo;
} @P;

@inline @P @pair(@V a, @V b)
{
    @P p = {a, b};
    return p;
}

/* a + b exactly (Knuth). */
@inline @P @add_xx(@V a, @V b)
{
    @V s = a + b, t = s - a;
    return @pair(s, (a - (s - t)) + (b - t));
}

/* a + b exactly if |a| >= |b| (Dekker 1971). */
@inline @P @join_xx(@V a, @V b)
{
    @V s = a + b;
    return @pair(s, b - (s - a));
}

@inline @P @add_xp(@V a, @P b)
{
    @P s = @add_xx(a, b.hi);
    return @pair(s.hi, s.lo + b.lo);
}

@inline @P @join_xp(@V a, @P b)
{
    @P s = @join_xx(a, b.hi);
    return @pair(s.hi, s.lo + b.lo);
}

@inline @P @join_px(@P a, @V b)
{
    @P s = @join_xx(a.hi, b);
    return @pair(s.hi, s.lo + a.lo);
}

@inline @P @add_pp(@P a, @P b)
{
    @P s = @add_xx(a.hi, b.hi);
    return @pair(s.hi, s.lo + (a.lo + b.lo));
}

@inline @P @join_pp(@P a, @P b)
{
    @P s = @join_xx(a.hi, b.hi);
    return @pair(s.hi, s.lo + (a.lo + b.lo));
}

/* a b exactly, but for underflow. */
@inline @P @mul_xx(@V a, @V b)
{
    @V p = a * b;
    return @pair(p, @rest(a, b, p));
}

@inline @P @mul_xp(@V a, @P b)
{
    @V p = a * b.hi;
    return @pair(p, @fma(a, b.lo, @rest(a, b.hi, p)));
}

@inline @P @mul_pp(@P a, @P b)
{
    @V p = a.hi * b.hi;
    return @pair(p, @fma(a.hi, b.lo, @fma(a.lo, b.hi, @rest(a.hi, b.hi, p))));
}

/* a / b: a quotient, and its remainder divided once more. */
@inline @P @div_pp(@P a, @P b)
{
    @V q = a.hi / b.hi;
    return @pair(q, (@left(q, b.hi, a.hi) + @fnma(q, b.lo, a.lo)) / b.hi);
}

/* a / b for b in [2^-1000, 2^1000]. */
@inline @P @over_pp(@P a, @P b)
{
    @V v = @about_inverse(b.hi), q = a.hi * v;
    return @pair(q, (@left(q, b.hi, a.hi) + @fnma(q, b.lo, a.lo)) * v);
}

@inline @P @neg_p(@P a)
{
    return @pair(@neg(a.hi), @neg(a.lo));
}

@inline @P @abs_p(@P a)
{
    @M m = @gt(@set(0.0), a.hi);
    return @pair(@select(m, @neg(a.hi), a.hi), @select(m, @neg(a.lo), a.lo));
}

@inline @P @select_p(@M m, @P a, @P b)
{
    return @pair(@select(m, a.hi, b.hi), @select(m, a.lo, b.lo));
}

@inline @P @max_p(@P a, @P b)
{
    @M m = @gt(a.hi, b.hi) | (@eq(a.hi, b.hi) & @gt(a.lo, b.lo));
    return @select_p(m, a, b);
}

@inline @P @min_p(@P a, @P b)
{
    @M m = @gt(b.hi, a.hi) | (@eq(a.hi, b.hi) & @gt(b.lo, a.lo));
    return @select_p(m, a, b);
}

/* 2^(k/16) e^(r + d), to 2^-63; d is small, i holds the bits of k. */
@inline @P @exp_of(@I i, @V k, @V r, @V d)
{
    @V t = @entry(cesym_exp_$T, i), u = @entry(cesym_exp_low_$T, i);
    @V p = t * r, e = @rest(t, r, p), s = t + p;
    @V lo = @fma(t, @fma(r * r, @exp_tail_p(r), d), @fma(u, r, u) + e);
    @P z = @join_xx(s, (p - (s - t)) + lo);
    return @pair(@scale(z.hi, i, k), @scale(z.lo, i, k));
}

/* e^x. */
@inline @P @exp_x(@V x)
{
    @V m = @fma(x, @set($STEPS), @set($MAGIC)), k = m - @set($MAGIC);
    @V h = @fnma(k, @set($STEP), x), r = @fnma(k, @set($STEP_LOW), h);
    return @exp_of(@index(m), k, r, @fnma(k, @set($STEP_LOW), h - r));
}

/* e^(x.hi + x.lo). */
@inline @P @exp_p(@P x)
{
    @V m = @fma(x.hi, @set($STEPS), @set($MAGIC)), k = m - @set($MAGIC);
    @V h = @fnma(k, @set($STEP), x.hi), r = @fnma(k, @set($STEP_LOW), h);
    return @exp_of(@index(m), k, r, @fnma(k, @set($STEP_LOW), h - r) + x.lo);
}

/* log(1 + t + u), to 2^-60, for t in [0, 1]; u is small. */
@inline @P @log1p_unit_p(@P t)
{
    @I j = @index(@fma(@min(@set(0.9625), t.hi), @set(16.0), @set($MAGIC)));
    @V v = @entry(cesym_inverse_$T, j), h = @entry(cesym_log_$T, j);
    @V p = v * t.hi, e = @fma(v, t.lo, @rest(v, t.hi, p));
    @V x = p - (@set(1.0) - v);
    e = @fnma(e, x, e);
    @V lo = @fma(x * x, @log_tail_p(x), e) + @entry(cesym_log_low_$T, j);
    @P s = @join_xx(h, x);
    return @pair(s.hi, s.lo + lo);
}

@inline @P @log1p_unit_x(@V t)
{
    return @log1p_unit_p(@pair(t, @set(0.0)));
}
