/* TIFFs that are cut, that lie about their size or whose pages run in a circle: what is whole comes
 * back, the rest is told, and nothing costs more than the file is worth. */
#include "tiff_reader.h"

/* An 8-bit value for every sample, so that no two neighbours are alike. */
static uint32_t byte_at(uint32_t x, uint32_t y, uint32_t c) {
    return (x * 7 + y * 13 + c * 61 + x * y) & 255;
}

static const TiffSpec small = {.width = 8, .height = 6, .bits = 8, .photometric = 1};

static MadeTiff made(const char *mode, const TiffSpec *s, MadeSample *sample) {
    MadeTiff m;
    TIFF *tif = made_tiff_open(&m, mode);
    assert_non_null(tif);
    made_tags(tif, s);
    made_picture(tif, s, sample);
    TIFFClose(tif);
    return m;
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

static uint32_t le(const uint8_t *p, int n) {
    uint32_t v = 0;
    for (int i = n - 1; i >= 0; i--)
        v = v << 8 | p[i];
    return v;
}

static void put_le32(uint8_t *p, uint32_t v) {
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(v >> 8 * i);
}

/* The link behind the directory at `at` of a little-endian file. */
static uint8_t *link_of(MadeTiff *m, uint32_t at) {
    return m->p + at + 2 + 12 * (size_t)le(m->p + at, 2);
}

static void a_list_of_pages_that_bites_its_tail_ends(void **state) {
    (void)state;
    static const uint32_t subfiles[3] = {0};
    MadeTiff m = pages(subfiles, 3);
    uint32_t first = le(m.p + 4, 4), second = le(link_of(&m, first), 4);
    uint32_t third = le(link_of(&m, second), 4);
    put_le32(link_of(&m, third), second);
    ReadTiff r = tiff_read(&m);
    assert_int_equal(tiff_codec.pages(r.file), 3);
    assert_non_null(strstr(tiff_codec.damage(r.file).en, "circle"));
    tiff_read_rows(&r, 0);
    assert_int_equal(r.read.rows, small.height);
    put_le32(link_of(&m, first), 0x7FFFFFF0);
    ReadTiff out = tiff_read(&m);
    assert_int_equal(tiff_codec.pages(out.file), 1);
    assert_non_null(strstr(tiff_codec.damage(out.file).en, "out of the file"));
    arena_free(out.arena);
    tiff_done(&r, &m);
}

static uint8_t *entry_of(MadeTiff *m, uint16_t tag) {
    uint8_t *e = m->p + le(m->p + 4, 4) + 2;
    while (le(e, 2) != tag)
        e += 12;
    return e;
}

/* Where value `i` of a tag stands, and how many bytes it has. */
static uint8_t *value_of(MadeTiff *m, uint16_t tag, uint32_t i, int *size) {
    uint8_t *e = entry_of(m, tag);
    *size = le(e + 2, 2) == TIFF_SHORT ? 2 : 4;
    bool inside = le(e + 4, 4) * (uint32_t)*size <= 4;
    return (inside ? e + 8 : m->p + le(e + 8, 4)) + i * (uint32_t)*size;
}

static uint32_t number_of(MadeTiff *m, uint16_t tag, uint32_t i) {
    int size;
    const uint8_t *value = value_of(m, tag, i, &size);
    return le(value, size);
}

/* Moves the last strip to the end of the file and cuts `lost` bytes off it. */
static void cut_last_strip(MadeTiff *m, uint32_t strip, uint32_t lost) {
    int size;
    uint32_t n = number_of(m, TIFFTAG_STRIPBYTECOUNTS, strip);
    uint8_t *offset = value_of(m, TIFFTAG_STRIPOFFSETS, strip, &size);
    uint32_t from = le(offset, size), to = (uint32_t)m->n;
    assert_true(to < 65536 && lost < n);
    for (int b = 0; b < size; b++)
        offset[b] = (uint8_t)(to >> 8 * b);
    m->p = realloc(m->p, m->n + n);
    assert_non_null(m->p);
    memcpy(m->p + to, m->p + from, n - lost);
    m->n += n - lost;
}

/* Smooth enough to be small, with no two rows alike. */
static uint32_t slope(uint32_t x, uint32_t y, uint32_t c) {
    return (x / 4 + y * 3 + c * 40 + (x * y) % 5) & 255;
}

static void what_is_whole_of_a_cut_file_is_handed_out(void **state) {
    (void)state;
    static const uint16_t compressions[] = {COMPRESSION_NONE, COMPRESSION_LZW,
                                            COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS};
    for (size_t i = 0; i < 4; i++)
        for (uint16_t predictor = 1; predictor <= 2; predictor++) {
            TiffSpec s = {.width = 100, .height = 96, .rows_a_strip = 32, .samples = 3};
            s.photometric = PHOTOMETRIC_RGB;
            s.compression = compressions[i];
            s.predictor = i % 3 ? predictor : 0;
            MadeTiff m = made("w", &s, slope);
            cut_last_strip(&m, 2, number_of(&m, TIFFTAG_STRIPBYTECOUNTS, 2) / 2);
            ReadTiff r = tiff_read(&m);
            assert_non_null(strstr(r.read.why.en, "cut short"));
            assert_non_null(tiff_codec.damage(r.file).en);
            assert_in_range(r.read.rows, 64 + 4, 64 + 24);
            for (uint32_t at = 0; at < r.read.rows * 300; at++)
                assert_int_equal(r.rows[at], slope(at % 300 / 3, at / 300, at % 3));
            tiff_done(&r, &m);
        }
}

static void damaged_data_in_a_strip_stops_there(void **state) {
    (void)state;
    TiffSpec s = {.width = 100, .height = 96, .rows_a_strip = 32, .samples = 3};
    s.photometric = PHOTOMETRIC_RGB;
    s.compression = COMPRESSION_ADOBE_DEFLATE;
    MadeTiff m = made("w", &s, slope);
    memset(m.p + number_of(&m, TIFFTAG_STRIPOFFSETS, 1), 0xFF, 8);
    ReadTiff r = tiff_read(&m);
    assert_int_equal(r.read.rows, 32);
    assert_non_null(strstr(r.read.why.en, "32 of 96"));
    assert_null(tiff_codec.damage(r.file).en);
    tiff_done(&r, &m);
}

static void a_strip_that_lies_nowhere_is_told(void **state) {
    (void)state;
    MadeTiff m = made("w", &small, byte_at);
    int size;
    uint8_t *offset = value_of(&m, TIFFTAG_STRIPOFFSETS, 0, &size);
    memset(offset, 0xF0, (size_t)size);
    ReadTiff r = tiff_read(&m);
    assert_int_equal(r.read.rows, 0);
    assert_non_null(r.read.why.en);
    assert_non_null(tiff_codec.damage(r.file).en);
    tiff_done(&r, &m);
}

/* A thousand bytes that claim a million pixels by a million. */
static void huge_claims_cost_nothing(void **state) {
    (void)state;
    static const uint16_t compressions[] = {COMPRESSION_NONE, COMPRESSION_ADOBE_DEFLATE,
                                            COMPRESSION_CCITTFAX4, COMPRESSION_JPEG};
    for (size_t i = 0; i < 4; i++) {
        MadeTiff m = made("w", &small, byte_at);
        uint8_t *across = entry_of(&m, TIFFTAG_IMAGEWIDTH) + 2;
        uint8_t *down = entry_of(&m, TIFFTAG_IMAGELENGTH) + 2;
        across[0] = down[0] = TIFF_LONG;
        put_le32(across + 6, 1000000);
        put_le32(down + 6, 1000000);
        entry_of(&m, TIFFTAG_COMPRESSION)[8] = (uint8_t)compressions[i];
        ReadTiff r = tiff_opened(m.p, m.n);
        assert_non_null(r.file);
        if (tiff_read_head(&r, 0)) {
            tiff_read_rows(&r, 0);
            assert_int_equal(r.read.rows, 0);
            assert_non_null(r.read.why.en);
        }
        assert_true(arena_bytes(r.arena) < 1 << 20);
        tiff_done(&r, &m);
    }
}

static void a_row_beyond_the_budget_is_refused(void **state) {
    (void)state;
    TiffSpec s = {.width = 4000, .height = 64, .tile = 16, .samples = 4};
    s.photometric = PHOTOMETRIC_SEPARATED;
    MadeTiff m = made("w", &s, byte_at);
    Arena *a = arena_new();
    RasterSource source = {.bytes = m.p, .count = m.n, .arena = a, .budget = 100000};
    ReadTiff r = {.arena = a};
    r.file = tiff_codec.open(&source, &r.why);
    assert_true(tiff_read_head(&r, 0));
    tiff_read_rows(&r, 0);
    assert_int_equal(r.read.rows, 0);
    assert_non_null(strstr(r.read.why.en, "memory"));
    tiff_done(&r, &m);
}

static void what_is_no_tiff_is_refused(void **state) {
    (void)state;
    static const uint8_t none[] = "II*\0\xff\xff\xff\x7f", short_one[] = "MM\0*";
    ReadTiff r = tiff_opened(none, 8);
    assert_null(r.file);
    arena_free(r.arena);
    r = tiff_opened(short_one, 4);
    assert_null(r.file);
    arena_free(r.arena);
}

static bool first_row_only(void *self, uint32_t y, const uint8_t *samples) {
    (void)samples;
    *(uint32_t *)self += y + 1;
    return false;
}

static void a_receiver_may_stop(void **state) {
    (void)state;
    MadeTiff m = made("w", &small, byte_at);
    ReadTiff r = tiff_read(&m);
    uint32_t seen = 0;
    RasterRead read = tiff_codec.rows(r.file, 0, first_row_only, &seen);
    assert_int_equal(seen, 1);
    assert_null(read.why.en);
    tiff_done(&r, &m);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_pages_that_bites_its_tail_ends),
        cmocka_unit_test(what_is_whole_of_a_cut_file_is_handed_out),
        cmocka_unit_test(damaged_data_in_a_strip_stops_there),
        cmocka_unit_test(a_strip_that_lies_nowhere_is_told),
        cmocka_unit_test(huge_claims_cost_nothing),
        cmocka_unit_test(a_row_beyond_the_budget_is_refused),
        cmocka_unit_test(what_is_no_tiff_is_refused),
        cmocka_unit_test(a_receiver_may_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
