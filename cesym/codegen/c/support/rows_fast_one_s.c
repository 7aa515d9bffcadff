#define @WIDE 1
#define @fetch(ahead, at) (void)(ahead), (void)(at)

typedef double @sum;

@inline void @sum_more(@sum *sum, @V x)
{
    *sum += x;
}

@inline void @sum_end(const @sum *sum, double *hi, double *lo)
{
    (void)lo;
    *hi += *sum;
}
