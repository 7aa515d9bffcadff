static void run_rows_$F(const cesym_rows_$F *a, size_t i, size_t end)
{
#ifdef CESYM_X86
    int level = cesym_level();
    if (level == 2) {
        v_rows_$F(a, i, end);
        return;
    }
    if (level == 1) {
        f_rows_$F(a, i, end);
        return;
    }
#endif
    CESYM_PORTABLE_NAME(rows_$F)(a, i, end);
}

static void all_rows_$F(cesym_rows_$F a, int threads)
{
    int parts = threads > 1 && a.n * a.classes >= CESYM_MANY ? threads : 1;
#ifdef _OPENMP
#pragma omp parallel for num_threads(parts) schedule(static, 1) if (parts > 1)
#endif
    for (int part = 0; part < parts; part++)
        run_rows_$F(&a, cesym_row(a.n, part, parts), cesym_row(a.n, part + 1, parts));
}

static double sum_rows_$F(cesym_rows_$F a, int threads)
{
    cesym_lanes sums[64] = {{{0.0}, {0.0}}};
    int parts = threads > 1 && a.n * a.classes >= CESYM_MANY ? threads : 1;
    parts = parts > 64 ? 64 : parts;
#ifdef _OPENMP
#pragma omp parallel for num_threads(parts) schedule(static, 1) if (parts > 1)
#endif
    for (int part = 0; part < parts; part++) {
        double found[256];
        cesym_rows_$F b = a;
        size_t end = cesym_row(a.n, part + 1, parts);
        b.exact = found;
        for (b.first = cesym_row(a.n, part, parts); b.first < end; b.first += 256) {
            size_t m = end - b.first < 256 ? end - b.first : 256;
            run_rows_$F(&b, b.first, b.first + m);
            cesym_gather(&sums[part], found, m);
        }
    }
    return cesym_total(sums, parts);
}
