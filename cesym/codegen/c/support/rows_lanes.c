#define @each(j) for (int j = 0; j < 8; j += @WIDE)
#define @every(k, j) for (size_t k = 0; k < size; k += 8) @each(j)
#define @N (8 / @WIDE)
#define @of(name) name[j / @WIDE]
#define @get(name) (name[j / @WIDE] = @load(t->name + j))
#define @put(name, x) @store(t->name + j, x)
