typedef struct {
    double hi[8], lo[8];
} cesym_lanes;

/* Add m numbers to eight sums hi + lo, so that nothing is lost until the end (Ogita, Rump, Oishi 2005). */
static void cesym_gather(cesym_lanes *sums, const double *x, size_t m)
{
    size_t i = 0;
    for (; i + 8 <= m; i += 8) {
        for (int k = 0; k < 8; k++) {
            double s = sums->hi[k] + x[i + k], t = s - sums->hi[k];
            sums->lo[k] += (sums->hi[k] - (s - t)) + (x[i + k] - t);
            sums->hi[k] = s;
        }
    }
    for (; i < m; i++) {
        double s = sums->hi[0] + x[i], t = s - sums->hi[0];
        sums->lo[0] += (sums->hi[0] - (s - t)) + (x[i] - t);
        sums->hi[0] = s;
    }
}

/* The sum of all lanes, infinite if one is. */
static double cesym_total(const cesym_lanes *sums, int count)
{
    double hi = 0.0, lo = 0.0;
    for (int part = 0; part < count; part++) {
        for (int k = 0; k < 8; k++) {
            double x = sums[part].hi[k], s = hi + x, t = s - hi;
            lo += ((hi - (s - t)) + (x - t)) + sums[part].lo[k];
            hi = s;
        }
    }
    return lo == lo ? hi + lo : hi;
}
