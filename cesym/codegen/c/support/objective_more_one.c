/* Add products to sums hi + lo, of which nothing is lost (Ogita, Rump, Oishi 2005). */
@inline void @more(@L *hi, @L *lo, @L x, @L y)
{
    for (int k = 0; k < 8; k++) {
        double p = x.at[k] * y.at[k], e = @rest(x.at[k], y.at[k], p);
        double s = hi->at[k] + p, t = s - hi->at[k];
        lo->at[k] += ((hi->at[k] - (s - t)) + (p - t)) + e;
        hi->at[k] = s;
    }
}
