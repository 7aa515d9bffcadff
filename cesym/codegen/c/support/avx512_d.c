typedef __m512d @V;

typedef __m512i @I;

typedef __mmask8 @M;

#define @inline static inline __attribute__((always_inline, target(CESYM_AVX512)))
#define @set(x) _mm512_set1_pd(x)
#define @fma(a, b, c) _mm512_fmadd_pd(a, b, c)
#define @fnma(a, b, c) _mm512_fnmadd_pd(a, b, c)
#define @rest(a, b, p) _mm512_fmsub_pd(a, b, p)
#define @left(q, b, a) _mm512_fnmadd_pd(q, b, a)
#define @abs(a) _mm512_abs_pd(a)
#define @neg(a) _mm512_xor_pd(a, _mm512_set1_pd(-0.0))
#define @sqrt(a) _mm512_sqrt_pd(a)
#define @min(a, b) _mm512_min_pd(a, b) /* b if one is nan */
#define @max(a, b) _mm512_max_pd(a, b) /* b if one is nan */
#define @select(m, a, b) _mm512_mask_blend_pd(m, b, a)
#define @ge(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GE_OQ)
#define @gt(a, b) _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ)
#define @eq(a, b) _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ)
#define @index(m) _mm512_castpd_si512(m)
#define @entry(t, i) _mm512_permutex2var_pd(_mm512_load_pd(t), i, _mm512_load_pd((t) + 8))
#define @scale(x, i, k) _mm512_scalef_pd(x, (k) * _mm512_set1_pd(0.0625))
#define @bits(a) _mm512_castpd_si512(a)
#define @float(i) _mm512_castsi512_pd(i)
#define @int(n) _mm512_set1_epi64(n)
#define @plus(i, j) _mm512_add_epi64(i, j)
#define @minus(i, j) _mm512_sub_epi64(i, j)
#define @both(i, j) _mm512_and_si512(i, j)
#define @shift(i, n) _mm512_srli_epi64(i, n)
#define @tame(w, a) \
    _mm512_mask_min_pd(a, @eq(w, _mm512_setzero_pd()), _mm512_set1_pd(DBL_MAX), a)
#define @tame_both(w, a) \
    _mm512_mask_max_pd(@tame(w, a), @eq(w, _mm512_setzero_pd()), _mm512_set1_pd(-DBL_MAX), @tame(w, a))
#define @rounded(p) \
    _mm512_mask_blend_pd(_mm512_fpclass_pd_mask((p).lo, 0x99), (p).hi + (p).lo, (p).hi)

/* 1/a for a in [2^-1000, 2^1000]: the processor's 14 bits, and a third of a geometric series. */
@inline @V @inverse(@V a)
{
    @V r = _mm512_rcp14_pd(a), e = @fnma(a, r, @set(1.0));
    return @fma(r, @fma(e, @fma(e, e, e), e), r);
}

/* As @inverse, to 2^-42. */
@inline @V @about_inverse(@V a)
{
    @V r = _mm512_rcp14_pd(a), e = @fnma(a, r, @set(1.0));
    return @fma(r, @fma(e, e, e), r);
}
