#define @target CESYM_VECTOR
#define @WIDE 8
#define @load(p) _mm512_loadu_pd(p)
#define @store(p, x) _mm512_storeu_pd(p, x)
#define @load_f64(p) _mm512_loadu_pd(p)
#define @load_f32(p) _mm512_cvtps_pd(_mm256_loadu_ps(p))
#define @store_f64(p, x) _mm512_storeu_pd(p, x)
#define @store_f32(p, x) _mm256_storeu_ps(p, _mm512_cvtpd_ps(x))
#define @stream_f64(p, x) _mm512_stream_pd(p, x)
#define @stream_f32(p, x) _mm256_stream_ps(p, _mm512_cvtpd_ps(x))
#define @some(count) ((1u << (count)) - 1)
#define @store_some_f64(p, x, count) _mm512_mask_storeu_pd(p, (__mmask8)@some(count), x)
#define @store_some_f32(p, x, count) \
    _mm512_mask_storeu_ps(p, (__mmask16)@some(count), _mm512_castps256_ps512(_mm512_cvtpd_ps(x)))
/* How many places stand before the first that is at a multiple of the size of a vector. */
#define @before(p, size) (-((uintptr_t)(p) / (size)) % @WIDE)
#define @scale_near(x, i, k) _mm512_scalef_pd(x, k) /* x 2^floor(k) */
#define @fence() _mm_sfence()

/* Copy past the cache, but for what shares a line of it with something else. */
@inline void @copy(void *to, const void *from, size_t bytes)
{
    char *p = to;
    const char *q = from;
    size_t k = -(uintptr_t)p & 63;
    k = k < bytes ? k : bytes;
    memcpy(p, q, k);
    for (; k + 64 <= bytes; k += 64)
        _mm512_stream_si512((__m512i *)(void *)(p + k), _mm512_loadu_si512(q + k));
    memcpy(p + k, q + k, bytes - k);
}
