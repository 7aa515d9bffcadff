/* What is given: weights W and U stand class by class, with their biases, in float64. */
typedef struct {
    size_t n, d, k;
    const $REAL *X, *y;
    const int64_t *target;
    double *w, *b, *u, *h;
} cesym_task_$F;

static void scores_$F(
    const cesym_task_$F *t, size_t i, size_t m, const double *w, const double *b, double *z)
{
    const $REAL *x = t->X + i * t->d;
    size_t d = t->d, room = cesym_room(d), k = t->k;
#ifdef CESYM_X86
    int level = cesym_level();
    if (level == 2) {
        v_scores_$F(x, m, d, room, k, w, b, z);
        return;
    }
    if (level == 1) {
        f_scores_$F(x, m, d, room, k, w, b, z);
        return;
    }
#endif
    CESYM_PORTABLE_NAME(scores_$F)(x, m, d, room, k, w, b, z);
}

static void slopes_$F(const cesym_task_$F *t, size_t i, size_t m, const cesym_bench *bench)
{
    const $REAL *x = t->X + i * t->d;
    const double *e = bench->e;
    size_t d = t->d, room = cesym_room(d), k = t->k;
#ifdef CESYM_X86
    int level = cesym_level();
    if (level == 2) {
        v_slopes_$F(x, m, d, room, k, e, bench->sums, bench->lost);
        return;
    }
    if (level == 1) {
        f_slopes_$F(x, m, d, room, k, e, bench->sums, bench->lost);
        return;
    }
#endif
    CESYM_PORTABLE_NAME(slopes_$F)(x, m, d, room, k, e, bench->sums, bench->lost);
}

/* Losses, and with `sloping` errors or products along U, of the samples from i on, added up. */
static void samples_$F(const cesym_task_$F *t, cesym_bench *bench, cesym_lanes *total, size_t i,
    size_t end, int sloping)
{
    double loss[CESYM_SAMPLES] = {0.0};
    for (; i < end; i += CESYM_SAMPLES) {
        size_t m = end - i < CESYM_SAMPLES ? end - i : CESYM_SAMPLES;
        scores_$F(t, i, m, t->w, t->b, bench->z);
        if (t->u) {
            scores_$F(t, i, m, t->u, t->h, bench->v);
            cesym_along(m, t->k, bench);
        } else {
            for (size_t j = 0; t->y && j < m * t->k; j++)
                bench->y[j] = t->y[i * t->k + j];
            cesym_losses(m, t->k, bench, t->target ? t->target + i : NULL, loss, sloping);
            cesym_gather(total, loss, m);
        }
        if (sloping) {
            slopes_$F(t, i, m, bench);
            cesym_biases(bench, m, t->k);
        }
    }
}

/* Weights and biases as they are computed with: no biases are zeros. */
static void turned_$F(double *w, double *b, const $REAL *W, const $REAL *biases, size_t d, size_t k)
{
    size_t room = cesym_room(d);
    for (size_t c = 0; c < k; c++) {
        for (size_t j = 0; j < room; j++)
            w[c * room + j] = j < d ? (double)W[j * k + c] : 0.0;
        b[c] = biases ? (double)biases[c] : 0.0;
    }
}

/* The mean of the losses; slopes have an entry for each weight, `bias` one for each class. */
static double mean_$F(cesym_task_$F t, const $REAL *W, const $REAL *b, const $REAL *U, const $REAL *h,
    double penalty, $REAL *slopes, $REAL *bias, double *scratch, int threads)
{
    cesym_lanes total[64] = {{{0.0}, {0.0}}};
    size_t room = cesym_room(t.d), size = cesym_bench_size(t.d, t.k);
    int parts = threads > 1 && t.n * t.d * t.k >= CESYM_MANY ? threads : 1;
    parts = parts > 64 ? 64 : parts;
    t.w = scratch, t.b = t.w + t.k * room;
    double *u = t.b + t.k, *h_at = u + t.k * room, *from = h_at + t.k;
    turned_$F(t.w, t.b, W, b, t.d, t.k);
    if (U) {
        t.u = u, t.h = h_at;
        turned_$F(t.u, t.h, U, h, t.d, t.k);
    }
#ifdef _OPENMP
#pragma omp parallel for num_threads(parts) schedule(static, 1) if (parts > 1)
#endif
    for (int part = 0; part < parts; part++) {
        cesym_bench bench = cesym_bench_at(from + (size_t)part * size, t.d, t.k);
        size_t i = cesym_cut(t.n, part, parts), end = cesym_cut(t.n, part + 1, parts);
        samples_$F(&t, &bench, &total[part], i, end, slopes != NULL);
    }
    double n = (double)t.n;
    for (size_t c = 0; slopes && c < t.k; c++) {
        const double *by = U ? t.u : t.w;
        for (size_t j = 0; j < t.d; j++) {
            const double *sum = from + c * room + j;
            double slope = cesym_together(sum, sum + t.k * room, (size_t)parts, size) / n;
            slopes[j * t.k + c] = ($REAL)(penalty != 0.0 ? slope + penalty * by[c * room + j] : slope);
        }
        double sum[64], lost[64];
        for (int part = 0; part < parts; part++) {
            const double *at = from + (size_t)part * size + 2 * t.k * room + c;
            double hi = 0.0, lo = 0.0;
            for (int k = 0; k < 8; k++, at += t.k) {
                double s = hi + *at, r = s - hi;
                lo += ((hi - (s - r)) + (*at - r)) + at[8 * t.k];
                hi = s;
            }
            sum[part] = hi, lost[part] = lo;
        }
        bias[c] = ($REAL)(cesym_together(sum, lost, (size_t)parts, 1) / n);
    }
    double squares = 0.0, rest = 0.0;
    for (size_t j = 0; penalty != 0.0 && j < t.k * room; j++) {
        double x = t.w[j] * t.w[j], s = squares + x;
        rest += x - (s - squares);
        squares = s;
    }
    return cesym_total(total, parts) / n + (penalty != 0.0 ? 0.5 * penalty * (squares + rest) : 0.0);
}
