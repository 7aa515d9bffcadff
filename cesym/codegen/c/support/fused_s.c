#define @inline static inline CESYM_ALWAYS
#define @fma(a, b, c) fmaf(a, b, c)
#define @fnma(a, b, c) fmaf(-(a), b, c)
#define @left(q, b, a) fmaf(-(q), b, a)
