typedef struct {
    double at[8];
} @L;

@inline @L @lanes_f64(const double *x)
{
    @L found;
    for (int k = 0; k < 8; k++)
        found.at[k] = x[k];
    return found;
}

@inline @L @lanes_f32(const float *x)
{
    @L found;
    for (int k = 0; k < 8; k++)
        found.at[k] = x[k];
    return found;
}

@inline @L @same(double x)
{
    @L found;
    for (int k = 0; k < 8; k++)
        found.at[k] = x;
    return found;
}

/* Fewer than eight, and zeros. */
@inline @L @some_f64(const double *x, size_t n)
{
    @L found = @same(0.0);
    for (size_t k = 0; k < n; k++)
        found.at[k] = x[k];
    return found;
}

@inline @L @some_f32(const float *x, size_t n)
{
    @L found = @same(0.0);
    for (size_t k = 0; k < n; k++)
        found.at[k] = x[k];
    return found;
}

@inline void @put_lanes(double *to, @L x)
{
    for (int k = 0; k < 8; k++)
        to[k] = x.at[k];
}
