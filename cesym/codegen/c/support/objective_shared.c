#define CESYM_SAMPLES 64 /* so many samples at a time; what is found for them stays in the cache */

/* The room of one thread: for each class, sums of products with each feature; sums of the errors of
   eight samples side by side; then what there is for each sample. */
typedef struct {
    double *sums, *lost, *bias, *bias_lost, *z, *v, *e, *y;
} cesym_bench;

/* So many weights have room for each class. */
static size_t cesym_room(size_t d)
{
    return (d + 7) & ~(size_t)7;
}

static size_t cesym_bench_size(size_t d, size_t k)
{
    return 2 * k * cesym_room(d) + (16 + 4 * CESYM_SAMPLES) * k;
}

static size_t cesym_scratch_size(size_t d, size_t k, int threads)
{
    size_t parts = threads > 64 ? 64 : threads > 1 ? (size_t)threads : 1;
    return 2 * k * (cesym_room(d) + 1) + parts * cesym_bench_size(d, k);
}

static cesym_bench cesym_bench_at(double *from, size_t d, size_t k)
{
    size_t size = k * cesym_room(d), rows = CESYM_SAMPLES * k;
    double *bias = from + 2 * size, *z = bias + 16 * k;
    cesym_bench bench = {from, from + size, bias, bias + 8 * k, z, z + rows, z + 2 * rows, z + 3 * rows};
    for (size_t j = 0; j < 2 * size + 16 * k; j++)
        from[j] = 0.0;
    return bench;
}

/* The sum of eight lanes and a number, rounded once. */
static double cesym_gathered(const double *hi, const double *lo, double start)
{
    double sum = start, rest = 0.0;
    for (int k = 0; k < 8; k++) {
        double s = sum + hi[k], t = s - sum;
        rest += ((sum - (s - t)) + (hi[k] - t)) + lo[k];
        sum = s;
    }
    return rest == rest ? sum + rest : sum;
}

/* Add eight sums of a block to those of all blocks. */
static void cesym_collect(double *sums, double *lost, const double *high, const double *low)
{
    for (int k = 0; k < 8; k++) {
        double s = sums[k] + high[k], t = s - sums[k];
        lost[k] += ((sums[k] - (s - t)) + (high[k] - t)) + low[k];
        sums[k] = s;
    }
}

static void cesym_biases(const cesym_bench *bench, size_t m, size_t k)
{
    for (size_t i = 0; i < m; i++) {
        double *sums = bench->bias + (i & 7) * k, *lost = bench->bias_lost + (i & 7) * k;
        for (size_t c = 0; c < k; c++) {
            double x = bench->e[i * k + c], s = sums[c] + x, t = s - sums[c];
            lost[c] += (sums[c] - (s - t)) + (x - t);
            sums[c] = s;
        }
    }
}

/* The sum of numbers that stand `step` apart, with what was lost of each, rounded once. */
static double cesym_together(const double *sums, const double *lost, size_t count, size_t step)
{
    double sum = 0.0, rest = 0.0;
    for (size_t k = 0; k < count * step; k += step) {
        double s = sum + sums[k], t = s - sum;
        rest += ((sum - (s - t)) + (sums[k] - t)) + lost[k];
        sum = s;
    }
    return rest == rest ? sum + rest : sum;
}
