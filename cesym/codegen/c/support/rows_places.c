@inline void @powers_of_$G(cesym_tile *t, size_t size, @M all, int soft)
{
    @V max[@N], ties[@N], sum[@N], sum_lo[@N];
    @V weights[@N], weights_lo[@N], below[@N], below_lo[@N];
    @each(j) {
        @get(max), @get(ties), @get(sum), @get(sum_lo);
        @get(weights), @get(weights_lo), @get(below), @get(below_lo);
    }
    @every(k, j) {
        @V x = @load(t->x + k + j), m = @of(max);
        @M top = @eq(x, m) | all;
        @P y = @power_$G(x, m, top);
        @keep_$G(t, k + j, y);
        @of(ties) = @of(ties) + @select(top, @set(1.0), @set(0.0));
        y = @select_p(top, @pair(@set(0.0), @set(0.0)), y);
        @gather_$G(&@of(sum), &@of(sum_lo), y);
        if (soft) {
            @V w = @load(t->w + k + j);
            @gather_$G(&@of(weights), &@of(weights_lo), @pair(w, @set(0.0)));
            @gather_$G(&@of(below), &@of(below_lo), @lack_$G(x, m, top, w));
        }
    }
    @each(j) {
        @put(ties, @of(ties)), @put(sum, @of(sum)), @put(sum_lo, @of(sum_lo));
        @put(weights, @of(weights)), @put(weights_lo, @of(weights_lo));
        @put(below, @of(below)), @put(below_lo, @of(below_lo));
    }
}

/* The powers of all places, and the sums of each lane. */
@target static void @powers_$G(cesym_tile *t, size_t size, cesym_mix mix)
{
    if (mix.soft)
        @powers_of_$G(t, size, (@M)-mix.single, 1);
    else
        @powers_of_$G(t, size, (@M)-mix.single, 0);
}

/* The loss of each lane, the slope at its class, and what all slopes need. */
@target static void @finish_$G(cesym_tile *t, cesym_mix mix)
{
    @V max[@N], own[@N], ties[@N], sum[@N], sum_lo[@N];
    @V weights[@N], weights_lo[@N], below[@N], below_lo[@N];
    @P zero = @pair(@set(0.0), @set(0.0)), unit = @pair(@set(@UNIT_$G), @set(0.0));
    @each(j) {
        @V m = @get(max), c = @get(own), many = @get(ties) - @set(1.0);
        @M top = @eq(c, m) | (@M)-mix.single;
        @M none = @gt(many, @set(0.0)) & @gt(@abs(m), @set(DBL_MAX));
        @P others = @pair(@select(none, @set(NAN), @get(sum)), @get(sum_lo));
        @P rest = @add_xp(many * unit.hi, others), total = @add_xp(unit.hi, rest);
        @P v = @div_pp(unit, total), y = @power_$G(c, m, top);
        others = @select_p(top, rest, @add_pp(total, @neg_p(y)));
        @put(slope, @slope_$G(y, others, @set(mix.on + mix.base), v));
        @P weight = @pair(@get(weights), @get(weights_lo));
        @P log = @pair(rest.hi * @set(@PER_UNIT_$G), rest.lo * @set(@PER_UNIT_$G));
        log = @mul_pp(weight, @log_sum(log));
        log = @select_p(@eq(weight.hi, @set(0.0)), zero, log);
        @P lack = @lack_$G(c, m, top, @set(mix.on));
        lack = @add_pp(lack, @pair(@get(below), @get(below_lo)));
        @M tiny = @gt(unit.hi * @set(0x1p-900), rest.hi) & @eq(lack.hi, @set(0.0));
        /* log(1 + rest) is rest then, which may be a subnormal number: it is rounded but once. */
        @V least = @joined(@mul_pp(weight, rest)) * @set(@PER_UNIT_$G);
        @put(loss, @select(tiny, least, @rounded(@add_pp(lack, log))));
        @put(v, v.hi), @put(v_lo, v.lo), @put(rest, rest.hi), @put(rest_lo, rest.lo);
        @put(total, total.hi), @put(total_lo, total.lo);
    }
}

/* The slopes of all places, in the place of the powers. */
@target static void @slopes_$G(cesym_tile *t, size_t size, cesym_mix mix)
{
    @V v[@N], v_lo[@N], rest[@N], rest_lo[@N];
    @V total[@N], total_lo[@N], max[@N];
    @each(j) {
        @get(v), @get(v_lo), @get(rest), @get(rest_lo);
        @get(total), @get(total_lo), @get(max);
    }
    if (!mix.soft) {
        @every(k, j)
            @store(t->hi + k + j, @share_$G(@kept_$G(t, k + j), @pair(@of(v), @of(v_lo))));
        return;
    }
    @every(k, j) {
        @P y = @kept_$G(t, k + j), others = @pair(@of(total), @of(total_lo));
        @M top = @eq(@load(t->x + k + j), @of(max)) | (@M)-mix.single;
        others = @select_p(top, @pair(@of(rest), @of(rest_lo)), @add_pp(others, @neg_p(y)));
        @V w = @load(t->w + k + j);
        @store(t->hi + k + j, @slope_$G(y, others, w, @pair(@of(v), @of(v_lo))));
    }
}
