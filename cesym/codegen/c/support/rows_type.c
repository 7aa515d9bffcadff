/* What is given, and where results go; NULL for what is not. */
typedef struct {
    size_t n, classes;
    const $REAL *z, *p;
    const int64_t *target;
    int64_t ignored;
    double smoothing;
    const double *weight;
    $REAL *loss, *gradient;
    double *exact; /* losses that are not rounded, from row `first` on */
    size_t first;
} cesym_rows_$F;

static inline CESYM_ALWAYS cesym_mix cesym_mix_$F(const cesym_rows_$F *a)
{
    double base = a->smoothing / (double)a->classes;
    cesym_mix mix = {a->p ? 0.0 : 1.0 - a->smoothing, base, a->p || base != 0.0, a->classes == 1};
    return mix;
}

/* 1 if the target of a row is known, 0 if it is to be ignored, -1 if there is no such class. */
static inline CESYM_ALWAYS int cesym_state_$F(const cesym_rows_$F *a, size_t i)
{
    if (!a->target)
        return 1;
    if (a->target[i] == a->ignored)
        return 0;
    return a->target[i] < 0 || (uint64_t)a->target[i] >= a->classes ? -1 : 1;
}

static inline CESYM_ALWAYS size_t cesym_class_$F(const cesym_rows_$F *a, size_t i)
{
    return a->target && cesym_state_$F(a, i) == 1 ? (size_t)a->target[i] : 0;
}

static inline CESYM_ALWAYS double cesym_mixed_$F(const cesym_rows_$F *a, double p)
{
    return (1.0 - a->smoothing) * p + a->smoothing / (double)a->classes;
}

static inline CESYM_ALWAYS void cesym_put_$F(const cesym_rows_$F *a, size_t i, double loss)
{
    int state = cesym_state_$F(a, i);
    double w = a->weight ? a->weight[i] : 1.0;
    loss = state == 0 || w == 0 ? 0.0 : w * (state < 0 ? NAN : loss);
    if (a->loss)
        a->loss[i] = ($REAL)loss;
    if (a->exact)
        a->exact[i - a->first] = loss;
}

/* The logits after some rows, and where the slopes of these rows go. */
static inline CESYM_ALWAYS cesym_ahead cesym_ahead_$F(const cesym_rows_$F *a, size_t i, size_t rows)
{
    const $REAL *z = a->z + i * a->classes, *g = a->gradient ? a->gradient + i * a->classes : z;
    cesym_ahead ahead = {(const char *)(i + 2 * rows <= a->n ? z + rows * a->classes : z), (const char *)g};
    return ahead;
}

/* The slopes of a row that does not count, or that has no such class. */
static inline CESYM_ALWAYS void cesym_blank_$F(const cesym_rows_$F *a, size_t i, $REAL *slopes)
{
    for (size_t k = 0; k < a->classes; k++)
        slopes[k] = cesym_state_$F(a, i) == 0 ? 0 : ($REAL)NAN;
}

/* The logits of the classes of eight rows, or fewer. */
static inline CESYM_ALWAYS void cesym_own_$F(const cesym_rows_$F *a, cesym_tile *t, size_t i, int rows)
{
    for (int j = 0; j < 8; j++) {
        size_t row = i + (size_t)(j < rows ? j : 0);
        t->own[j] = a->z[row * a->classes + cesym_class_$F(a, row)];
    }
}

/* The targets of eight rows. */
static inline CESYM_ALWAYS void cesym_weigh_$F(
    const cesym_rows_$F *a, cesym_tile *t, size_t i, int rows, cesym_mix mix)
{
    for (int j = 0; j < 8; j++) {
        size_t row = i + (size_t)(j < rows ? j : 0);
        for (size_t k = 0; k < a->classes; k++)
            t->w[8 * k + (size_t)j] =
                a->p ? cesym_mixed_$F(a, a->p[row * a->classes + k]) : mix.base;
    }
}

/* The targets of some places of one row. */
static inline CESYM_ALWAYS void cesym_take_$F(
    const cesym_rows_$F *a, cesym_tile *t, size_t i, size_t at, size_t count, cesym_mix mix)
{
    for (size_t k = 0; k < count; k++)
        t->w[k] = a->p ? cesym_mixed_$F(a, a->p[i * a->classes + at + k]) : mix.base;
    for (size_t k = count; k & 7; k++)
        t->w[k] = 0.0;
}

/* What is left of some places, filled up to 16; returns how many there are. */
static inline CESYM_ALWAYS size_t cesym_end_$F($REAL *end, const $REAL *z, size_t count, size_t whole)
{
    size_t left = count % whole;
    for (size_t k = 0; k < 16; k++)
        end[k] = k < left ? z[count - left + k] : ($REAL)-HUGE_VAL;
    return left;
}
