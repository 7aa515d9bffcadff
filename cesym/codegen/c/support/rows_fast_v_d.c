#define @ACROSS 8
#define @lane(p) @load(p)
#define @read(p) @load(p)
#define @write(p, x) @store(p, x)
#define @read_some(p, count) _mm512_maskz_loadu_pd((__mmask8)@some(count), p)
#define @write_some(p, x, count) @store_some_f64(p, x, count)
