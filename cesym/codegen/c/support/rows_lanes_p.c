#define @target
