#define @each(j) for (int j = 0; j < 8; j += @WIDE)
#define @every(k, j) for (size_t k = 0; k < size; k += 8) @each(j)
#define @N (8 / @WIDE)
#define @of(name) name[j / @WIDE]
#define @get(name) (name[j / @WIDE] = @load(t->name + j))
#define @put(name, x) @store(t->name + j, x)

/* log(1 + x) for x >= 0, to 2^-58. */
@inline @P @log_sum(@P x)
{
    @P least = @pair(x.hi, @fnma(x.hi * @set(0.5), x.hi, x.lo));
    @P y = @select_p(@gt(@set(1.0), x.hi), @log1p_unit_p(x), @log1p_p(x));
    return @select_p(@gt(@set(0x1p-30), x.hi), least, y);
}

@target static void @largest(cesym_tile *t, size_t size)
{
    @V m[32 / @WIDE];
    size_t k = 0;
    for (int j = 0; j < 32; j += @WIDE)
        m[j / @WIDE] = @load(t->max + (j & 7));
    for (; k + 32 <= size; k += 32)
        for (int j = 0; j < 32; j += @WIDE)
            m[j / @WIDE] = @max(@load(t->x + k + j), m[j / @WIDE]);
    for (; k < size; k += 8)
        @each(j) m[j / @WIDE] = @max(@load(t->x + k + j), m[j / @WIDE]);
    for (int j = 8; j < 32; j += @WIDE)
        m[(j & 7) / @WIDE] = @max(m[j / @WIDE], m[(j & 7) / @WIDE]);
    @each(j) @put(max, @of(m));
}
