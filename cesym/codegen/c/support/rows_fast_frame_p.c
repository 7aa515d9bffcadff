/* The frame of each lane in which the largest logit has the power 2^512; 0 if one is infinite. */
@target static int @frame_p(const cesym_tile *t, cesym_frame *f)
{
    int finite = 1;
    for (int j = 0; j < 8; j++) {
        finite &= fabs(t->max[j]) <= DBL_MAX;
        f->shift[j] = t->max[j];
        f->least[j] = -1200.0;
        f->back[j] = 8192.0;
        f->ratio[j] = 1.0;
        f->ratio_lo[j] = 0.0;
    }
    return finite;
}

/* The same where differences are to be exact without more ado: a difference to a large number is, as
   far as it matters, and nothing is taken from a small one. */
@target static int @far_frame_p(const cesym_tile *t, cesym_frame *f)
{
    int finite = @frame_p(t, f);
    for (int j = 0; j < 8; j++) {
        f->shift[j] = fabs(t->max[j]) > 1536.0 ? t->max[j] : 0.0;
        f->least[j] = t->max[j] - f->shift[j] - 1200.0;
        f->back[j] = 8192.0 - 16.0 * floor((t->max[j] - f->shift[j]) * $LOG2_E + 0.5);
    }
    @each(j) {
        @V n = @set(8192.0) - @load(f->back + j), c = @load(t->max + j) - @load(f->shift + j);
        @P r = @exp_p(@join_xx(@neg(@fnma(n, @set($STEP), c)), n * @set($STEP_LOW)));
        @store(f->ratio + j, r.hi);
        @store(f->ratio_lo + j, r.lo);
    }
    return finite;
}

/* Sums as the setting accurate has them. */
@target static void @frame_sums_p(cesym_tile *t, const cesym_frame *f)
{
    @each(j) {
        @P r = @pair(@load(f->ratio + j), @load(f->ratio_lo + j));
        @P sum = @mul_pp(@pair(@load(t->sum + j), @load(t->sum_lo + j)), r);
        @put(sum, sum.hi), @put(sum_lo, sum.lo);
    }
}

/* What has to be multiplied with powers for slopes, and what stands for the power of the class. */
@target static void @frame_slopes_p(cesym_tile *t, const cesym_frame *f)
{
    @each(j) {
        @P r = @pair(@load(f->ratio + j), @load(f->ratio_lo + j));
        @P v = @mul_pp(@pair(@load(t->v + j), @load(t->v_lo + j)), r);
        v = @join_xx(v.hi, v.lo);
        @put(v, v.hi * @set(0x1p-512)), @put(v_lo, v.lo * @set(0x1p-512));
        @put(less, @joined(@div_pp(@pair(@load(t->less + j), @load(t->less_lo + j)), r)));
    }
}
