#define @WIDE 1
#define @load(p) (*(p))
#define @store(p, x) (*(p) = (x))
#define @load_f64(p) (*(p))
#define @load_f32(p) ((double)*(p))
#define @store_f64(p, x) (*(p) = (x))
#define @store_f32(p, x) (*(p) = (float)(x))
#define @fetch(ahead, at) (void)(ahead), (void)(at)
#define @store_some_f64(p, x, count) (void)(count)
#define @store_some_f32(p, x, count) (void)(count)

/* x 2^floor(k), where i holds the bits of k in sixteenths, for k close enough to 0. */
@inline @V @scale_near(@V x, @I i, @V k)
{
    (void)k;
    @I power = @int((uint64_t)(i & ~@int(15)) << 48);
    return x * @float(@plus(power, @int(1023) << 52));
}
