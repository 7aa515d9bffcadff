#ifndef CESYM_PLACES
#define CESYM_PLACES 2048 /* so many powers are kept; in rows of more classes each is computed twice */
#endif
#ifndef CESYM_NARROW
#define CESYM_NARROW 128 /* rows of at most so many classes are computed eight at a time */
#endif
#if CESYM_PLACES % 16 || CESYM_NARROW % 8 || CESYM_PLACES < 8 * CESYM_NARROW
#error "CESYM_PLACES has to be a multiple of 16, and at least 8 times CESYM_NARROW, which is one of 8"
#endif
#define CESYM_ROOM (CESYM_PLACES + 16) /* vectors that end beyond the last place are read whole */

/* Eight lanes: eight rows side by side, or the pieces of one. Place 8 k + j is place k of lane j. */
typedef struct {
    double w[CESYM_ROOM], hi[CESYM_ROOM], lo[CESYM_ROOM];
    /* of each lane: the largest logit, how often it is there, the powers of the others, the target,
       the target times the distances to the largest; the sums as hi + lo */
    double max[8], ties[8], sum[8], sum_lo[8], weights[8], weights_lo[8], below[8], below_lo[8];
    /* the logit of the class; then what is found: the loss, the slope at the class, and minus the
       sum of all powers but that of the class; 1 over the sum of all powers, this sum, and that of
       all but one of the largest */
    double own[8], loss[8], slope[8], less[8], less_lo[8];
    double v[8], v_lo[8], total[8], total_lo[8], rest[8], rest_lo[8];
} cesym_tile;

/* What a target is made of: `on` at its class, `base` everywhere. */
typedef struct {
    double on, base;
    int soft, single;
} cesym_mix;

/* What is wanted next: logits, and the places of slopes. */
typedef struct {
    const char *logits, *slopes;
} cesym_ahead;

static inline CESYM_UNUSED void cesym_clear(cesym_tile *t)
{
    for (int j = 0; j < 8; j++) {
        t->max[j] = -HUGE_VAL;
        t->ties[j] = t->sum[j] = t->sum_lo[j] = t->own[j] = 0.0;
        t->weights[j] = t->weights_lo[j] = t->below[j] = t->below_lo[j] = 0.0;
    }
}

/* The sum of all lanes, in every lane. */
static inline CESYM_UNUSED void cesym_fold(double *hi, double *lo)
{
    double sum = 0.0, rest = 0.0;
    for (int j = 0; j < 8; j++) {
        double s = sum + hi[j], t = s - sum;
        rest += ((sum - (s - t)) + (hi[j] - t)) + lo[j];
        sum = s;
    }
    for (int j = 0; j < 8; j++) {
        hi[j] = sum;
        lo[j] = rest;
    }
}

static inline CESYM_UNUSED void cesym_fold_largest(cesym_tile *t)
{
    double most = t->max[0];
    for (int j = 1; j < 8; j++)
        most = t->max[j] > most ? t->max[j] : most;
    for (int j = 0; j < 8; j++)
        t->max[j] = most;
}

static inline CESYM_UNUSED void cesym_fold_sums(cesym_tile *t)
{
    double nothing[8] = {0.0};
    cesym_fold(t->ties, nothing);
    cesym_fold(t->sum, t->sum_lo);
    cesym_fold(t->weights, t->weights_lo);
    cesym_fold(t->below, t->below_lo);
}

/* The target of rows that have a class: all of it is there. */
static inline CESYM_UNUSED void cesym_whole(cesym_tile *t)
{
    for (int j = 0; j < 8; j++)
        t->weights[j] = 1.0, t->weights_lo[j] = 0.0;
}

/* A multiple of eight rows, where a part of n begins. */
static inline CESYM_UNUSED size_t cesym_row(size_t n, int part, int parts)
{
    return part == parts ? n : (n / (size_t)parts * (size_t)part) & ~(size_t)7;
}
