/* Where a part of n numbers begins: at a multiple of 64, so that no cache line is written twice. */
static size_t cesym_cut(size_t n, int part, int parts)
{
    size_t cut = (n / (size_t)parts * (size_t)part) & ~(size_t)63;
    return part == parts ? n : cut;
}
