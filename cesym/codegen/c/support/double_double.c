typedef struct {
    double hi, lo;
} cesym_dd;

static cesym_dd dd_of(double a)
{
    cesym_dd z = {a, 0.0};
    return z;
}

static cesym_dd dd_sum(double a, double b)
{
    double s = a + b, t = s - a;
    cesym_dd z = {s, (a - (s - t)) + (b - t)};
    return z;
}

static cesym_dd dd_product(double a, double b)
{
    double p = a * b, c = cesym_half(a), d = cesym_half(b), e = a - c, f = b - d;
    cesym_dd z = {p, (((c * d - p) + c * f) + e * d) + e * f};
    return z;
}

static cesym_dd dd_add(cesym_dd a, cesym_dd b)
{
    cesym_dd s = dd_sum(a.hi, b.hi), t = dd_sum(a.lo, b.lo);
    s = dd_sum(s.hi, s.lo + t.hi);
    return dd_sum(s.hi, s.lo + t.lo);
}

static cesym_dd dd_neg(cesym_dd a)
{
    cesym_dd z = {-a.hi, -a.lo};
    return z;
}

static cesym_dd dd_sub(cesym_dd a, cesym_dd b)
{
    return dd_add(a, dd_neg(b));
}

static cesym_dd dd_mul(cesym_dd a, cesym_dd b)
{
    cesym_dd p = dd_product(a.hi, b.hi);
    return dd_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static cesym_dd dd_div(cesym_dd a, cesym_dd b)
{
    double q = a.hi / b.hi;
    cesym_dd r = dd_sub(a, dd_mul(dd_of(q), b));
    double s = r.hi / b.hi;
    r = dd_sub(r, dd_mul(dd_of(s), b));
    return dd_add(dd_sum(q, s), dd_of(r.hi / b.hi));
}

static int dd_gt(cesym_dd a, cesym_dd b)
{
    return a.hi > b.hi || (a.hi == b.hi && a.lo > b.lo);
}

static int dd_ge(cesym_dd a, cesym_dd b)
{
    return a.hi > b.hi || (a.hi == b.hi && a.lo >= b.lo);
}

static cesym_dd dd_abs(cesym_dd a)
{
    return dd_gt(dd_of(0.0), a) ? dd_neg(a) : a;
}

static cesym_dd dd_max(cesym_dd a, cesym_dd b)
{
    return dd_gt(b, a) ? b : a;
}

static cesym_dd dd_min(cesym_dd a, cesym_dd b)
{
    return dd_gt(a, b) ? b : a;
}

/* e^x - 1 and, by k = 0 or not, whether it was not small: e^x = 2^(k/16) (1 + result). */
static cesym_dd dd_rest(cesym_dd x, double *k)
{
    static const double terms[14][2] = $TERMS;
    double n = *k = floor(x.hi * $STEPS + 0.5);
    cesym_dd r = dd_add(dd_sum(x.hi - n * $STEP_1, -n * $STEP_2), dd_sum(x.lo, -n * $STEP_3));
    cesym_dd z = {terms[13][0], terms[13][1]};
    for (int i = 12; i >= 0; i--) {
        cesym_dd c = {terms[i][0], terms[i][1]};
        z = dd_add(dd_mul(z, r), c);
    }
    return dd_mul(z, r);
}

static cesym_dd dd_exp(cesym_dd x)
{
    double k;
    if (!(x.hi > $LEAST && x.hi < $MOST))
        return dd_of(x.hi > 0 ? HUGE_VAL : x.hi < 0 ? 0.0 : x.hi);
    cesym_dd z = dd_rest(x, &k);
    int j = (int)k & 15, e = ((int)k - j) / 16;
    cesym_dd t = {cesym_exp_d[j], cesym_exp_low_d[j]};
    z = dd_add(t, dd_mul(t, z));
    cesym_dd scaled = {ldexp(z.hi, e), ldexp(z.lo, e)};
    return scaled;
}

static cesym_dd dd_expm1(cesym_dd x)
{
    double k = 1.0;
    if (fabs(x.hi) < 0.02) {
        cesym_dd z = dd_rest(x, &k);
        if (k == 0.0)
            return z;
    }
    return dd_sub(dd_exp(x), dd_of(1.0));
}

/* log(1 + x): a step of Newton on e^y - 1 = x. */
static cesym_dd dd_log1p(cesym_dd x)
{
    cesym_dd y = dd_of(log1p(x.hi)), z = dd_expm1(y);
    if (!(fabs(y.hi) < $MOST))
        return y;
    return dd_add(y, dd_div(dd_sub(x, z), dd_add(z, dd_of(1.0))));
}

static cesym_dd dd_log(cesym_dd x)
{
    static const cesym_dd two = {$LOG2, $LOG2_LOW};
    int e;
    if (!(x.hi > 0.0 && x.hi <= DBL_MAX))
        return dd_of(log(x.hi));
    if (frexp(x.hi, &e) < 0.75)
        e--;
    cesym_dd m = {ldexp(x.hi, -e), ldexp(x.lo, -e)};
    return dd_add(dd_mul(two, dd_of(e)), dd_log1p(dd_sub(m, dd_of(1.0))));
}

static cesym_dd dd_sqrt(cesym_dd x)
{
    double q = sqrt(x.hi);
    if (!(q > 0.0 && q <= DBL_MAX))
        return dd_of(q);
    return dd_add(dd_of(q), dd_of(dd_sub(x, dd_product(q, q)).hi / (2.0 * q)));
}

static cesym_dd dd_tanh(cesym_dd x)
{
    cesym_dd z = dd_min(dd_max(x, dd_of(-40.0)), dd_of(40.0));
    z = dd_expm1(dd_add(z, z));
    return dd_div(z, dd_add(z, dd_of(2.0)));
}
