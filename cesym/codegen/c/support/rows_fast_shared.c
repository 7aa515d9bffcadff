/* Setting fast: powers are e^(x - shift) times 2^-n, with n in sixteenths and for each lane, so that
   nothing that can be seen later is a subnormal number; `ratio` times a power is what it is in units
   of the setting accurate. */
typedef struct {
    double shift[8], least[8], back[8], ratio[8], ratio_lo[8];
} cesym_frame;
