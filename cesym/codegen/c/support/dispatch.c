#ifdef CESYM_X86
#ifndef CESYM_LEVEL
#define CESYM_LEVEL 2
#endif

/* 2: AVX-512; 1: AVX2 and fused multiply-add; 0: neither. */
static int cesym_level(void)
{
    if (CESYM_LEVEL >= 2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        return 2;
    if (CESYM_LEVEL >= 1 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return 1;
    return 0;
}
#endif
