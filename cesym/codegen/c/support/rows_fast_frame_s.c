/* The frame of each lane in which the largest logit has the power 2^64; 0 if one is infinite. */
@target static int @frame_s(const cesym_tile *t, cesym_frame *f)
{
    int finite = 1;
    for (int j = 0; j < 8; j++) {
        finite &= fabs(t->max[j]) <= DBL_MAX;
        f->shift[j] = t->max[j];
        f->least[j] = -160.0;
        f->back[j] = 1024.0;
        f->ratio[j] = 0x1p-64;
        f->ratio_lo[j] = 0.0;
    }
    return finite;
}

/* The same where differences are to be exact without more ado: a difference to a large number is, as
   far as it matters, and nothing is taken from a small one. */
@target static int @far_frame_s(const cesym_tile *t, cesym_frame *f)
{
    int finite = @frame_s(t, f);
    for (int j = 0; j < 8; j++) {
        f->shift[j] = fabs(t->max[j]) > 224.0 ? t->max[j] : 0.0;
        f->least[j] = t->max[j] - f->shift[j] - 160.0;
        f->back[j] = 1024.0 - 16.0 * floor((t->max[j] - f->shift[j]) * $LOG2_E + 0.5);
    }
    @each(j) {
        @V n = @set(1024.0) - @load(f->back + j), c = @load(t->max + j) - @load(f->shift + j);
        @V x = @fnma(n, @set($STEP_LOW), @fnma(n, @set($STEP), c));
        @store(f->ratio + j, @exp(@neg(x)) * @set(0x1p-64));
    }
    return finite;
}

/* Sums as the setting accurate has them. */
@target static void @frame_sums_s(cesym_tile *t, const cesym_frame *f)
{
    @each(j) {
        @V r = @load(f->ratio + j);
        @put(sum, @load(t->sum + j) * r), @put(sum_lo, @load(t->sum_lo + j) * r);
    }
}

/* What has to be multiplied with powers for slopes, and what stands for the power of the class. */
@target static void @frame_slopes_s(cesym_tile *t, const cesym_frame *f)
{
    for (int j = 0; j < 8; j++) {
        double v = t->v[j] * f->ratio[j];
        t->v[j] = (float)v;
        t->v_lo[j] = v - t->v[j];
        t->less[j] = t->less[j] / f->ratio[j];
    }
}
