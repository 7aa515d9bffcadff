@inline void @narrow_$F(const cesym_rows_$F *a, cesym_tile *t, size_t i, int rows)
{
    cesym_mix mix = cesym_mix_$F(a);
    size_t size = 8 * a->classes;
    cesym_clear(t);
    cesym_fill_$F(a, t, i, rows, mix);
    @largest(t, size);
    @powers_$G(t, size, mix);
    for (int j = 0; !a->p && j < 8; j++)
        t->weights[j] = 1.0, t->weights_lo[j] = 0.0;
    @finish_$G(t, mix);
    for (int j = 0; j < rows; j++)
        cesym_put_$F(a, i + (size_t)j, t->loss[j]);
    if (!a->gradient)
        return;
    @slopes_$G(t, size, mix);
    for (int j = 0; j < rows; j++) {
        cesym_drain_$F(a, i + (size_t)j, 0, a->classes, t->hi + j, 8);
        cesym_at_class_$F(a, i + (size_t)j, t->slope[j]);
    }
}

@inline void @wide_$F(const cesym_rows_$F *a, cesym_tile *t, size_t i)
{
    cesym_mix mix = cesym_mix_$F(a);
    size_t size = 0, count = 0;
    int kept = a->classes <= CESYM_PLACES;
    cesym_clear(t);
    for (size_t at = 0; at < a->classes; at += CESYM_PLACES) {
        size = cesym_take_$F(a, t, i, at, &count, mix);
        @largest(t, size);
    }
    cesym_fold_largest(t);
    for (size_t at = 0; at < a->classes; at += CESYM_PLACES) {
        size = kept ? size : cesym_take_$F(a, t, i, at, &count, mix);
        @powers_$G(t, size, mix);
    }
    cesym_fold_sums(t);
    for (int j = 0; j < 8; j++)
        t->own[j] = a->z[i * a->classes + cesym_class_$F(a, i)];
    for (int j = 0; !a->p && j < 8; j++)
        t->weights[j] = 1.0, t->weights_lo[j] = 0.0;
    @finish_$G(t, mix);
    cesym_put_$F(a, i, t->loss[0]);
    if (!a->gradient)
        return;
    for (size_t at = 0; at < a->classes; at += CESYM_PLACES) {
        if (!kept) {
            size = cesym_take_$F(a, t, i, at, &count, mix);
            @powers_$G(t, size, mix);
        }
        @slopes_$G(t, size, mix);
        cesym_drain_$F(a, i, at, count, t->hi, 1);
    }
    cesym_at_class_$F(a, i, t->slope[0]);
}

@target static void $H_rows_$F(const cesym_rows_$F *a, size_t i, size_t end)
{
    cesym_tile t;
    if (a->classes <= CESYM_NARROW)
        for (; i < end; i += 8)
            @narrow_$F(a, &t, i, end - i < 8 ? (int)(end - i) : 8);
    else
        for (; i < end; i++)
            @wide_$F(a, &t, i);
}
