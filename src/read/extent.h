/* fmin and fmax without their care for NaN, which costs a call for each coordinate. When either is
 * NaN the second is the answer: what grows an extent stands second. */
#ifndef CHUPIN_READ_EXTENT_H
#define CHUPIN_READ_EXTENT_H

static inline double lesser(double a, double b) {
    return a < b ? a : b;
}
static inline double greater(double a, double b) {
    return a > b ? a : b;
}

#endif
