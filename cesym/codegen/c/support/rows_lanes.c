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
