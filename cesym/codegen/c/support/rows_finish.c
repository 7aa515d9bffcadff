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
        @put(less, @neg(others.hi)), @put(less_lo, @neg(others.lo));
        @P weight = @pair(@get(weights), @get(weights_lo));
        @P log = @pair(rest.hi * @set(@PER_UNIT_$G), rest.lo * @set(@PER_UNIT_$G));
        log = @mul_pp(weight, @log_sum_$G(log));
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
