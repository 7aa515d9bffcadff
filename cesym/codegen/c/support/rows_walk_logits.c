/* Describe a row of logits that are divided by something. */
@inline @logits @logits_$F(const $REAL *z, size_t classes, double heat)
{
    @logits of = {z[0], heat, 0, {0.0, 0.0}, {0.0, 0.0}, {0.0, 0.0}};
    for (size_t k = 1; k < classes; k++)
        if (z[k] > of.max || (z[k] != z[k] && of.max == of.max))
            of.max = z[k], of.place = k;
    for (size_t k = 0; k < classes; k++)
        if (k != of.place)
            of.rest = @plus_pp(of.rest, @power(&of, z[k], k));
    of.total = @plus_pp(@one(1.0), of.rest);
    of.log = @tidy(@log_sum_p(of.rest));
    return of;
}
