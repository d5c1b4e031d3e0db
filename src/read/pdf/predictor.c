#include "read/pdf/predictor.h"

#include <stdlib.h>

enum { MOST_COLOURS = 64, LONGEST_ROW = 1 << 28 };

size_t predictor_row_bytes(const Predictor *p) {
    bool depth = p->bits == 1 || p->bits == 2 || p->bits == 4 || p->bits == 8 || p->bits == 16;
    if (!depth || p->colours < 1 || p->colours > MOST_COLOURS || p->columns < 1)
        return 0;
    uint64_t bytes = ((uint64_t)p->columns * (uint64_t)p->colours * (uint64_t)p->bits + 7) / 8;
    return bytes <= LONGEST_ROW ? (size_t)bytes : 0;
}

/* Bytes to the pixel on the left, at least one (PNG specification, 9.2). */
static size_t pixel_bytes(const Predictor *p) {
    return (size_t)(p->colours * p->bits + 7) / 8;
}

static uint8_t paeth(int left, int above, int corner) {
    int to_left = abs(above - corner), to_above = abs(left - corner),
        to_corner = abs(left + above - 2 * corner);
    if (to_left <= to_above && to_left <= to_corner)
        return (uint8_t)left;
    return (uint8_t)(to_above <= to_corner ? above : corner);
}

static void undo_png(int filter, uint8_t *row, const uint8_t *above, size_t n, size_t pixel) {
    size_t edge = n < pixel ? n : pixel;
    switch (filter) {
    case 1:
        for (size_t i = pixel; i < n; i++)
            row[i] = (uint8_t)(row[i] + row[i - pixel]);
        return;
    case 2:
        for (size_t i = 0; i < n; i++)
            row[i] = (uint8_t)(row[i] + above[i]);
        return;
    case 3:
        for (size_t i = 0; i < edge; i++)
            row[i] = (uint8_t)(row[i] + above[i] / 2);
        for (size_t i = pixel; i < n; i++)
            row[i] = (uint8_t)(row[i] + (row[i - pixel] + above[i]) / 2);
        return;
    case 4:
        for (size_t i = 0; i < edge; i++)
            row[i] = (uint8_t)(row[i] + above[i]);
        for (size_t i = pixel; i < n; i++)
            row[i] = (uint8_t)(row[i] + paeth(row[i - pixel], above[i], above[i - pixel]));
        return;
    }
}

/* Samples of less than a byte are taken out, added and put back one by one. */
static void undo_tiff_bits(const Predictor *p, uint8_t *row) {
    unsigned left[MOST_COLOURS] = {0}, bits = (unsigned)p->bits, mask = (1u << bits) - 1;
    size_t at = 0;
    for (int x = 0; x < p->columns; x++) {
        for (int c = 0; c < p->colours; c++, at += bits) {
            unsigned shift = 8 - bits - (unsigned)(at % 8);
            uint8_t *byte = &row[at / 8];
            left[c] = (left[c] + ((unsigned)*byte >> shift)) & mask;
            *byte = (uint8_t)((*byte & ~(mask << shift)) | left[c] << shift);
        }
    }
}

static void undo_tiff(const Predictor *p, uint8_t *row, size_t n) {
    size_t pixel = pixel_bytes(p);
    if (p->bits == 8) {
        for (size_t i = pixel; i < n; i++)
            row[i] = (uint8_t)(row[i] + row[i - pixel]);
    } else if (p->bits == 16) {
        for (size_t i = pixel; i + 1 < n; i += 2) {
            unsigned sum = (unsigned)(row[i] << 8 | row[i + 1]) +
                           (unsigned)(row[i - pixel] << 8 | row[i - pixel + 1]);
            row[i] = (uint8_t)(sum >> 8);
            row[i + 1] = (uint8_t)sum;
        }
    } else {
        undo_tiff_bits(p, row);
    }
}

void predictor_undo(const Predictor *p, int filter, uint8_t *row, const uint8_t *above, size_t n) {
    if (predictor_is_png(p))
        undo_png(filter, row, above, n, pixel_bytes(p));
    else if (p->kind == 2)
        undo_tiff(p, row, n);
}
