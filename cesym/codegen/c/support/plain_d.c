#define @inline static inline CESYM_ALWAYS
#define @fma(a, b, c) ((a) * (b) + (c))
#define @fnma(a, b, c) ((c) - (a) * (b))

/* a b - p for p = a b rounded: the factors are cut into halves of 26 bits (Dekker 1971). */
@inline double @rest(double a, double b, double p)
{
    double c = cesym_half(a), d = cesym_half(b), e = a - c, f = b - d;
    return (((c * d - p) + c * f) + e * d) + e * f;
}

/* a - q b for q close to a / b. */
@inline double @left(double q, double b, double a)
{
    double p = q * b;
    return (a - p) - @rest(q, b, p);
}
