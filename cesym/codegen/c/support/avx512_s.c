typedef __m512 @V;

typedef __m512i @I;

typedef __mmask16 @M;

#define @inline static inline __attribute__((always_inline, target(CESYM_AVX512)))
#define @set(x) _mm512_set1_ps((float)(x))
#define @fma(a, b, c) _mm512_fmadd_ps(a, b, c)
#define @fnma(a, b, c) _mm512_fnmadd_ps(a, b, c)
#define @rest(a, b, p) _mm512_fmsub_ps(a, b, p)
#define @left(q, b, a) _mm512_fnmadd_ps(q, b, a)
#define @abs(a) _mm512_abs_ps(a)
#define @neg(a) _mm512_xor_ps(a, _mm512_set1_ps(-0.0f))
#define @sqrt(a) _mm512_sqrt_ps(a)
#define @min(a, b) _mm512_min_ps(a, b) /* b if one is nan */
#define @max(a, b) _mm512_max_ps(a, b) /* b if one is nan */
#define @select(m, a, b) _mm512_mask_blend_ps(m, b, a)
#define @ge(a, b) _mm512_cmp_ps_mask(a, b, _CMP_GE_OQ)
#define @gt(a, b) _mm512_cmp_ps_mask(a, b, _CMP_GT_OQ)
#define @eq(a, b) _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ)
#define @index(m) _mm512_castps_si512(m)
#define @entry(t, i) _mm512_permutexvar_ps(i, _mm512_load_ps(t))
#define @scale(x, i, k) _mm512_scalef_ps(x, (k) * _mm512_set1_ps(0.0625f))
#define @bits(a) _mm512_castps_si512(a)
#define @float(i) _mm512_castsi512_ps(i)
#define @int(n) _mm512_set1_epi32(n)
#define @plus(i, j) _mm512_add_epi32(i, j)
#define @minus(i, j) _mm512_sub_epi32(i, j)
#define @both(i, j) _mm512_and_si512(i, j)
#define @shift(i, n) _mm512_srli_epi32(i, n)
#define @tame(w, a) \
    _mm512_mask_min_ps(a, @eq(w, _mm512_setzero_ps()), _mm512_set1_ps(FLT_MAX), a)
#define @tame_both(w, a) \
    _mm512_mask_max_ps(@tame(w, a), @eq(w, _mm512_setzero_ps()), _mm512_set1_ps(-FLT_MAX), @tame(w, a))

/* 1/a for a in [2^-100, 2^100]: the processor's 14 bits, and a step of Newton. */
@inline @V @inverse(@V a)
{
    @V r = _mm512_rcp14_ps(a);
    return @fma(r, @fnma(a, r, @set(1.0)), r);
}
