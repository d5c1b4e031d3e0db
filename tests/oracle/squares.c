/* The square with the most ink, by looking at every one: plates as 8-bit gray TIFF, light is paper.
 *
 *     oracle-squares SIDE X0 Y0 X1 Y1 PLATE…     the highest mean sum, 1 = one full ink
 *
 * SIDE in pixels; no square reaches out of the given area. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <tiffio.h>

static void fail(const char *what, const char *path) {
    fprintf(stderr, "oracle-squares: %s: %s\n", path, what);
    exit(2);
}

/* Adds the ink of a plate to sums of all that lies above and left of each pixel, later on. */
static uint32_t *add_plate(uint32_t *sums, const char *path, uint32_t *w, uint32_t *h) {
    TIFF *t = TIFFOpen(path, "r");
    uint16_t photometric = PHOTOMETRIC_MINISBLACK;
    uint32_t tw = 0, th = 0;
    if (!t || !TIFFGetField(t, TIFFTAG_IMAGEWIDTH, &tw) ||
        !TIFFGetField(t, TIFFTAG_IMAGELENGTH, &th))
        fail("no TIFF", path);
    if (sums && (tw != *w || th != *h))
        fail("another size than the plate before it", path);
    *w = tw, *h = th;
    if (!sums)
        sums = calloc((size_t)tw * th, sizeof *sums);
    uint8_t *row = malloc((size_t)TIFFScanlineSize(t));
    if (!sums || !row)
        fail("no memory", path);
    TIFFGetField(t, TIFFTAG_PHOTOMETRIC, &photometric);
    for (uint32_t y = 0; y < th; y++) {
        if (TIFFReadScanline(t, row, y, 0) < 0)
            fail("a row is missing", path);
        for (uint32_t x = 0; x < tw; x++)
            sums[(size_t)y * tw + x] +=
                photometric == PHOTOMETRIC_MINISWHITE ? row[x] : 255u - row[x];
    }
    free(row);
    TIFFClose(t);
    return sums;
}

static double highest(const uint32_t *sums, size_t width, const size_t area[4], size_t side) {
    size_t x0 = area[0], w = area[2] - x0, h = area[3] - area[1];
    size_t side_x = side < w ? side : w, side_y = side < h ? side : h;
    uint64_t *columns = calloc(w, sizeof *columns), best = 0;
    for (size_t y = 0; columns && y < h; y++) {
        const uint32_t *in = sums + (area[1] + y) * width + x0;
        const uint32_t *out = y >= side_y ? in - side_y * width : NULL;
        uint64_t sum = 0;
        for (size_t x = 0; x < w; x++) {
            columns[x] += in[x];
            columns[x] -= out ? out[x] : 0;
            sum += columns[x];
            sum -= x >= side_x ? columns[x - side_x] : 0;
            if (x + 1 >= side_x && y + 1 >= side_y && sum > best)
                best = sum;
        }
    }
    free(columns);
    return (double)best / (255.0 * (double)side_x * (double)side_y);
}

int main(int argc, char **argv) {
    uint32_t *sums = NULL, w = 0, h = 0;
    size_t area[4];
    if (argc < 7) {
        fputs("usage: oracle-squares SIDE X0 Y0 X1 Y1 PLATE…\n", stderr);
        return 2;
    }
    for (int i = 6; i < argc; i++)
        sums = add_plate(sums, argv[i], &w, &h);
    for (int i = 0; i < 4; i++) {
        size_t most = i % 2 ? h : w, v = strtoul(argv[2 + i], NULL, 10);
        area[i] = v < most ? v : most;
    }
    if (area[0] >= area[2] || area[1] >= area[3])
        fail("the area is empty", argv[6]);
    printf("%.6f\n", highest(sums, w, area, strtoul(argv[1], NULL, 10)));
    free(sums);
    return 0;
}
