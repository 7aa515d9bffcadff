@target static void @largest_$F(cesym_tile *t, const $REAL *x, size_t size)
{
    @V m[32 / @WIDE];
    size_t k = 0;
    for (int j = 0; j < 32; j += @WIDE)
        m[j / @WIDE] = @load(t->max + (j & 7));
    for (; k + 32 <= size; k += 32)
        for (int j = 0; j < 32; j += @WIDE)
            m[j / @WIDE] = @max(@load_$F(x + k + j), m[j / @WIDE]);
    for (; k < size; k += 8)
        @each(j) m[j / @WIDE] = @max(@load_$F(x + k + j), m[j / @WIDE]);
    for (int j = 8; j < 32; j += @WIDE)
        m[(j & 7) / @WIDE] = @max(m[j / @WIDE], m[(j & 7) / @WIDE]);
    @each(j) @put(max, @of(m));
}

@inline void @powers_of_$F(
    cesym_tile *t, const $REAL *x, size_t at, size_t size, cesym_ahead ahead, @M all,
    int soft)
{
    @V max[@N], ties[@N], sum[@N], sum_lo[@N];
    @V weights[@N], weights_lo[@N], below[@N], below_lo[@N];
    @each(j) {
        @get(max), @get(ties), @get(sum), @get(sum_lo);
        @get(weights), @get(weights_lo), @get(below), @get(below_lo);
    }
    @every(k, j) {
        @fetch(ahead, (k + j) * sizeof *x);
        @V u = @load_$F(x + k + j), m = @of(max);
        @M top = @eq(u, m) | all;
        @P y = soft ? @power_$G(u, m, top) : @share_power_$G(u, m, top);
        @keep_$G(t, at + k + j, y);
        @of(ties) = @of(ties) + @select(top, @set(1.0), @set(0.0));
        y = @select_p(top, @pair(@set(0.0), @set(0.0)), y);
        @gather_$G(&@of(sum), &@of(sum_lo), y);
        if (soft) {
            @V w = @load(t->w + at + k + j);
            @gather_$G(&@of(weights), &@of(weights_lo), @pair(w, @set(0.0)));
            @gather_$G(&@of(below), &@of(below_lo), @lack_$G(u, m, top, w));
        }
    }
    @each(j) {
        @put(ties, @of(ties)), @put(sum, @of(sum)), @put(sum_lo, @of(sum_lo));
        @put(weights, @of(weights)), @put(weights_lo, @of(weights_lo));
        @put(below, @of(below)), @put(below_lo, @of(below_lo));
    }
}

/* The powers of places, kept from `at` on, and the sums of each lane. */
@target static void @powers_$F(
    cesym_tile *t, const $REAL *x, size_t at, size_t size, cesym_mix mix, cesym_ahead ahead)
{
    if (mix.soft)
        @powers_of_$F(t, x, at, size, ahead, (@M)-mix.single, 1);
    else
        @powers_of_$F(t, x, at, size, ahead, (@M)-mix.single, 0);
}

/* The slopes of places from the powers that are kept from `at` on; they may take the place of x. */
@target static void @slopes_$F(
    cesym_tile *t, const $REAL *x, size_t at, size_t size, $REAL *slopes, cesym_mix mix)
{
    @V v[@N], v_lo[@N], rest[@N], rest_lo[@N];
    @V total[@N], total_lo[@N], max[@N];
    @each(j) {
        @get(v), @get(v_lo), @get(rest), @get(rest_lo);
        @get(total), @get(total_lo), @get(max);
    }
    if (!mix.soft) {
        @every(k, j) {
            @P y = @kept_$G(t, at + k + j);
            @store_$F(slopes + k + j, @share_$G(y, @pair(@of(v), @of(v_lo))));
        }
        return;
    }
    @every(k, j) {
        @P y = @kept_$G(t, at + k + j), others = @pair(@of(total), @of(total_lo));
        @M top = @eq(@load_$F(x + k + j), @of(max)) | (@M)-mix.single;
        others = @select_p(top, @pair(@of(rest), @of(rest_lo)), @add_pp(others, @neg_p(y)));
        @V w = @load(t->w + at + k + j);
        @store_$F(slopes + k + j, @slope_$G(y, others, w, @pair(@of(v), @of(v_lo))));
    }
}

/* The slopes of one row, from what is kept. */
@target static void @shares_$F(const cesym_tile *t, $REAL *slopes, size_t count)
{
    @P v = @pair(@load(t->v), @load(t->v_lo));
    size_t k = 0;
    for (; k + @WIDE <= count; k += @WIDE)
        @store_$F(slopes + k, @share_$G(@kept_$G(t, k), v));
    if (k < count)
        @store_some_$F(slopes + k, @share_$G(@kept_$G(t, k), v), count - k);
}

/* The slopes of eight rows, or fewer, which stand side by side in x, to where they belong. */
@inline void @drain_$F(
    const cesym_rows_$F *a, const cesym_tile *t, const $REAL *x, size_t i, int rows)
{
    $REAL *g = a->gradient + i * a->classes;
    @in_order_$F(g, x, a->classes, rows);
    for (size_t j = 0; a->target && j < (size_t)rows; j++) {
        if (cesym_state_$F(a, i + j) == 1)
            g[j * a->classes + (size_t)a->target[i + j]] = ($REAL)t->slope[j];
        else
            cesym_blank_$F(a, i + j, g + j * a->classes);
    }
}
