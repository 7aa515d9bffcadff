#define @target CESYM_VECTOR
#define @WIDE 8
#define @load(p) _mm512_loadu_pd(p)
#define @store(p, x) _mm512_storeu_pd(p, x)
#define @load_f64(p) _mm512_loadu_pd(p)
#define @load_f32(p) _mm512_cvtps_pd(_mm256_loadu_ps(p))
#define @store_f64(p, x) _mm512_storeu_pd(p, x)
#define @store_f32(p, x) _mm256_storeu_ps(p, _mm512_cvtpd_ps(x))
#define @some(count) ((1u << (count)) - 1)
#define @store_some_f64(p, x, count) _mm512_mask_storeu_pd(p, (__mmask8)@some(count), x)
#define @store_some_f32(p, x, count) \
    _mm512_mask_storeu_ps(p, (__mmask16)@some(count), _mm512_castps256_ps512(_mm512_cvtpd_ps(x)))
#define @fetch(ahead, at) \
    (_mm_prefetch((ahead).logits + (at), _MM_HINT_T0), __builtin_prefetch((ahead).slopes + (at), 1))
#define @scale_near(x, i, k) _mm512_scalef_pd(x, k) /* x 2^floor(k) */
