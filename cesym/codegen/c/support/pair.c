typedef struct {
    @V hi, lo;
} @P;

@inline @P @pair(@V a, @V b)
{
    @P p = {a, b};
    return p;
}

@inline @V @joined(@P p)
{
    return p.hi + p.lo;
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

/* a / b for b in [2^-1000, 2^1000], to be rounded at once: lo may be as large as 2^-42 hi. */
@inline @P @ratio_pp(@P a, @P b)
{
    @V v = @about_inverse(b.hi), q = a.hi * v;
    return @pair(q, (@left(q, b.hi, a.hi) + @fnma(q, b.lo, a.lo)) * v);
}

@inline @P @over_pp(@P a, @P b)
{
    @P q = @ratio_pp(a, b);
    return @join_xx(q.hi, q.lo);
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
    @V d = @fnma(k, @set($STEP_LOW), h - r) + x.lo;
    return @exp_of(@index(m), k, r, @fma(d, r, d));
}

/* log(1 + t), to 2^-60, for t in [0, 1], to be added at once: lo may be as large as 2^-6 hi. */
@inline @P @log1p_unit_loose_p(@P t)
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

@inline @P @log1p_unit_p(@P t)
{
    @P z = @log1p_unit_loose_p(t);
    return @join_xx(z.hi, z.lo);
}

@inline @P @log1p_unit_loose_x(@V t)
{
    return @log1p_unit_loose_p(@pair(t, @set(0.0)));
}

@inline @P @log1p_unit_x(@V t)
{
    return @log1p_unit_p(@pair(t, @set(0.0)));
}

@inline @P @above_p(@P x)
{
    @M far = @gt(@set($LEAST), x.hi);
    return @pair(@select(far, @set($LEAST), x.hi), @select(far, @set(0.0), x.lo));
}

@inline @P @within_p(@P x)
{
    @M far = @gt(x.hi, @set($MOST));
    @P y = @above_p(x);
    return @pair(@select(far, @set($MOST), y.hi), @select(far, @set(0.0), y.lo));
}

/* log(x + y), to 2^-58, for x > 0; y is small. */
@inline @P @log_of_p(@V x, @V y)
{
    @V e, m = @fraction(x, &e);
    @I j = @index(@fma(m, @set(16.0), @set($MAGIC)));
    @V v = @entry(cesym_near_$T, j), p = v * m;
    @P r = @add_xx(p - @set(1.0), @fma(v, (y / x) * m, @rest(v, m, p)));
    @V d = @fnma(r.lo, r.hi, r.lo) + @fma(e, @set($LOG2_CUT_LOW), @entry(cesym_near_log_low_$T, j));
    @P a = @join_xx(e * @set($LOG2_CUT), @entry(cesym_near_log_$T, j));
    @P b = @join_xx(a.hi, r.hi);
    @V lo = @fma(r.hi * r.hi, @log_tail_p(r.hi), d) + (a.lo + b.lo);
    @P z = @join_xx(b.hi, lo);
    return @pair(@log_at_ends(x, z.hi), z.lo);
}

@inline @P @log_x(@V x)
{
    return @log_of_p(x, @set(0.0));
}

@inline @P @log_p(@P x)
{
    return @log_of_p(x.hi, x.lo);
}

@inline @P @log1p_p(@P x)
{
    @P s = @add_xp(@set(1.0), x), z = @log_of_p(s.hi, s.lo);
    return @select_p(@gt(@set($LEAST_NORMAL), @abs(x.hi)), x, z);
}

@inline @P @log1p_x(@V x)
{
    return @log1p_p(@pair(x, @set(0.0)));
}

@inline @P @expm1_p(@P x)
{
    @V m = @fma(x.hi, @set($STEPS), @set($MAGIC)), k = m - @set($MAGIC);
    @I i = @index(m);
    @V h = @fnma(k, @set($STEP), x.hi), r = @fnma(k, @set($STEP_LOW), h);
    @V d = @fnma(k, @set($STEP_LOW), h - r) + x.lo;
    @V t = @entry(cesym_exp_$T, i), u = @entry(cesym_exp_low_$T, i);
    @V p = t * r, lo = @fma(u, r, u) + @rest(t, r, p);
    lo = @fma(t, @fma(r * r, @exp_tail_p(r), @fma(d, r, d)), lo);
    @P a = @add_xx(@scale(t, i, k), @set(-1.0));
    @P b = @join_xx(a.hi, @scale(p, i, k));
    @P z = @join_xx(b.hi, (a.lo + b.lo) + @scale(lo, i, k));
    return @select_p(@gt(x.hi, @set(45.0)), @exp_p(x), z);
}

@inline @P @expm1_x(@V x)
{
    return @expm1_p(@pair(x, @set(0.0)));
}

@inline @P @tanh_p(@P x)
{
    @M far = @gt(@abs(x.hi), @set(20.0));
    @V c = @max(@set(-20.0), @min(@set(20.0), x.hi)), d = @select(far, @set(0.0), x.lo);
    @P e = @expm1_p(@pair(c + c, d + d));
    return @div_pp(e, @add_xp(@set(2.0), e));
}

@inline @P @tanh_x(@V x)
{
    return @tanh_p(@pair(x, @set(0.0)));
}

@inline @P @sqrt_p(@P x)
{
    @V q = @sqrt(x.hi);
    return @pair(q, (@left(q, q, x.hi) + x.lo) / (q + q));
}

@inline @P @sqrt_x(@V x)
{
    return @sqrt_p(@pair(x, @set(0.0)));
}

/* log(1 + x) for x >= 0, to 2^-58. */
@inline @P @log_sum_p(@P x)
{
    @P least = @pair(x.hi, @fnma(x.hi * @set(0.5), x.hi, x.lo));
    @P y = @select_p(@gt(@set(1.0), x.hi), @log1p_unit_p(x), @log1p_p(x));
    return @select_p(@gt(@set(0x1p-30), x.hi), least, y);
}
