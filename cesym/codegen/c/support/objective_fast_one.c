/* Add products to sums. */
@inline void @more(@L *hi, @L *lo, @L x, @L y)
{
    (void)lo;
    for (int k = 0; k < 8; k++)
        hi->at[k] += x.at[k] * y.at[k];
}
