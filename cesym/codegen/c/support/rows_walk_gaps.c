/* What gaps are measured from. A mean that is small would drown in the large logarithms of which it
   is the difference, and one that is not in the sum of powers. */
@inline @gaps @gaps_$F(
    const @logits *of_w, const $REAL *w, const @logits *of_z, const $REAL *z, size_t classes)
{
    size_t at = of_w->place;
    @gaps g = {{0.0, 0.0}, {0.0, 0.0}};
    @P sum = @one(0.0);
    int small = 1;
    g.first = @rise(&g, w[at], z[at]);
    for (size_t k = 0; k < classes; k++) {
        @P rise = @rise(&g, w[k], z[k]);
        small = small && rise.hi < 40.0;
        @P more = rise.hi < 40.0 ? @less_one(rise) : @one(0.0);
        sum = @plus_pp(sum, @weigh(@share(of_w, w[k], k), more));
    }
    g.mean = @log_one_more(sum);
    if (!(small && fabs(g.mean.hi) < 0.5))
        g.mean = @plus_pp(@below(of_z, z[at], at), @minus_pp(of_z->log, of_w->log));
    return g;
}
