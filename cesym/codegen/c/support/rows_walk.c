#define @one(x) @pair(x, 0.0)
#define @value(p) @rounded(p)

/* What is known of a row of logits: the largest, where it is, what all are divided by, the sum of
   all powers but its own, which is 1, and the logarithm of the sum of all. */
typedef struct {
    double max, heat;
    size_t place;
    @P rest, total, log;
} @logits;

/* The difference of two rows of logits, less what it is at one class, and less a mean of it. */
typedef struct {
    @P first, mean;
} @gaps;

/* As a rounded number and what rounding took, which is nothing of what is infinite. */
@inline @P @tidy(@P p)
{
    @P s = @add_xx(p.hi, p.lo);
    return s.lo - s.lo == 0.0 ? s : @one(p.hi);
}

@inline @P @plus_pp(@P a, @P b)
{
    return @tidy(@add_pp(a, b));
}

@inline @P @minus_pp(@P a, @P b)
{
    return @tidy(@add_pp(a, @neg_p(b)));
}

@inline @P @times_pp(@P a, @P b)
{
    return @tidy(@mul_pp(a, b));
}

@inline @P @scaled(@P a, double by)
{
    return @pair(a.hi * by, a.lo * by);
}

/* Of small numbers the remainder would be lost. */
@inline @P @over_tidy_pp(@P a, @P b)
{
    if (fabs(b.hi) < 0x1p-500)
        a = @scaled(a, 0x1p500), b = @scaled(b, 0x1p500);
    if (fabs(a.hi) < 0x1p-900)
        return @tidy(@scaled(@div_pp(@scaled(a, 0x1p200), b), 0x1p-200));
    return @tidy(@div_pp(a, b));
}

@inline @P @difference(double a, double b)
{
    return @tidy(@add_xx(a, -b));
}

/* e^x for x <= 0, which may be -infinity. */
@inline @P @power_of(@P x)
{
    return x.hi < -800.0 ? @one(0.0) : @exp_p(x);
}

/* e^x - 1 for x <= 40. */
@inline @P @less_one(@P x)
{
    if (fabs(x.hi) < 0x1p-40)
        return @add_xp(x.hi, @pair(x.hi * x.hi * 0.5, x.lo));
    return x.hi < -100.0 ? @one(-1.0) : @tidy(@expm1_p(x));
}

/* log(1 + x). */
@inline @P @log_one_more(@P x)
{
    if (fabs(x.hi) < 0x1p-40)
        return @add_xp(x.hi, @pair(-x.hi * x.hi * 0.5, x.lo));
    return @tidy(@log1p_p(x));
}

@inline @P @log_tidy(@P x)
{
    return @tidy(@log_p(x));
}

/* The largest logit minus another. */
@inline @P @below(const @logits *of, double x, size_t k)
{
    if (k == of->place)
        return @one(0.0);
    @P d = @difference(of->max, x);
    return of->heat == 1.0 ? d : @over_tidy_pp(d, @one(of->heat));
}

/* The power of this difference. */
@inline @P @power(const @logits *of, double x, size_t k)
{
    return k == of->place ? @one(1.0) : @power_of(@neg_p(@below(of, x, k)));
}

@inline @P @share(const @logits *of, double x, size_t k)
{
    return @over_tidy_pp(@power(of, x, k), of->total);
}

@inline @P @others(const @logits *of, double x, size_t k)
{
    if (k == of->place)
        return of->rest;
    return @plus_pp(@one(1.0), @minus_pp(of->rest, @power(of, x, k)));
}

@inline @P @surprise(const @logits *of, double x, size_t k)
{
    return @plus_pp(@below(of, x, k), of->log);
}

/* w x, nothing where w is 0. */
@inline @P @weigh(@P w, @P x)
{
    return w.hi == 0.0 ? @one(0.0) : @times_pp(w, x);
}

/* 1/3 + t/5 + t^2/7 + ... for t from 0 to 1/4, to 2^-54 of it. */
@inline double @series(double t)
{
    static const double c[14] = {
        0.3333333333333333, 0.20000000000000864, 0.14285714285490106, 0.11111111133938968,
        0.09090907881509189, 0.07692345940270638, 0.06665886352701884, 0.05893099692590042,
        0.05160769881147162, 0.05441915418234587, 0.012292448728540531, 0.13557903913692299,
        -0.14450491183414468, 0.21098097885975797};
    double sum = c[13];
    for (int k = 12; k >= 0; k--)
        sum = sum * t + c[k];
    return sum;
}

/* log(a / b) for a and b that are no pairs. */
@inline @P @log_ratio(double a, double b)
{
    @P q = @over_tidy_pp(@one(a), @one(b));
    if (q.hi > DBL_MIN && q.hi <= DBL_MAX)
        return @log_tidy(q);
    return @minus_pp(@log_tidy(@one(a)), @log_tidy(@one(b)));
}

/* q - p - p log(q / p), which is never negative. */
@inline @P @excess(@P a, @P b)
{
    double p = a.hi, q = b.hi;
    if (p < 0.0 || q < 0.0)
        return @one(NAN);
    if (p == 0.0)
        return b;
    @P d = @difference(q, p), s = @over_tidy_pp(d, @tidy(@add_xx(q, p)));
    if (fabs(s.hi) <= 0.5) {
        double last = 2.0 * p * s.hi * s.hi * @series(s.hi * s.hi);
        return @times_pp(s, @minus_pp(d, @one(last)));
    }
    return @minus_pp(d, @times_pp(@one(p), @log_ratio(q, p)));
}

/* q - p - p d for d = log(q / p), which is never negative. */
@inline @P @excess_of_logs(@P p, @P q, @P d)
{
    if (p.hi == 0.0)
        return q;
    if (fabs(d.hi) <= 1.0986) {
        @P t = @less_one(d), s = @over_tidy_pp(t, @plus_pp(t, @one(2.0)));
        double last = 2.0 * p.hi * s.hi * @series(s.hi * s.hi);
        return @times_pp(@times_pp(s, s), @minus_pp(@plus_pp(p, q), @one(last)));
    }
    if (d.hi > 0.0 && d.hi < 3.0)
        return @times_pp(p, @minus_pp(@less_one(d), d));
    return @minus_pp(q, @times_pp(p, @plus_pp(@one(1.0), d)));
}

/* q - p for d = log(q / p), as (p + q) tanh(d / 2). */
@inline @P @tilt(@P p, @P q, @P d)
{
    if (p.hi == 0.0 && q.hi == 0.0)
        return @one(0.0);
    if (d.hi != d.hi)
        return @minus_pp(q, p);
    @P t = @less_one(d.hi < 40.0 ? d : @one(40.0));
    return @times_pp(@plus_pp(p, q), @over_tidy_pp(t, @plus_pp(t, @one(2.0))));
}

/* (q - p) / q. */
@inline @P @pull(@P p, @P q)
{
    return p.hi == 0.0 ? @one(1.0) : @over_tidy_pp(@minus_pp(q, p), q);
}

/* z - w less what it is at the first class; also of infinite ones that are the same. */
@inline @P @rise(const @gaps *g, double w, double z)
{
    return @minus_pp(z == w ? @one(0.0) : @difference(z, w), g->first);
}

/* The logarithm of the softmax of z minus that of the softmax of w. */
@inline @P @gap(
    const @gaps *g, const @logits *of_w, double w, const @logits *of_z, double z, size_t k)
{
    @P d = @minus_pp(@rise(g, w, z), g->mean);
    if (fabs(d.hi) <= DBL_MAX)
        return d;
    return @minus_pp(@surprise(of_w, w, k), @surprise(of_z, z, k));
}

/* What a target has at a class, of which a share is spread out over all. */
@inline @P @mixed(double p, double smoothing, size_t classes)
{
    if (smoothing == 0.0)
        return @one(p);
    @P base = @div_pp(@one(smoothing), @one((double)classes));
    return @add_pp(@mul_pp(@add_xx(1.0, -smoothing), @one(p)), base);
}
