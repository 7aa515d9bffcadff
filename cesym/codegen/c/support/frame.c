#ifdef CESYM_X86
#define CESYM_AVX512 "avx512f,avx512dq,avx2,fma"
#define CESYM_VECTOR __attribute__((target(CESYM_AVX512)))
#define CESYM_VECTOR_INLINE static inline __attribute__((always_inline, target(CESYM_AVX512)))
#define CESYM_FUSED __attribute__((target("avx2,fma")))
#else
#define CESYM_FUSED
#endif
#ifdef __GNUC__
#define CESYM_ALONE __restrict__
#define CESYM_NOINLINE __attribute__((noinline))
#define CESYM_RARE(x) __builtin_expect((x) != 0, 0)
#else
#define CESYM_ALONE restrict
#define CESYM_NOINLINE
#endif
#if !defined(CESYM_X86) && defined(FP_FAST_FMA) && defined(FP_FAST_FMAF)
#define CESYM_PORTABLE_NAME(name) f_##name
#else
#define CESYM_PORTABLE_NAME(name) p_##name
#endif
#ifndef CESYM_LARGE
#define CESYM_LARGE 4194304 /* results of so many bytes are stored past the cache */
#endif
#ifndef CESYM_MANY
#define CESYM_MANY 16384 /* fewer numbers are not divided among threads */
#endif
