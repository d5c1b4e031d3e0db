/* Reads plates as other programs leave them, 8-bit gray TIFF, for the scripts beside it.
 *
 *     oracle-planes places OURS x y x y …      255ths of full ink at pixels, on one line
 *     oracle-planes compare OURS THEIRS N      THEIRS is N times as fine; `-` is a plane without
 * ink
 *
 * `compare` prints: width height mean-ours mean-theirs flat over sum worst x y
 *   means in % of full ink; flat: pixels whose 5 × 5 neighbours in THEIRS, brought to our size by
 * the mean of N × N, differ by no more than 3; over: those of them that are more than 2 away from
 *   ours; sum: mean difference of flat pixels, 255ths; worst: the largest, found at x, y. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

enum { FLAT_RANGE = 3, FLAT_REACH = 2, MOST_OFF = 2 };

typedef struct {
    int w, h;
    uint8_t *bytes; /* NULL: no ink */
} Plane;

static void fail(const char *what, const char *path) {
    fprintf(stderr, "oracle-planes: %s: %s\n", path, what);
    exit(2);
}

static void *room(size_t count, size_t size) {
    void *p = calloc(count ? count : 1, size);
    if (!p)
        fail("no memory", "-");
    return p;
}

/* One row brought to width / n by summing; rows come in turn, so the sheet is never held whole at
 * its own resolution. */
static void add_row(uint32_t *sums, const uint8_t *row, int w, int n, bool zero_is_white) {
    for (int x = 0; x < w; x++)
        sums[x / n] += zero_is_white ? row[x] : 255u - row[x];
}

/* Every n × n pixels become one; a rest at the right or at the bottom is left out. Ghostscript
 * writes ink as darkness, zero for black; ours is written as ink, whatever its tag says. */
static Plane read_plane(const char *path, int n, bool ours) {
    Plane p = {0};
    if (strcmp(path, "-") == 0)
        return p;
    TIFF *tiff = TIFFOpen(path, "r");
    uint32_t w = 0, h = 0;
    uint16_t bits = 0, samples = 1, photometric = PHOTOMETRIC_MINISWHITE;
    if (!tiff)
        fail("can not be opened", path);
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &w);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &h);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    if (bits != 8 || samples != 1 || TIFFIsTiled(tiff))
        fail("is no plate of 8 bits in strips", path);
    p = (Plane){(int)w / n, (int)h / n, room((size_t)(w / (unsigned)n) * (h / (unsigned)n), 1)};
    uint8_t *row = room((size_t)TIFFScanlineSize(tiff), 1);
    uint32_t *sums = room((size_t)p.w + 1, sizeof *sums);
    for (int y = 0; y < p.h * n; y++) {
        if (TIFFReadScanline(tiff, row, (uint32_t)y, 0) < 0)
            fail("is damaged", path);
        add_row(sums, row, p.w * n, n, ours || photometric == PHOTOMETRIC_MINISWHITE);
        if (y % n == n - 1) {
            for (int x = 0; x < p.w; x++)
                p.bytes[(size_t)(y / n) * (size_t)p.w + (size_t)x] =
                    (uint8_t)((sums[x] + (uint32_t)(n * n) / 2) / (uint32_t)(n * n));
            memset(sums, 0, ((size_t)p.w + 1) * sizeof *sums);
        }
    }
    free(row);
    free(sums);
    TIFFClose(tiff);
    return p;
}

static int at(const Plane *p, int x, int y) {
    return p->bytes ? p->bytes[(size_t)y * (size_t)p->w + (size_t)x] : 0;
}

static bool flat(const Plane *p, int x, int y) {
    if (!p->bytes)
        return true;
    int low = 255, high = 0;
    for (int v = y - FLAT_REACH; v <= y + FLAT_REACH; v++) {
        for (int u = x - FLAT_REACH; u <= x + FLAT_REACH; u++) {
            int value = at(p, u, v);
            low = value < low ? value : low;
            high = value > high ? value : high;
        }
    }
    return high - low <= FLAT_RANGE;
}

static double mean(const Plane *p, int w, int h) {
    double sum = 0;
    for (int y = 0; p->bytes && y < h; y++) {
        for (int x = 0; x < w; x++)
            sum += at(p, x, y);
    }
    return w && h ? sum / 2.55 / w / h : 0;
}

static void compare(const Plane *ours, const Plane *theirs) {
    const Plane *sized = theirs->bytes ? theirs : ours;
    int w = sized->w, h = sized->h, worst = 0, worst_x = 0, worst_y = 0;
    if (ours->bytes && theirs->bytes) {
        w = ours->w < theirs->w ? ours->w : theirs->w;
        h = ours->h < theirs->h ? ours->h : theirs->h;
    }
    long flats = 0, over = 0, rounded = 0;
    for (int y = FLAT_REACH; y < h - FLAT_REACH; y++) {
        for (int x = FLAT_REACH; x < w - FLAT_REACH; x++) {
            if (!flat(theirs, x, y))
                continue;
            int more = at(ours, x, y) - at(theirs, x, y), off = abs(more);
            flats++;
            over += off > MOST_OFF;
            rounded += off == 1 ? more : 0;
            if (off > worst) {
                worst = off;
                worst_x = x;
                worst_y = y;
            }
        }
    }
    printf("%d %d %.4f %.4f %ld %ld %.4f %d %d %d\n", sized->w, sized->h, mean(ours, w, h),
           mean(theirs, w, h), flats, over, w && h ? (double)rounded / 2.55 / w / h : 0, worst,
           worst_x, worst_y);
}

static void places(const Plane *p, int count, char **numbers) {
    for (int i = 0; i + 1 < count; i += 2) {
        int x = atoi(numbers[i]), y = atoi(numbers[i + 1]);
        bool inside = x >= 0 && y >= 0 && x < p->w && y < p->h;
        printf("%d ", inside ? at(p, x, y) : -1);
    }
    putchar('\n');
}

int main(int argc, char **argv) {
    TIFFSetWarningHandler(NULL);
    if (argc >= 5 && strcmp(argv[1], "places") == 0) {
        Plane p = read_plane(argv[2], 1, true);
        places(&p, argc - 3, argv + 3);
        free(p.bytes);
    } else if (argc == 5 && strcmp(argv[1], "compare") == 0) {
        int n = atoi(argv[4]);
        if (n < 1 || n > 64)
            fail("is no scale", argv[4]);
        Plane ours = read_plane(argv[2], 1, true), theirs = read_plane(argv[3], n, false);
        compare(&ours, &theirs);
        free(ours.bytes);
        free(theirs.bytes);
    } else {
        fputs("usage: oracle-planes places OURS x y … | compare OURS THEIRS N\n", stderr);
        return 2;
    }
    return 0;
}
