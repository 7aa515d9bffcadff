/* Losses, and with `sloping` errors, of m samples. */
static void cesym_losses(size_t m, size_t k, const cesym_bench *bench, const int64_t *target,
    double *loss, int sloping)
{
    cesym_rows_f64 a = {m, k, bench->z, target ? NULL : bench->y, target, INT64_MIN, 0.0, NULL, loss,
        sloping ? bench->e : NULL, NULL, 0};
    run_rows_f64(&a, 0, m);
}

/* The slopes of losses of which the class is the one that is given. */
static void cesym_sloped(size_t m, size_t k, const double *z, const int64_t *target, double *slopes)
{
    cesym_rows_f64 a = {m, k, z, NULL, target, INT64_MIN, 0.0, NULL, NULL, slopes, NULL, 0};
    run_rows_f64(&a, 0, m);
}

/* One row of slopes, of the class c, of which the share is given, to products with a row v. These do
   not change when v is moved: v[c] is moved to 0, so that their mean has no large part. */
static void cesym_turn(double *row, const double *v, size_t k, size_t c, double share)
{
    double sum = 0.0, lost = 0.0;
    for (size_t j = 0; j < k; j++) {
        double x = j == c ? 0.0 : row[j] * (v[j] - v[c]), s = sum + x, t = s - sum;
        lost += (sum - (s - t)) + (x - t);
        sum = s;
    }
    sum = lost == lost ? sum + lost : sum;
    for (size_t j = 0; j < k; j++)
        row[j] = j == c ? -share * sum : row[j] * ((v[j] - v[c]) - sum);
}

/* Second derivatives times what a direction adds to each row of logits. The slopes of a loss are the
   shares of all classes but its own: the largest. If this one has less than half, another loss tells. */
static void cesym_along(size_t m, size_t k, const cesym_bench *bench)
{
    int64_t largest[CESYM_SAMPLES] = {0}, other[CESYM_SAMPLES] = {0};
    int doubtful = 0;
    for (size_t i = 0; i < m; i++) {
        const double *z = bench->z + i * k;
        size_t c = 0;
        for (size_t j = 1; j < k; j++)
            c = z[j] > z[c] ? j : c;
        largest[i] = (int64_t)c;
        other[i] = c == 0 && k > 1;
    }
    cesym_sloped(m, k, bench->z, largest, bench->e);
    for (size_t i = 0; i < m; i++)
        doubtful |= bench->e[i * k + (size_t)largest[i]] < -0.5;
    if (doubtful)
        cesym_sloped(m, k, bench->z, other, bench->y);
    for (size_t i = 0; i < m; i++) {
        size_t at = i * k, c = (size_t)largest[i];
        double slope = bench->e[at + c];
        double share = slope < -0.5 ? bench->y[at + c] : 1.0 + slope;
        cesym_turn(bench->e + at, bench->v + at, k, c, share);
    }
}
