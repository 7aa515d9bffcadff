#define @ACROSS 8
#define @lane(p) ((@V)*(p))
#define @read(p) (*(p))
#define @write(p, x) (*(p) = (x))
#define @read_some(p, count) (*(p))
#define @write_some(p, x, count) (void)(x), (void)(count)
