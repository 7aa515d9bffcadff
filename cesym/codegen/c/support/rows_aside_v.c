/* Eight rows side by side; if there are fewer, the first stands for those that are not there. */
@inline void @aside_$F($REAL *x, const $REAL *z, size_t classes, int rows)
{
    for (size_t at = 0; at < classes; at += 8) {
        unsigned some = classes - at < 8 ? (1u << (classes - at)) - 1 : 255;
        @eight_$F r[8];
        for (int j = 0; j < 8; j++)
            r[j] = @take_$F(some, z + (size_t)(j < rows ? j : 0) * classes + at);
        @turn_$F(r);
        for (size_t j = 0; j < 8; j++)
            @leave_$F(x + 8 * (at + j), 255, r[j]);
    }
}

/* Rows one after the other again. */
@inline void @in_order_$F($REAL *g, const $REAL *x, size_t classes, int rows)
{
    for (size_t at = 0; at < classes; at += 8) {
        unsigned some = classes - at < 8 ? (1u << (classes - at)) - 1 : 255;
        @eight_$F r[8];
        for (size_t j = 0; j < 8; j++)
            r[j] = @take_$F(255, x + 8 * (at + j));
        @turn_$F(r);
        for (int j = 0; j < rows; j++)
            @leave_$F(g + (size_t)j * classes + at, some, r[j]);
    }
}
