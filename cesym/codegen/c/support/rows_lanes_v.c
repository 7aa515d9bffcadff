#define @target CESYM_VECTOR
#define @WIDE 8
#define @load(p) _mm512_loadu_pd(p)
#define @store(p, x) _mm512_storeu_pd(p, x)
