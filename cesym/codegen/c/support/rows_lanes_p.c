#define @target
#define @WIDE 1
#define @load(p) (*(p))
#define @store(p, x) (*(p) = (x))
