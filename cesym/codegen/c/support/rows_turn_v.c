typedef __m512d @eight_f64;

typedef __m256 @eight_f32;

#define @take_f64(mask, p) _mm512_maskz_loadu_pd((__mmask8)(mask), p)
#define @take_f32(mask, p) _mm512_castps512_ps256(_mm512_maskz_loadu_ps((__mmask16)(mask), p))
#define @leave_f64(p, mask, x) _mm512_mask_storeu_pd(p, (__mmask8)(mask), x)
#define @leave_f32(p, mask, x) \
    _mm512_mask_storeu_ps(p, (__mmask16)(mask), _mm512_castps256_ps512(x))

/* Rows to columns: pairs of rows, then halves and quarters of registers change places. */
@inline void @turn_f64(@eight_f64 *r)
{
    @eight_f64 a[8], b[8];
    for (int j = 0; j < 8; j += 2) {
        a[j] = _mm512_unpacklo_pd(r[j], r[j + 1]);
        a[j + 1] = _mm512_unpackhi_pd(r[j], r[j + 1]);
    }
    for (int j = 0; j < 8; j += 4) {
        for (int k = 0; k < 2; k++) {
            b[j + k] = _mm512_shuffle_f64x2(a[j + k], a[j + k + 2], 0x88);
            b[j + k + 2] = _mm512_shuffle_f64x2(a[j + k], a[j + k + 2], 0xdd);
        }
    }
    for (int k = 0; k < 4; k++) {
        r[k] = _mm512_shuffle_f64x2(b[k], b[k + 4], 0x88);
        r[k + 4] = _mm512_shuffle_f64x2(b[k], b[k + 4], 0xdd);
    }
}

@inline void @turn_f32(@eight_f32 *r)
{
    @eight_f32 a[8], b[8];
    for (int j = 0; j < 8; j += 2) {
        a[j] = _mm256_unpacklo_ps(r[j], r[j + 1]);
        a[j + 1] = _mm256_unpackhi_ps(r[j], r[j + 1]);
    }
    for (int j = 0; j < 8; j += 4) {
        for (int k = 0; k < 2; k++) {
            b[j + 2 * k] = _mm256_shuffle_ps(a[j + k], a[j + k + 2], 0x44);
            b[j + 2 * k + 1] = _mm256_shuffle_ps(a[j + k], a[j + k + 2], 0xee);
        }
    }
    for (int k = 0; k < 4; k++) {
        r[k] = _mm256_permute2f128_ps(b[k], b[k + 4], 0x20);
        r[k + 4] = _mm256_permute2f128_ps(b[k], b[k + 4], 0x31);
    }
}
