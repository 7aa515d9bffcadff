#define @inline static inline CESYM_ALWAYS
#define @fma(a, b, c) fma(a, b, c)
#define @fnma(a, b, c) fma(-(a), b, c)
#define @rest(a, b, p) fma(a, b, -(p))
#define @left(q, b, a) fma(-(q), b, a)
