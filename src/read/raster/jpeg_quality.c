#include "read/raster/jpeg_file.h"

/* Quality is not stored: it is told from the quantisation tables. libjpeg scales the two tables of
 * ITU T.81, Annex K, by a number from 1 to 100 (jpeg_quality_scaling), which other programs took
 * over. Where the tables are these the answer is exact. Tables of other makes, Photoshop's above
 * all, get the lowest quality at which libjpeg's are no coarser, in sum or in a few frequencies at
 * both ends: the measure that ImageMagick and exiftool use too. */
enum { BEST = 100, MOST_STEP_8 = 255, MOST_STEP_16 = 32767 };

typedef uint8_t Steps[JPEG_TABLE];

static const Steps luminance = {16,  11,  10,  16,  24, 40, 51,  61,  12,  12,  14,  19,  26,
                                58,  60,  55,  14,  13, 16, 24,  40,  57,  69,  56,  14,  17,
                                22,  29,  51,  87,  80, 62, 18,  22,  37,  56,  68,  109, 103,
                                77,  24,  35,  55,  64, 81, 104, 113, 92,  49,  64,  78,  87,
                                103, 121, 120, 101, 72, 92, 95,  98,  112, 100, 103, 99};
static const Steps chrominance = {17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
                                  24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
                                  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
                                  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99};
/* Where the i-th step of a file stands in the square (ITU T.81, figure A.6). */
static const uint8_t zigzag[JPEG_TABLE] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

static int scaled(int step, int quality, int most) {
    int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    int value = (step * percent + 50) / 100;
    return value < 1 ? 1 : value > most ? most : value;
}

static bool is_scaled(const JpegTable *t, const Steps steps, int quality, int most) {
    for (int i = 0; t && i < JPEG_TABLE; i++)
        if (t->steps[i] != scaled(steps[zigzag[i]], quality, most))
            return false;
    return true;
}

typedef struct Coarseness {
    int sum, ends;
} Coarseness;

/* `position`: 2 and 53 of the first table, 0 and 63 of the second are its ends. */
static void add_step(Coarseness *c, bool second, int position, int step) {
    c->sum += step;
    if (second ? position == 0 || position == 63 : position == 2 || position == 53)
        c->ends += step;
}

static Coarseness coarseness(const JpegTable *first, const JpegTable *second) {
    Coarseness c = {0};
    for (int i = 0; i < JPEG_TABLE; i++) {
        add_step(&c, false, zigzag[i], first->steps[i]);
        if (second)
            add_step(&c, true, zigzag[i], second->steps[i]);
    }
    return c;
}

static Coarseness coarseness_at(int quality, bool two) {
    Coarseness c = {0};
    for (int i = 0; i < JPEG_TABLE; i++) {
        add_step(&c, false, i, scaled(luminance[i], quality, MOST_STEP_8));
        if (two)
            add_step(&c, true, i, scaled(chrominance[i], quality, MOST_STEP_8));
    }
    return c;
}

static bool is_libjpegs(const JpegTable *first, const JpegTable *second, int quality, int most) {
    return is_scaled(first, luminance, quality, most) &&
           is_scaled(second, chrominance, quality, most);
}

int jpegfile_quality(const JpegFile *f) {
    const JpegTable *first = &f->tables[f->table_of[0]], *second = NULL;
    if (f->components > 1 && f->table_of[1] != f->table_of[0])
        second = &f->tables[f->table_of[1]];
    if (!first->defined || (second && !second->defined))
        return 0;
    for (int quality = BEST; quality >= 1; quality--)
        if (is_libjpegs(first, second, quality, MOST_STEP_8) ||
            is_libjpegs(first, second, quality, MOST_STEP_16))
            return quality;
    Coarseness c = coarseness(first, second);
    for (int quality = 1; quality < BEST; quality++) {
        Coarseness at = coarseness_at(quality, second != NULL);
        if (c.sum >= at.sum || c.ends >= at.ends)
            return quality;
    }
    return BEST;
}
