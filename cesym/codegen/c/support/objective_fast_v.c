/* Add products to sums, each rounded once. */
@inline void @more(@L *hi, @L *lo, @L x, @L y)
{
    (void)lo;
    *hi = @fma(x, y, *hi);
}
