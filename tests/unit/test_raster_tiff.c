/* TIFFs of many kinds, written by libtiff into memory: their samples come back as raster.h says,
 * and what is broken is told. */
#include "tiff_reader.h"

#include <math.h>

enum { ACROSS = 37, DOWN = 29 };

/* An 8-bit value for every sample, so that no two neighbours are alike. */
static uint32_t byte_at(uint32_t x, uint32_t y, uint32_t c) {
    return (x * 7 + y * 13 + c * 61 + x * y) & 255;
}

static uint32_t one_bit(uint32_t x, uint32_t y, uint32_t c) {
    return byte_at(x, y, c) & 1;
}

static uint32_t two_bits(uint32_t x, uint32_t y, uint32_t c) {
    return byte_at(x, y, c) & 3;
}

static uint32_t four_bits(uint32_t x, uint32_t y, uint32_t c) {
    return byte_at(x, y, c) & 15;
}

/* Not on the value itself but beside it: rounding has to find it. */
static uint32_t sixteen_bits(uint32_t x, uint32_t y, uint32_t c) {
    uint32_t v = byte_at(x, y, c);
    return v * 257 + (v < 128 ? 120 : 0) - (v >= 128 ? 120 : 0);
}

static uint32_t thirty_two_bits(uint32_t x, uint32_t y, uint32_t c) {
    return byte_at(x, y, c) * 16843009u;
}

static uint8_t expected(uint16_t bits, uint16_t photometric, uint32_t x, uint32_t y, uint32_t c) {
    uint32_t v = byte_at(x, y, c);
    if (bits < 8) {
        uint32_t most = (1u << bits) - 1;
        v = (uint32_t)lround(255.0 * (v & most) / most);
    }
    return (uint8_t)(photometric == PHOTOMETRIC_MINISWHITE ? 255 - v : v);
}

static MadeSample *sample_of(const TiffSpec *s) {
    if (s->format == SAMPLEFORMAT_IEEEFP)
        return byte_at;
    switch (s->bits) {
    case 1:
        return one_bit;
    case 2:
        return two_bits;
    case 4:
        return four_bits;
    case 16:
        return sixteen_bits;
    case 32:
        return thirty_two_bits;
    }
    return byte_at;
}

static MadeTiff made(const char *mode, const TiffSpec *s, MadeSample *sample) {
    MadeTiff m;
    TIFF *tif = made_tiff_open(&m, mode);
    assert_non_null(tif);
    made_tags(tif, s);
    made_picture(tif, s, sample);
    TIFFClose(tif);
    return m;
}

static void check(const char *mode, const TiffSpec *s) {
    MadeTiff m = made(mode, s, sample_of(s));
    ReadTiff r = tiff_read(&m);
    assert_null(r.read.why.en);
    assert_int_equal(r.read.rows, s->height);
    assert_int_equal(r.head.bits, s->bits);
    assert_int_equal(r.head.channels, s->samples);
    for (uint32_t y = 0; y < s->height; y++)
        for (uint32_t x = 0; x < s->width; x++)
            for (uint32_t c = 0; c < s->samples; c++) {
                uint8_t want = expected(s->bits, s->photometric, x, y, c);
                uint8_t got = r.rows[((size_t)y * s->width + x) * s->samples + c];
                if (got != want)
                    fail_msg("%s: %u bits, %u samples, at %u %u %u: %u for %u", mode, s->bits,
                             s->samples, x, y, c, got, want);
            }
    tiff_done(&r, &m);
}

typedef struct Kind {
    uint16_t bits, samples, photometric, format;
} Kind;
static const Kind kinds[] = {
    {1, 1, PHOTOMETRIC_MINISWHITE, 1},  {1, 1, PHOTOMETRIC_MINISBLACK, 1},
    {2, 1, PHOTOMETRIC_MINISBLACK, 1},  {4, 1, PHOTOMETRIC_MINISWHITE, 1},
    {8, 1, PHOTOMETRIC_MINISBLACK, 1},  {8, 1, PHOTOMETRIC_MINISWHITE, 1},
    {16, 1, PHOTOMETRIC_MINISBLACK, 1}, {8, 3, PHOTOMETRIC_RGB, 1},
    {16, 3, PHOTOMETRIC_RGB, 1},        {32, 3, PHOTOMETRIC_RGB, 1},
    {32, 3, PHOTOMETRIC_RGB, 3},        {1, 4, PHOTOMETRIC_SEPARATED, 1},
    {8, 4, PHOTOMETRIC_SEPARATED, 1},   {16, 4, PHOTOMETRIC_SEPARATED, 1},
};

static TiffSpec spec_of(const Kind *k) {
    return (TiffSpec){.width = ACROSS,
                      .height = DOWN,
                      .rows_a_strip = 8,
                      .bits = k->bits,
                      .samples = k->samples,
                      .photometric = k->photometric,
                      .format = k->format};
}

static void samples_of_every_depth_come_back_in_8_bits(void **state) {
    (void)state;
    static const char *const modes[] = {"w", "wb", "w8", "wb8"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t j = 0; j < 4; j++) {
            TiffSpec s = spec_of(&kinds[i]);
            check(modes[j], &s);
            s.rows_a_strip = DOWN;
            check(modes[j], &s);
            s.tile = 16;
            check(modes[j], &s);
            s.planar = true;
            check(modes[j], &s);
            s.tile = 0;
            s.rows_a_strip = 5;
            check(modes[j], &s);
        }
}

static void every_lossless_compression_is_undone(void **state) {
    (void)state;
    static const uint16_t compressions[] = {COMPRESSION_LZW, COMPRESSION_PACKBITS,
                                            COMPRESSION_DEFLATE, COMPRESSION_ADOBE_DEFLATE,
                                            COMPRESSION_ZSTD};
    static const Filter filters[] = {FILTER_LZW, FILTER_RUN_LENGTH, FILTER_FLATE, FILTER_FLATE,
                                     FILTER_ZSTD};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t j = 0; j < 5; j++) {
            TiffSpec s = spec_of(&kinds[i]);
            s.compression = compressions[j];
            check("w", &s);
            s.planar = true;
            check("wb", &s);
            s.planar = false;
            bool predicted = s.compression != COMPRESSION_PACKBITS && s.bits >= 8;
            s.predictor = predicted ? s.format == 3 ? 3 : 2 : 0;
            check(s.predictor == 3 ? "w" : "wb", &s); /* libtiff 4.5 writes wb with 3 wrongly */
            MadeTiff m = made("w", &s, sample_of(&s));
            ReadTiff r = tiff_read(&m);
            assert_int_equal(r.head.compression, filters[j]);
            tiff_done(&r, &m);
        }
}

static void fax_data_is_undone_in_both_bit_orders(void **state) {
    (void)state;
    static const uint16_t compressions[] = {COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3,
                                            COMPRESSION_CCITTFAX4};
    for (size_t i = 0; i < 3; i++)
        for (uint16_t order = FILLORDER_MSB2LSB; order <= FILLORDER_LSB2MSB; order++) {
            TiffSpec s = spec_of(&kinds[0]);
            s.compression = compressions[i];
            MadeTiff m;
            TIFF *tif = made_tiff_open(&m, "w");
            made_tags(tif, &s);
            TIFFSetField(tif, TIFFTAG_FILLORDER, order);
            made_picture(tif, &s, one_bit);
            TIFFClose(tif);
            ReadTiff r = tiff_read(&m);
            assert_null(r.read.why.en);
            assert_int_equal(r.head.compression, FILTER_CCITT);
            for (uint32_t y = 0; y < DOWN; y++)
                for (uint32_t x = 0; x < ACROSS; x++)
                    assert_int_equal(r.rows[y * ACROSS + x],
                                     expected(1, PHOTOMETRIC_MINISWHITE, x, y, 0));
            tiff_done(&r, &m);
        }
}

/* Larger than what is decoded in one go. */
static void a_huge_strip_is_read_row_by_row(void **state) {
    (void)state;
    TiffSpec s = {.width = 3000,
                  .height = 1000,
                  .rows_a_strip = 1000,
                  .bits = 8,
                  .samples = 4,
                  .photometric = PHOTOMETRIC_SEPARATED,
                  .compression = COMPRESSION_ADOBE_DEFLATE,
                  .predictor = 2};
    check("w", &s);
    s.planar = true;
    check("w", &s);
}

static void jpeg_data_comes_back_nearly(void **state) {
    (void)state;
    for (uint16_t photometric = PHOTOMETRIC_RGB; photometric <= PHOTOMETRIC_YCBCR; photometric++) {
        if (photometric != PHOTOMETRIC_RGB && photometric != PHOTOMETRIC_YCBCR &&
            photometric != PHOTOMETRIC_SEPARATED)
            continue;
        TiffSpec s = {.width = 48, .height = 40, .rows_a_strip = 16, .bits = 8};
        s.photometric = photometric;
        s.samples = photometric == PHOTOMETRIC_SEPARATED ? 4 : 3;
        s.compression = COMPRESSION_JPEG;
        MadeTiff m;
        TIFF *tif = made_tiff_open(&m, "w");
        made_tags(tif, &s);
        TIFFSetField(tif, TIFFTAG_JPEGQUALITY, 83);
        if (photometric == PHOTOMETRIC_YCBCR)
            TIFFSetField(tif, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        uint8_t row[48 * 4];
        for (size_t i = 0; i < sizeof row; i++)
            row[i] = (uint8_t)(40 + 50 * (i % s.samples));
        for (uint32_t y = 0; y < s.height; y++)
            TIFFWriteScanline(tif, row, y, 0);
        TIFFClose(tif);
        ReadTiff r = tiff_read(&m);
        assert_null(r.read.why.en);
        assert_int_equal(r.head.jpeg_quality, 83);
        assert_int_equal(r.head.compression, FILTER_DCT);
        for (size_t i = 0; i < r.bytes; i++)
            assert_in_range(r.rows[i], row[i % s.samples] - 3u, row[i % s.samples] + 3u);
        tiff_done(&r, &m);
    }
}

static uint32_t quarter(uint32_t x, uint32_t y, uint32_t c) {
    (void)c;
    return (x + y) & 3;
}

static void a_palette_is_looked_up(void **state) {
    (void)state;
    uint16_t map[3][4] = {{0, 65535, 32896, 257}, {1, 2, 3, 65535}, {65535, 514, 0, 771}};
    TiffSpec s = {.width = 9, .height = 5, .bits = 2, .photometric = PHOTOMETRIC_PALETTE};
    MadeTiff m;
    TIFF *tif = made_tiff_open(&m, "w");
    made_tags(tif, &s);
    TIFFSetField(tif, TIFFTAG_COLORMAP, map[0], map[1], map[2]);
    made_picture(tif, &s, quarter);
    TIFFClose(tif);
    ReadTiff r = tiff_read(&m);
    assert_true(r.head.indexed);
    assert_int_equal(r.head.space, SPACE_RGB);
    assert_int_equal(r.head.channels, 3);
    for (uint32_t i = 0; i < 9 * 5 * 3; i++)
        assert_int_equal(r.rows[i], (map[i % 3][quarter(i / 3 % 9, i / 27, 0)] + 128) / 257);
    tiff_done(&r, &m);
}

typedef struct LabCase {
    uint16_t photometric, bits;
    uint32_t stored[3];
    uint8_t read[3];
} LabCase;
static uint32_t lab_stored[3];

static uint32_t lab_sample(uint32_t x, uint32_t y, uint32_t c) {
    (void)x, (void)y;
    return lab_stored[c];
}

static void lab_is_brought_to_one_encoding(void **state) {
    (void)state;
    static const LabCase cases[] = {
        {PHOTOMETRIC_CIELAB, 8, {255, 0xF6, 20}, {255, 118, 148}},
        {PHOTOMETRIC_ICCLAB, 8, {128, 118, 148}, {128, 118, 148}},
        {PHOTOMETRIC_ITULAB, 8, {77, 0, 255}, {77, 43, 253}},
        {PHOTOMETRIC_CIELAB, 16, {65535, 0xF600, 20 * 256}, {255, 118, 148}},
        {PHOTOMETRIC_ICCLAB, 16, {0xFF00, 118 * 256, 148 * 256}, {255, 118, 148}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int planar = 0; planar < 2; planar++) {
            TiffSpec s = {.width = 3, .height = 2, .samples = 3, .planar = planar};
            s.bits = cases[i].bits;
            s.photometric = cases[i].photometric;
            memcpy(lab_stored, cases[i].stored, sizeof lab_stored);
            MadeTiff m = made("w", &s, lab_sample);
            ReadTiff r = tiff_read(&m);
            assert_int_equal(r.head.space, SPACE_LAB);
            for (size_t j = 0; j < r.bytes; j++)
                assert_int_equal(r.rows[j], cases[i].read[j % 3]);
            tiff_done(&r, &m);
        }
}

/* TIFF 6.0 section 21: blocks of 2 × 2 luma samples with one Cb and one Cr. */
static void subsampled_chroma_is_spread(void **state) {
    (void)state;
    MadeTiff m;
    TIFF *tif = made_tiff_open(&m, "w");
    TiffSpec s = {.width = 5, .height = 3, .bits = 8, .samples = 3};
    s.photometric = PHOTOMETRIC_YCBCR;
    made_tags(tif, &s);
    TIFFSetField(tif, TIFFTAG_YCBCRSUBSAMPLING, 2, 2);
    uint8_t units[2 * 3 * 6];
    for (size_t i = 0; i < sizeof units; i++)
        units[i] = i % 6 < 4 ? (uint8_t)(10 * i) : 128;
    TIFFWriteRawStrip(tif, 0, units, sizeof units);
    TIFFClose(tif);
    ReadTiff r = tiff_read(&m);
    assert_null(r.read.why.en);
    assert_int_equal(r.head.space, SPACE_RGB);
    for (uint32_t y = 0; y < 3; y++)
        for (uint32_t x = 0; x < 5; x++)
            for (uint32_t c = 0; c < 3; c++)
                assert_int_equal(r.rows[(y * 5 + x) * 3 + c],
                                 units[(y / 2 * 3 + x / 2) * 6 + y % 2 * 2 + x % 2]);
    tiff_done(&r, &m);
}

static const TiffSpec small = {.width = 8, .height = 6, .bits = 8, .photometric = 1};

static MadeTiff with_density(float x, float y, uint16_t unit) {
    MadeTiff m;
    TIFF *tif = made_tiff_open(&m, "w");
    made_tags(tif, &small);
    TIFFSetField(tif, TIFFTAG_XRESOLUTION, x);
    TIFFSetField(tif, TIFFTAG_YRESOLUTION, y);
    TIFFSetField(tif, TIFFTAG_RESOLUTIONUNIT, unit);
    TIFFSetField(tif, TIFFTAG_ORIENTATION, ORIENTATION_RIGHTTOP);
    TIFFSetField(tif, TIFFTAG_SOFTWARE, "Tool\x1b[31m");
    made_picture(tif, &small, byte_at);
    TIFFClose(tif);
    return m;
}

static void density_is_told_in_pixels_an_inch(void **state) {
    (void)state;
    static const double want[4][2] = {{0, 0}, {0, 0}, {300, 150}, {762, 381}};
    for (uint16_t unit = RESUNIT_NONE; unit <= RESUNIT_CENTIMETER; unit++) {
        MadeTiff m = with_density(300, 150, unit);
        ReadTiff r = tiff_read(&m);
        assert_true(fabs(r.head.ppi_x - want[unit][0]) < 0.001);
        assert_true(fabs(r.head.ppi_y - want[unit][1]) < 0.001);
        assert_int_equal(r.head.orientation, 6);
        assert_string_equal(r.head.software, "Tool\x1b[31m");
        tiff_done(&r, &m);
    }
}

static void a_profile_is_pointed_to_and_one_cut_off_is_told(void **state) {
    (void)state;
    for (int cut = 0; cut < 2; cut++) {
        uint8_t profile[200] = {0, 0, 0, 200};
        profile[3] = cut ? 201 : 200;
        MadeTiff m;
        TIFF *tif = made_tiff_open(&m, "wb");
        made_tags(tif, &small);
        TIFFSetField(tif, TIFFTAG_ICCPROFILE, (uint32_t)sizeof profile, profile);
        made_picture(tif, &small, byte_at);
        TIFFClose(tif);
        ReadTiff r = tiff_read(&m);
        assert_int_equal(r.head.icc_count, cut ? 0 : sizeof profile);
        assert_int_equal(r.head.icc_fault.en != NULL, cut);
        assert_true(cut || (r.head.icc > m.p && r.head.icc < m.p + m.n));
        tiff_done(&r, &m);
    }
}

static MadeTiff pages(const uint32_t *subfiles, int count) {
    MadeTiff m;
    TIFF *tif = made_tiff_open(&m, "w");
    for (int i = 0; i < count; i++) {
        TiffSpec s = small;
        s.width += (uint32_t)i;
        made_tags(tif, &s);
        TIFFSetField(tif, TIFFTAG_SUBFILETYPE, subfiles[i]);
        made_picture(tif, &s, byte_at);
    }
    TIFFClose(tif);
    return m;
}

static void reduced_copies_and_masks_are_no_pages(void **state) {
    (void)state;
    static const uint32_t subfiles[] = {FILETYPE_PAGE, FILETYPE_REDUCEDIMAGE, 0,
                                        FILETYPE_MASK | FILETYPE_PAGE};
    MadeTiff m = pages(subfiles, 4);
    ReadTiff r = tiff_read(&m);
    assert_int_equal(tiff_codec.pages(r.file), 2);
    assert_true(tiff_read_head(&r, 1));
    assert_int_equal(r.head.width, small.width + 2);
    tiff_read_rows(&r, 1);
    assert_int_equal(r.read.rows, small.height);
    assert_null(tiff_codec.damage(r.file).en);
    tiff_done(&r, &m);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples_of_every_depth_come_back_in_8_bits),
        cmocka_unit_test(every_lossless_compression_is_undone),
        cmocka_unit_test(fax_data_is_undone_in_both_bit_orders),
        cmocka_unit_test(a_huge_strip_is_read_row_by_row),
        cmocka_unit_test(jpeg_data_comes_back_nearly),
        cmocka_unit_test(a_palette_is_looked_up),
        cmocka_unit_test(lab_is_brought_to_one_encoding),
        cmocka_unit_test(subsampled_chroma_is_spread),
        cmocka_unit_test(density_is_told_in_pixels_an_inch),
        cmocka_unit_test(a_profile_is_pointed_to_and_one_cut_off_is_told),
        cmocka_unit_test(reduced_copies_and_masks_are_no_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
