/* Add products to sums hi + lo, of which nothing is lost (Ogita, Rump, Oishi 2005). */
@inline void @more(@L *hi, @L *lo, @L x, @L y)
{
    @L p = x * y, e = @rest(x, y, p), s = *hi + p, t = s - *hi;
    *lo += ((*hi - (s - t)) + (p - t)) + e;
    *hi = s;
}
