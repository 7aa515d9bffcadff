/* 1 if the target of a row is known, 0 if it is to be ignored, -1 if there is no such class. */
static inline CESYM_UNUSED int cesym_state(const int64_t *target, int64_t ignored, size_t classes)
{
    if (!target)
        return 1;
    if (*target == ignored)
        return 0;
    return *target < 0 || (uint64_t)*target >= classes ? -1 : 1;
}
