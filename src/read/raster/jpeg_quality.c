#include "read/raster/jpeg_file.h"

/* Quality is not stored: it is told from the quantisation tables. libjpeg scales the tables of ITU
 * T.81, Annex K, by a number from 1 to 100 (jpeg_quality_scaling), which other programs took over.
 * Where the first table is one of these the answer is exact. Tables of other makes, Photoshop's
 * above all, get the lowest quality whose tables are no coarser in sum, as ImageMagick and exiftool
 * tell it. */
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

static bool is_scaled(const JpegTable *t, int quality, int most) {
    for (int i = 0; i < JPEG_TABLE; i++)
        if (t->steps[i] != scaled(luminance[zigzag[i]], quality, most))
            return false;
    return true;
}

static long sum_of(const JpegTable *t) {
    long sum = 0;
    for (int i = 0; i < JPEG_TABLE; i++)
        sum += t->steps[i];
    return sum;
}

static long scaled_sum(const Steps steps, int quality) {
    long sum = 0;
    for (int i = 0; i < JPEG_TABLE; i++)
        sum += scaled(steps[i], quality, MOST_STEP_8);
    return sum;
}

int jpegfile_quality(const JpegFile *f) {
    const JpegTable *first = &f->tables[f->table_of[0]], *second = first;
    if (f->components > 1)
        second = &f->tables[f->table_of[1]];
    if (!first->defined || !second->defined)
        return 0;
    for (int quality = BEST; quality >= 1; quality--)
        if (is_scaled(first, quality, MOST_STEP_8) || is_scaled(first, quality, MOST_STEP_16))
            return quality;
    long sum = sum_of(first) + (second != first ? sum_of(second) : 0);
    int quality = 1;
    while (quality < BEST && sum < scaled_sum(luminance, quality) +
                                       (second != first ? scaled_sum(chrominance, quality) : 0))
        quality++;
    return quality;
}
