#define @target CESYM_VECTOR
#define @WIDE 16
#define @ACROSS 16
#define @some(count) ((1u << (count)) - 1)
#define @read(p) _mm512_loadu_ps(p)
#define @write(p, x) _mm512_storeu_ps(p, x)
#define @read_some(p, count) _mm512_maskz_loadu_ps((__mmask16)@some(count), p)
#define @write_some(p, x, count) _mm512_mask_storeu_ps(p, (__mmask16)@some(count), x)
#define @halves(a, b) _mm512_insertf32x8(_mm512_castps256_ps512(a), b, 1)
#define @fetch(ahead, at) \
    (_mm_prefetch((ahead).logits + (at), _MM_HINT_T0), __builtin_prefetch((ahead).slopes + (at), 1))
#define @first(x) _mm512_cvtps_pd(_mm512_castps512_ps256(x))
#define @second(x) _mm512_cvtps_pd(_mm512_extractf32x8_ps(x, 1))

/* The numbers of eight lanes, twice. */
@inline @V @lane(const double *p)
{
    __m256 x = _mm512_cvtpd_ps(_mm512_loadu_pd(p));
    return @halves(x, x);
}

typedef struct {
    __m512d low, high;
} @sum;

@inline void @sum_more(@sum *sum, @V x)
{
    sum->low = sum->low + @first(x);
    sum->high = sum->high + @second(x);
}

@inline void @sum_end(const @sum *sum, double *hi, double *lo)
{
    (void)lo;
    _mm512_storeu_pd(hi, _mm512_loadu_pd(hi) + (sum->low + sum->high));
}

@target static void @largest_f32(cesym_tile *t, const float *x, size_t size)
{
    @V a = @lane(t->max), b = a, c = a, d = a;
    size_t k = 0;
    for (; k + 64 <= size; k += 64) {
        a = @max(@read(x + k), a);
        b = @max(@read(x + k + 16), b);
        c = @max(@read(x + k + 32), c);
        d = @max(@read(x + k + 48), d);
    }
    for (; k < size; k += 16)
        a = @max(@read(x + k), a);
    a = @max(@max(a, b), @max(c, d));
    _mm512_storeu_pd(t->max, _mm512_max_pd(@first(a), @second(a)));
}
