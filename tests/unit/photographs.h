/* Photographs drawn by formula, for tests of what only pixels tell: gray, 0 to 255, the same on
 * every machine. */
#pragma once
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { PHOTO = 700 }; /* pixels a side; static so that tests free nothing */
typedef struct Photograph {
    uint8_t light[PHOTO][PHOTO];
} Photograph;

static inline double speckle(int x, int y, unsigned seed) {
    unsigned n = (unsigned)x * 374761393u + (unsigned)y * 668265263u + seed * 2246822519u;
    n = (n ^ (n >> 13)) * 1274126177u;
    return (double)((n ^ (n >> 16)) & 0xffffu) / 65535.0;
}

static inline double clouds_of(double x, double y, unsigned seed) {
    int i = (int)floor(x), j = (int)floor(y);
    double s = x - i, t = y - j;
    s = s * s * (3 - 2 * s);
    t = t * t * (3 - 2 * t);
    double low = speckle(i, j, seed) * (1 - s) + speckle(i + 1, j, seed) * s;
    double high = speckle(i, j + 1, seed) * (1 - s) + speckle(i + 1, j + 1, seed) * s;
    return low * (1 - t) + high * t;
}

/* Clouds of all sizes, down to a pixel. Each is turned by an angle of its own, so that none of
 * their lattices falls on that of the pixels: it would be an enlargement. */
static inline double clouds(int x, int y) {
    double share = 0.2, size = 1.37, sum = 0.5 + share * (speckle(x, y, 1) - 0.5);
    for (unsigned k = 2; k < 9; k++, size *= 2.13, share *= 1.25) {
        double c = cos(k) / size, s = sin(k) / size;
        sum += share * (clouds_of(c * x - s * y, s * x + c * y, k) - 0.5);
    }
    return fmin(1, fmax(0, 0.5 + 1.15 * (sum - 0.5)));
}

static inline uint8_t level(double light) {
    return (uint8_t)lround(255 * fmin(1, fmax(0, light)));
}

static inline void draw_sharp(Photograph *p) {
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++)
            p->light[y][x] = level(clouds(x, y));
}

typedef double Kernel(double distance);
static inline double nearest(double d) {
    return d >= -0.5 && d < 0.5;
}
static inline double linear(double d) {
    return fmax(0, 1 - fabs(d));
}
static inline double cubic(double d) { /* Keys, a = -1/2 */
    d = fabs(d);
    return d < 1 ? (1.5 * d - 2.5) * d * d + 1 : d < 2 ? ((2.5 - 0.5 * d) * d - 4) * d + 2 : 0;
}
static inline double lanczos(double d) { /* of three lobes */
    double a = M_PI * d;
    return fabs(d) < 1e-9 ? 1 : fabs(d) < 3 ? 3 * sin(a) * sin(a / 3) / (a * a) : 0;
}

/* Clouds of PHOTO / factor pixels made PHOTO pixels: first the rows, then the columns. */
static inline void draw_enlarged(Photograph *p, double factor, Kernel *kernel) {
    enum { REACH = 3, MOST = PHOTO + 2 * REACH };
    static double small[MOST][MOST], across[MOST][PHOTO];
    int side = (int)(PHOTO / factor) + REACH;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            small[y][x] = clouds(x, y);
    for (int pass = 0; pass < 2; pass++)
        for (int k = 0; k < PHOTO; k++) {
            double at = (k + 0.5) / factor - 0.5, w[2 * REACH + 1], weights = 0;
            for (int i = 0; i <= 2 * REACH; i++)
                weights += w[i] = kernel(at - (floor(at) + i - REACH));
            for (int line = 0; line < (pass ? PHOTO : side); line++) {
                double sum = 0;
                for (int i = 0; i <= 2 * REACH; i++) {
                    int j = (int)floor(at) + i - REACH;
                    j = j < 0 ? 0 : j >= side ? side - 1 : j;
                    sum += w[i] * (pass ? across[j][line] : small[line][j]);
                }
                if (pass)
                    p->light[k][line] = level(sum / weights);
                else
                    across[line][k] = sum / weights;
            }
        }
}

static inline int kept_in(int i) {
    return i < 0 ? 0 : i >= PHOTO ? PHOTO - 1 : i;
}

static inline void soften(Photograph *p, int times) {
    static Photograph from;
    for (int i = 0; i < times; i++) {
        from = *p;
        for (int y = 0; y < PHOTO; y++)
            for (int x = 0; x < PHOTO; x++) {
                int sum = from.light[kept_in(y - 1)][x] + from.light[kept_in(y + 1)][x] +
                          from.light[y][kept_in(x - 1)] + from.light[y][kept_in(x + 1)];
                p->light[y][x] = (uint8_t)((sum + 4 * from.light[y][x] + 4) / 8);
            }
    }
}
