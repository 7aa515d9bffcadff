#define @across(j) for (int j = 0; j < @ACROSS; j += @WIDE)
#define @MANY (@ACROSS / @WIDE)

/* The powers of places, in y, and the sums of each lane; if asked, with what rounding takes from the
   differences. */
@inline void @fast_powers_$F(
    cesym_tile *t, const cesym_frame *f, const $REAL *x, $REAL *y, size_t size, cesym_ahead ahead,
    int rounded)
{
    @V max[@MANY], shift[@MANY], least[@MANY], back[@MANY], ties[@MANY];
    @sum sum[@MANY], counts[@MANY];
    @across(j) {
        int l = j / @WIDE;
        max[l] = @lane(t->max + j), shift[l] = @lane(f->shift + j);
        least[l] = @lane(f->least + j), back[l] = @lane(f->back + j), ties[l] = @set(0.0);
    }
    memset(sum, 0, sizeof sum);
    memset(counts, 0, sizeof counts);
    for (size_t k = 0; k < size; k += @ACROSS) {
        @across(j) {
            int l = j / @WIDE;
            @fetch(ahead, (k + j) * sizeof *x);
            @V u = @read(x + k + j), d = @max(least[l], u - shift[l]);
            @V m = @fma(d, @set($STEPS), @set($MAGIC)), n = m - @set($MAGIC);
            @V r = @fnma(n, @set($STEP_LOW), @fnma(n, @set($STEP), d));
            if (rounded) {
                @V s = u - shift[l], b = s - u;
                r = r + @select(@gt(s, least[l]), (u - (s - b)) - (shift[l] + b), @set(0.0));
            }
            @V e = @entry(cesym_exp_$T, @index(m)), p = @fma(r * r, @exp_tail(r), r);
            p = @scale(e + @fma(e, p, @entry(cesym_exp_low_$T, @index(m))), @index(m + back[l]), n + back[l]);
            @M top = @eq(u, max[l]);
            @write(y + k + j, p);
            ties[l] = ties[l] + @select(top, @set(1.0), @set(0.0));
            @sum_more(&sum[l], @select(top, @set(0.0), p));
        }
    }
    @across(j) {
        int l = j / @WIDE;
        double nothing[8];
        @sum_more(&counts[l], ties[l]);
        @sum_end(&counts[l], t->ties + j, memset(nothing, 0, sizeof nothing));
        @sum_end(&sum[l], t->sum + j, t->sum_lo + j);
    }
}

/* Slopes in the place of powers, with a factor for each lane. */
@target static void @fast_slopes_$F(const cesym_tile *t, $REAL *y, size_t size)
{
    for (size_t k = 0; k < size; k += @ACROSS)
        @across(j) {
            @V p = @read(y + k + j);
            @write(y + k + j, @fma(p, @lane(t->v + j), p * @lane(t->v_lo + j)));
        }
}

/* Slopes from powers, with the factor of the first lane. */
@target static void @fast_shares_$F(const cesym_tile *t, const $REAL *y, $REAL *g, size_t count)
{
    @V v = @set(t->v[0]), low = @set(t->v_lo[0]);
    size_t k = 0;
    for (; k + @WIDE <= count; k += @WIDE) {
        @V p = @read(y + k);
        @write(g + k, @fma(p, v, p * low));
    }
    if (k < count) {
        @V p = @read_some(y + k, count - k);
        @write_some(g + k, @fma(p, v, p * low), count - k);
    }
}

/* Eight rows from i on, or fewer, side by side; 0 if this is not for them. */
@target static int @fast_narrow_$F(
    const cesym_rows_$F *a, cesym_tile *t, $REAL *x, size_t i, int rows)
{
    cesym_mix mix = cesym_mix_$F(a);
    cesym_frame f;
    size_t size = 8 * a->classes, most = (size + @ACROSS - 1) / @ACROSS * @ACROSS;
    cesym_clear(t);
    $Daside_$F(x, a->z + i * a->classes, a->classes, rows);
    for (size_t k = size; k < most; k++)
        x[k] = ($REAL)-HUGE_VAL;
    cesym_own_$F(a, t, i, rows);
    $Llargest_$F(t, x, most);
    if (!$Dframe_$G(t, &f))
        return 0;
    @fast_powers_$F(t, &f, x, x, most, cesym_ahead_$F(a, i, 8), 1);
    $Dframe_sums_$G(t, &f);
    cesym_whole(t);
    $Dfinish_$G(t, mix);
    for (int j = 0; j < rows; j++)
        cesym_put_$F(a, i + (size_t)j, t->loss[j]);
    if (a->gradient) {
        $Dframe_slopes_$G(t, &f);
        @fast_slopes_$F(t, x, most);
        $Ddrain_$F(a, t, x, i, rows);
    }
    return 1;
}

/* One row; 0 if this is not for it. Powers of very many classes are kept in the place of slopes. */
@target static int @fast_wide_$F(const cesym_rows_$F *a, cesym_tile *t, $REAL *row, size_t i)
{
    cesym_mix mix = cesym_mix_$F(a);
    cesym_frame f;
    cesym_ahead ahead = cesym_ahead_$F(a, i, 1);
    int kept = !a->gradient || a->classes <= CESYM_PLACES;
    const $REAL *z = a->z + i * a->classes;
    $REAL end[16], *g = a->gradient ? a->gradient + i * a->classes : NULL, *y = kept ? row : g;
    size_t left = cesym_end_$F(end, z, a->classes, @ACROSS);
    cesym_clear(t);
    $Llargest_$F(t, z, a->classes - left);
    $Llargest_$F(t, end, @ACROSS);
    cesym_fold_largest(t);
    if (!$Dfar_frame_$G(t, &f))
        return 0;
    for (size_t at = 0; at + left < a->classes; at += CESYM_PLACES) {
        size_t m = a->classes - left - at;
        m = m < CESYM_PLACES ? m : CESYM_PLACES;
        @fast_powers_$F(t, &f, z + at, kept ? y : y + at, m, ahead, 0);
    }
    @fast_powers_$F(t, &f, end, end, @ACROSS, ahead, 0);
    cesym_fold_sums(t);
    $Dframe_sums_$G(t, &f);
    cesym_own_$F(a, t, i, 1);
    cesym_whole(t);
    $Dfinish_$G(t, mix);
    cesym_put_$F(a, i, t->loss[0]);
    if (!g)
        return 1;
    if (cesym_state_$F(a, i) != 1) {
        cesym_blank_$F(a, i, g);
        return 1;
    }
    memcpy(y + (a->classes - left), end, left * sizeof *end);
    $Dframe_slopes_$G(t, &f);
    y[a->target[i]] = ($REAL)t->less[0];
    @fast_shares_$F(t, y, g, a->classes);
    return 1;
}

@target static void $H_rows_$F(const cesym_rows_$F *a, size_t i, size_t end)
{
    cesym_tile t;
    cesym_mix mix = cesym_mix_$F(a);
    $REAL x[CESYM_ROOM];
    int fast = !mix.soft && !mix.single;
    for (; a->classes <= CESYM_NARROW && i < end; i += 8) {
        int rows = end - i < 8 ? (int)(end - i) : 8;
        if (!fast || !@fast_narrow_$F(a, &t, x, i, rows))
            $Dnarrow_$F(a, &t, x, i, rows);
    }
    for (; a->classes > CESYM_NARROW && i < end; i++)
        if (!fast || !@fast_wide_$F(a, &t, x, i))
            $Dwide_$F(a, &t, i);
}
