/* Losses, and with `sloping` errors, of m samples. */
static void cesym_losses(size_t m, size_t k, const cesym_bench *bench, const int64_t *target,
    double *loss, int sloping)
{
    (void)k, (void)target;
    if (sloping)
        run_loss_and_gradient_f64(m, $GIVEN, loss, bench->e, 0);
    else
        run_loss_f64(m, $GIVEN, loss, 0);
}

/* Second derivatives times what a direction adds to each score. */
static void cesym_along(size_t m, size_t k, const cesym_bench *bench)
{
    (void)k;
    for (size_t i = 0; i < m; i++)
        bench->y[i] = 0.0;
    run_hessian_f64(m, $GIVEN, bench->e, 0);
    for (size_t i = 0; i < m; i++)
        bench->e[i] *= bench->v[i];
}
