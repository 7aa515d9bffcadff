#define @inline static inline CESYM_ALWAYS
#define @fma(a, b, c) ((a) * (b) + (c))
#define @fnma(a, b, c) ((c) - (a) * (b))
