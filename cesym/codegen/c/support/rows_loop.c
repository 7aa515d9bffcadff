@target static void $H_rows_$F(const cesym_rows_$F *a, size_t i, size_t end)
{
    cesym_tile t;
    $REAL x[CESYM_ROOM];
    if (a->classes <= CESYM_NARROW)
        for (; i < end; i += 8)
            @narrow_$F(a, &t, x, i, end - i < 8 ? (int)(end - i) : 8);
    else
        for (; i < end; i++)
            @wide_$F(a, &t, i);
}
