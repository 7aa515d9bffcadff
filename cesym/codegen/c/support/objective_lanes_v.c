typedef __m512d @L;

#define @lanes_f64(x) _mm512_loadu_pd(x)
#define @lanes_f32(x) _mm512_cvtps_pd(_mm256_loadu_ps(x))
#define @some_f64(x, n) _mm512_maskz_loadu_pd((__mmask8)((1u << (n)) - 1), x)
#define @some_f32(x, n) \
    _mm512_cvtps_pd(_mm512_castps512_ps256(_mm512_maskz_loadu_ps((__mmask16)((1u << (n)) - 1), x)))
#define @same(x) _mm512_set1_pd(x)
#define @put_lanes(to, x) _mm512_storeu_pd(to, x)
