#define @target CESYM_FUSED
