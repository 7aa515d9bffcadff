/* The scores of one sample in `count` classes, whose weights are filled up with zeros. */
@inline void @dots_$F(
    const $REAL *x, size_t d, size_t room, const double *w, const double *b, double *z, int count)
{
    @L hi[4], lo[4];
    double high[8], low[8];
    size_t j = 0;
    for (int c = 0; c < count; c++)
        hi[c] = lo[c] = @same(0.0);
    for (; j + 8 <= d; j += 8) {
        @L at = @lanes_$F(x + j);
        for (int c = 0; c < count; c++)
            @more(&hi[c], &lo[c], at, @lanes_f64(w + (size_t)c * room + j));
    }
    if (j < d) {
        @L at = @some_$F(x + j, d - j);
        for (int c = 0; c < count; c++)
            @more(&hi[c], &lo[c], at, @lanes_f64(w + (size_t)c * room + j));
    }
    for (int c = 0; c < count; c++) {
        @put_lanes(high, hi[c]);
        @put_lanes(low, lo[c]);
        z[c] = cesym_gathered(high, low, b[c]);
    }
}

/* Add the products of eight features with the errors of `count` classes. */
@inline void @panel_$F(const $REAL *x, size_t m, size_t d, size_t left, size_t room, size_t k,
    const double *e, double *sums, double *lost, int count)
{
    @L hi[4], lo[4];
    double high[8], low[8];
    for (int c = 0; c < count; c++)
        hi[c] = lo[c] = @same(0.0);
    for (size_t i = 0; i < m; i++) {
        @L at = left < 8 ? @some_$F(x + i * d, left) : @lanes_$F(x + i * d);
        for (int c = 0; c < count; c++)
            @more(&hi[c], &lo[c], at, @same(e[i * k + (size_t)c]));
    }
    for (int c = 0; c < count; c++) {
        @put_lanes(high, hi[c]);
        @put_lanes(low, lo[c]);
        cesym_collect(sums + (size_t)c * room, lost + (size_t)c * room, high, low);
    }
}

$TARGETstatic void $H_scores_$F(const $REAL *x, size_t m, size_t d, size_t room, size_t k,
    const double *w, const double *b, double *z)
{
    for (size_t i = 0; i < m; i++) {
        size_t c = 0;
        for (; c + 4 <= k; c += 4)
            @dots_$F(x + i * d, d, room, w + c * room, b + c, z + i * k + c, 4);
        for (; c < k; c++)
            @dots_$F(x + i * d, d, room, w + c * room, b + c, z + i * k + c, 1);
    }
}

$TARGETstatic void $H_slopes_$F(const $REAL *x, size_t m, size_t d, size_t room, size_t k,
    const double *e, double *sums, double *lost)
{
    for (size_t j = 0; j < d; j += 8) {
        size_t c = 0, at = j;
        for (; c + 4 <= k; c += 4, at += 4 * room)
            @panel_$F(x + j, m, d, d - j, room, k, e + c, sums + at, lost + at, 4);
        for (; c < k; c++, at += room)
            @panel_$F(x + j, m, d, d - j, room, k, e + c, sums + at, lost + at, 1);
    }
}
