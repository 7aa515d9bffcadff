typedef @P @sum;

/* Add a number, so that nothing is lost. */
@inline void @sum_more(@sum *sum, @V x)
{
    @gather_p(&sum->hi, &sum->lo, @pair(x, @set(0.0)));
}

@inline void @sum_end(const @sum *sum, double *hi, double *lo)
{
    @V a = @load(hi), b = @load(lo);
    @gather_p(&a, &b, *sum);
    @store(hi, a);
    @store(lo, b);
}
