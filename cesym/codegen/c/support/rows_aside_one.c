/* Eight rows side by side; if there are fewer, the first stands for those that are not there. */
@inline void @aside_$F($REAL *x, const $REAL *z, size_t classes, int rows)
{
    for (size_t j = 0; j < 8; j++) {
        const $REAL *row = z + ((int)j < rows ? j : 0) * classes;
        for (size_t k = 0; k < classes; k++)
            x[8 * k + j] = row[k];
    }
}

/* Rows one after the other again. */
@inline void @in_order_$F($REAL *g, const $REAL *x, size_t classes, int rows)
{
    for (size_t j = 0; j < (size_t)rows; j++)
        for (size_t k = 0; k < classes; k++)
            g[j * classes + k] = x[8 * k + j];
}
