@inline void @narrow_$F(const cesym_rows_$F *a, cesym_tile *t, $REAL *x, size_t i, int rows)
{
    cesym_mix mix = cesym_mix_$F(a);
    size_t size = 8 * a->classes;
    cesym_clear(t);
    @aside_$F(x, a->z + i * a->classes, a->classes, rows);
    cesym_own_$F(a, t, i, rows);
    if (mix.soft)
        cesym_weigh_$F(a, t, i, rows, mix);
    @largest_$F(t, x, size);
    @powers_$F(t, x, 0, size, mix, cesym_ahead_$F(a, i, 8));
    if (!a->p)
        cesym_whole(t);
    @finish_$G(t, mix);
    for (int j = 0; j < rows; j++)
        cesym_put_$F(a, i + (size_t)j, t->loss[j]);
    if (!a->gradient)
        return;
    @slopes_$F(t, x, 0, size, x, mix);
    @drain_$F(a, t, x, i, rows);
}

@inline void @powers_from_$F(
    const cesym_rows_$F *a, cesym_tile *t, size_t i, size_t at, size_t count, cesym_mix mix)
{
    const $REAL *z = a->z + i * a->classes + at;
    cesym_ahead ahead = cesym_ahead_$F(a, i, 1);
    $REAL end[16];
    size_t left = cesym_end_$F(end, z, count, 8);
    if (mix.soft)
        cesym_take_$F(a, t, i, at, count, mix);
    @powers_$F(t, z, 0, count - left, mix, ahead);
    if (left)
        @powers_$F(t, end, count - left, 8, mix, ahead);
}

@inline void @slopes_from_$F(
    const cesym_rows_$F *a, cesym_tile *t, size_t i, size_t at, size_t count, cesym_mix mix)
{
    const $REAL *z = a->z + i * a->classes + at;
    $REAL end[16], *g = a->gradient + i * a->classes + at;
    if (!mix.soft) {
        size_t c = (size_t)a->target[i];
        if (c >= at && c - at < count)
            t->hi[c - at] = t->less[0], t->lo[c - at] = t->less_lo[0];
        @shares_$F(t, g, count);
        return;
    }
    size_t left = cesym_end_$F(end, z, count, 8);
    @slopes_$F(t, z, 0, count - left, g, mix);
    @slopes_$F(t, end, count - left, left ? 8 : 0, end, mix);
    for (size_t k = 0; k < left; k++)
        g[count - left + k] = end[k];
}

@inline void @wide_$F(const cesym_rows_$F *a, cesym_tile *t, size_t i)
{
    cesym_mix mix = cesym_mix_$F(a);
    size_t classes = a->classes, count = classes < CESYM_PLACES ? classes : CESYM_PLACES;
    $REAL end[16];
    cesym_clear(t);
    size_t left = cesym_end_$F(end, a->z + i * classes, classes, 8);
    @largest_$F(t, a->z + i * classes, classes - left);
    @largest_$F(t, end, 8);
    cesym_fold_largest(t);
    for (size_t at = 0; at < classes; at += CESYM_PLACES)
        @powers_from_$F(a, t, i, at, classes - at < count ? classes - at : count, mix);
    cesym_fold_sums(t);
    cesym_own_$F(a, t, i, 1);
    if (!a->p)
        cesym_whole(t);
    @finish_$G(t, mix);
    cesym_put_$F(a, i, t->loss[0]);
    if (!a->gradient)
        return;
    if (cesym_state_$F(a, i) != 1) {
        cesym_blank_$F(a, i, a->gradient + i * classes);
        return;
    }
    for (size_t at = 0; at < classes; at += CESYM_PLACES) {
        size_t m = classes - at < count ? classes - at : count;
        if (classes > CESYM_PLACES)
            @powers_from_$F(a, t, i, at, m, mix);
        @slopes_from_$F(a, t, i, at, m, mix);
    }
    if (mix.soft && a->target)
        a->gradient[i * classes + (size_t)a->target[i]] = ($REAL)t->slope[0];
}
