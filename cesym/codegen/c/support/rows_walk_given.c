static inline CESYM_UNUSED void cesym_put_$F(const cesym_given_$F *a, size_t i, $REAL *to, double x)
{
    double w = a->weight ? a->weight[i] : 1.0;
    x = w == 0.0 ? 0.0 : w * x;
    if (to)
        to[i] = ($REAL)x;
    if (a->exact)
        a->exact[i - a->first] = x;
}

static inline CESYM_UNUSED void cesym_fill_$F($REAL *row, size_t classes, double x)
{
    for (size_t k = 0; k < classes; k++)
        row[k] = ($REAL)x;
}
