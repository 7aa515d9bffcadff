#define @inline static inline CESYM_ALWAYS
#define @fma(a, b, c) ((a) * (b) + (c))
#define @fnma(a, b, c) ((c) - (a) * (b))
#define @left(q, b, a) ((float)((double)(a) - (double)(q) * (b)))
