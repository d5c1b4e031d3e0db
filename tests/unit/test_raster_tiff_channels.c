/* Channels beyond the colours: which are alpha, spot or a saved selection, by TIFF's own tags and
 * by Photoshop's resources, made here byte by byte. */
#include "tiff_reader.h"

#include <math.h>

#include "read/raster/photoshop.h"

enum { ACROSS = 6, DOWN = 4, ROOM = 1024 };

typedef struct Block {
    uint8_t p[ROOM];
    size_t n;
} Block;

static void put(Block *b, const void *p, size_t n) {
    assert_true(b->n + n <= ROOM);
    memcpy(b->p + b->n, p, n);
    b->n += n;
}

static void put_be(Block *b, uint32_t v, int bytes) {
    for (int i = bytes - 1; i >= 0; i--)
        put(b, &(uint8_t){(uint8_t)(v >> 8 * i)}, 1);
}

static void put_resource(Block *b, uint32_t id, const Block *data) {
    put(b, "8BIM", 4);
    put_be(b, id, 2);
    put(b, "\0", 2); /* no name */
    put_be(b, (uint32_t)data->n, 4);
    put(b, data->p, data->n);
    put(b, "", data->n & 1);
}

static void put_pascal(Block *b, const char *name) {
    put_be(b, (uint32_t)strlen(name), 1);
    put(b, name, strlen(name));
}

/* ASCII only; the count includes the closing zero, as Photoshop's does. */
static void put_unicode(Block *b, const char *name) {
    put_be(b, (uint32_t)strlen(name) + 1, 4);
    for (size_t i = 0; i <= strlen(name); i++)
        put_be(b, (uint8_t)name[i], 2);
}

static void put_display(Block *b, uint32_t space, const uint16_t colour[4], int kind, bool older) {
    put_be(b, space, 2);
    for (int i = 0; i < 4; i++)
        put_be(b, colour[i], 2);
    put_be(b, 100, 2);
    put_be(b, (uint32_t)kind, 1);
    put(b, "", older);
}

static uint32_t ramp(uint32_t x, uint32_t y, uint32_t c) {
    return x * 40 + y + c * 3;
}

typedef struct Case {
    TiffSpec spec;
    uint16_t extra_count, extras[4];
    const Block *photoshop;
    const char *ink_names; /* each with its zero */
    uint32_t ink_bytes;
    int inks;
} Case;

static MadeTiff made(const Case *c) {
    MadeTiff m;
    TIFF *tif = made_tiff_open(&m, "wb");
    made_tags(tif, &c->spec);
    if (c->extra_count)
        TIFFSetField(tif, TIFFTAG_EXTRASAMPLES, c->extra_count, c->extras);
    if (c->photoshop)
        TIFFSetField(tif, TIFFTAG_PHOTOSHOP, (uint32_t)c->photoshop->n, c->photoshop->p);
    if (c->ink_names) {
        TIFFSetField(tif, TIFFTAG_INKSET, INKSET_MULTIINK);
        TIFFSetField(tif, TIFFTAG_NUMBEROFINKS, c->inks);
        TIFFSetField(tif, TIFFTAG_INKNAMES, c->ink_bytes, c->ink_names);
    }
    made_picture(tif, &c->spec, ramp);
    TIFFClose(tif);
    return m;
}

static TiffSpec separated(uint16_t samples) {
    return (TiffSpec){.width = ACROSS,
                      .height = DOWN,
                      .bits = 8,
                      .samples = samples,
                      .photometric = PHOTOMETRIC_SEPARATED};
}

static uint8_t sample(const ReadTiff *r, uint32_t x, uint32_t y, int c) {
    return r->rows[((size_t)y * r->head.width + x) * (size_t)r->head.channels + (size_t)c];
}

static void expect_sample(const ReadTiff *r, int channel, int stored, bool turned) {
    for (uint32_t y = 0; y < DOWN; y++)
        for (uint32_t x = 0; x < ACROSS; x++) {
            uint32_t v = stored < 0 ? 0 : ramp(x, y, (uint32_t)stored);
            assert_int_equal(sample(r, x, y, channel), turned ? 255 - v : v);
        }
}

static void expect_extra(const ReadTiff *r, size_t i, ChannelKind kind, const char *name) {
    assert_true(i < r->head.extra_count);
    assert_int_equal(r->head.extras[i].kind, kind);
    assert_true(str_is(r->head.extras[i].name, name));
}

/* Photoshop shows a spot channel as gray, black where there is ink, and stores it so. */
static void a_spot_channel_of_photoshop_is_told_and_turned_round(void **state) {
    (void)state;
    static const uint16_t gold[4] = {0xD4D4, 0xAFAF, 0x3737, 0}, red[4] = {0xFFFF, 0, 0, 0};
    for (int older = 0; older < 2; older++) {
        Block irb = {0}, names = {0}, display = {0};
        if (older) {
            put_pascal(&names, "\xe7\x83\xab\xe9\x87\x91");
            put_pascal(&names, "Alpha 1");
        } else {
            put_unicode(&names, "Gold Foil");
            put_unicode(&names, "Alpha 1");
            put_be(&display, 1, 4);
        }
        put_display(&display, 0, gold, 2, older);
        put_display(&display, 0, red, 0, older);
        put_resource(&irb, older ? 1006 : 1045, &names);
        put_resource(&irb, older ? 1007 : 1077, &display);
        Case c = {.spec = separated(6), .extra_count = 2, .photoshop = &irb};
        MadeTiff m = made(&c);
        ReadTiff r = tiff_read(&m);
        assert_null(r.read.why.en);
        assert_int_equal(r.head.colours, 4);
        assert_int_equal(r.head.channels, 6);
        expect_extra(&r, 0, CHANNEL_SPOT, older ? "烫金" : "Gold Foil");
        expect_extra(&r, 1, CHANNEL_MASK, "Alpha 1");
        assert_true(r.head.extras[0].has_look);
        assert_memory_equal(r.head.extras[0].look, "\xD4\xAF\x37", 3);
        for (int i = 0; i < 6; i++)
            expect_sample(&r, i, i, i == 4);
        tiff_done(&r, &m);
    }
}

/* The name of the transparency may be missing from the lists, or be the first one. */
static void transparency_and_spot_channels_are_kept_apart(void **state) {
    (void)state;
    static const uint16_t white[4] = {0xFFFF, 0xFFFF, 0xFFFF, 0};
    for (int listed = 0; listed < 2; listed++) {
        Block irb = {0}, names = {0}, display = {0};
        put_be(&display, 1, 4);
        if (listed) {
            put_unicode(&names, "Transparency");
            put_display(&display, 0, white, 1, false);
        }
        put_unicode(&names, "W1");
        put_display(&display, 0, white, 2, false);
        put_resource(&irb, 1045, &names);
        put_resource(&irb, 1077, &display);
        Case c = {.spec = separated(5), .extra_count = 2, .photoshop = &irb};
        c.spec.photometric = PHOTOMETRIC_RGB;
        c.extras[0] = EXTRASAMPLE_ASSOCALPHA;
        MadeTiff m = made(&c);
        ReadTiff r = tiff_read(&m);
        expect_extra(&r, 0, CHANNEL_ALPHA, listed ? "Transparency" : "");
        expect_extra(&r, 1, CHANNEL_SPOT, "W1");
        assert_true(r.head.extras[0].premultiplied);
        expect_sample(&r, 3, 3, false);
        expect_sample(&r, 4, 4, true);
        tiff_done(&r, &m);
    }
}

static void extra_samples_alone_tell_alpha_or_nothing(void **state) {
    (void)state;
    static const ChannelKind kinds[] = {CHANNEL_UNNAMED, CHANNEL_ALPHA, CHANNEL_ALPHA};
    for (uint16_t type = EXTRASAMPLE_UNSPECIFIED; type <= EXTRASAMPLE_UNASSALPHA; type++) {
        Case c = {.spec = separated(2), .extra_count = 1, .extras = {type}};
        c.spec.photometric = PHOTOMETRIC_MINISWHITE;
        MadeTiff m = made(&c);
        ReadTiff r = tiff_read(&m);
        expect_extra(&r, 0, kinds[type], "");
        assert_int_equal(r.head.extras[0].premultiplied, type == EXTRASAMPLE_ASSOCALPHA);
        expect_sample(&r, 0, 0, true);
        expect_sample(&r, 1, 1, false);
        tiff_done(&r, &m);
    }
}

/* TIFF 6.0 section 16: 255 is full ink in every ink that the file lists. */
static void named_inks_beyond_cmyk_are_spots(void **state) {
    (void)state;
    static const char names[] = "Cyan\0Magenta\0Yellow\0Black\0PANTONE 871 C";
    Case c = {.spec = separated(5), .ink_names = names, .ink_bytes = sizeof names, .inks = 5};
    c.extra_count = 1;
    for (int planar = 0; planar < 2; planar++) {
        c.spec.planar = planar;
        MadeTiff m = made(&c);
        ReadTiff r = tiff_read(&m);
        assert_int_equal(r.head.space, SPACE_CMYK);
        assert_int_equal(r.head.extra_count, 1);
        expect_extra(&r, 0, CHANNEL_SPOT, "PANTONE 871 C");
        assert_false(r.head.extras[0].has_look);
        for (int i = 0; i < 5; i++)
            expect_sample(&r, i, i, false);
        tiff_done(&r, &m);
    }
}

static void inks_in_another_order_find_their_places(void **state) {
    (void)state;
    static const char names[] = "Varnish\0black\0CYAN";
    Case c = {.spec = separated(3), .ink_names = names, .ink_bytes = sizeof names, .inks = 3};
    MadeTiff m = made(&c);
    ReadTiff r = tiff_read(&m);
    assert_int_equal(r.head.channels, 5);
    expect_extra(&r, 0, CHANNEL_SPOT, "Varnish");
    expect_sample(&r, 0, 2, false);
    expect_sample(&r, 1, -1, false);
    expect_sample(&r, 2, -1, false);
    expect_sample(&r, 3, 1, false);
    expect_sample(&r, 4, 0, false);
    tiff_done(&r, &m);
}

static void paths_and_density_come_from_photoshop(void **state) {
    (void)state;
    Block irb = {0}, resolution = {0}, path = {0}, name = {0};
    put_be(&resolution, 300 << 16, 4);
    put_be(&resolution, 0x00020002, 4); /* shown in centimetres, stored in inches */
    put_be(&resolution, (150 << 16) + 0x8000, 4);
    put_be(&resolution, 0x00020002, 4);
    put(&path, "path", 4);
    put_pascal(&name, "outline");
    put_resource(&irb, 1005, &resolution);
    put_resource(&irb, 2000, &path);
    put_resource(&irb, 2997, &path);
    put_resource(&irb, 1025, &path); /* the working path */
    put_resource(&irb, 2999, &name);
    Case c = {.spec = separated(4), .photoshop = &irb};
    MadeTiff m = made(&c);
    ReadTiff r = tiff_read(&m);
    assert_int_equal(r.head.paths, 2);
    assert_true(r.head.clipping_path);
    assert_true(fabs(r.head.ppi_x - 300) < 1e-6 && fabs(r.head.ppi_y - 150.5) < 1e-6);
    tiff_done(&r, &m);
}

static void looks_are_told_in_srgb(void **state) {
    (void)state;
    static const struct {
        uint32_t space;
        uint16_t colour[4];
        uint8_t look[3];
        bool has;
    } cases[] = {
        {0, {65535, 0, 32896, 0}, {255, 0, 128}, true},
        {1, {0, 65535, 65535, 0}, {255, 0, 0}, true},       /* hue 0 */
        {1, {21845, 65535, 65535, 0}, {0, 255, 0}, true},   /* a third round */
        {2, {65535, 65535, 0, 65535}, {255, 255, 0}, true}, /* full yellow is 0 */
        {7, {10000, 0, 0, 0}, {255, 255, 255}, true},
        {7, {0, 0, 0, 0}, {0, 0, 0}, true},
        {8, {10000, 0, 0, 0}, {0, 0, 0}, true},
        {3, {1, 2, 3, 4}, {0, 0, 0}, false}, /* a number in a colour book */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Block irb = {0}, display = {0};
        put_be(&display, 1, 4);
        put_display(&display, cases[i].space, cases[i].colour, 2, false);
        put_resource(&irb, 1077, &display);
        Arena *a = arena_new();
        Photoshop p;
        photoshop_read(&p, a, irb.p, irb.n);
        assert_int_equal(p.displays, 1);
        assert_int_equal(p.channels[0].kind, PHOTOSHOP_SPOT);
        assert_int_equal(p.channels[0].has_look, cases[i].has);
        assert_memory_equal(p.channels[0].look, cases[i].look, 3);
        arena_free(a);
    }
}

static void control_characters_stay_in_names(void **state) {
    (void)state;
    Block irb = {0}, names = {0};
    put_unicode(&names, "Gold\x1b[2J\n");
    put_resource(&irb, 1045, &names);
    Case c = {.spec = separated(5), .extra_count = 1, .photoshop = &irb};
    MadeTiff m = made(&c);
    ReadTiff r = tiff_read(&m);
    expect_extra(&r, 0, CHANNEL_UNNAMED, "Gold\x1b[2J\n");
    expect_sample(&r, 4, 4, false);
    tiff_done(&r, &m);
}

/* Cut at every byte and with every size claimed too large: read as far as it goes. */
static void resources_that_are_cut_do_no_harm(void **state) {
    (void)state;
    static const uint16_t none[4] = {0};
    Block irb = {0}, names = {0}, display = {0};
    put_unicode(&names, "One");
    put_display(&display, 2, none, 2, true);
    put_resource(&irb, 1045, &names);
    put_resource(&irb, 1007, &display);
    for (size_t n = 0; n <= irb.n; n++)
        for (size_t bad = 0; bad <= n; bad++) {
            uint8_t *p = malloc(n ? n : 1);
            assert_non_null(p);
            memcpy(p, irb.p, n);
            if (bad < n)
                p[bad] = 0xFF;
            Arena *a = arena_new();
            Photoshop read;
            photoshop_read(&read, a, p, n);
            assert_true(read.names <= MOST_PHOTOSHOP_CHANNELS);
            arena_free(a);
            free(p);
        }
}

static void layers_are_told_in_both_byte_orders(void **state) {
    (void)state;
    static const char title[] = "Adobe Photoshop Document Data Block";
    for (int little = 0; little < 2; little++)
        for (int count = 0; count < 2; count++) {
            Block b = {0};
            put(&b, title, sizeof title);
            put(&b, little ? "MIB8ttaP" : "8BIMPatt", 8);
            put(&b, little ? "\3\0\0\0" : "\0\0\0\3", 4);
            put(&b, "abc", 4); /* padded */
            put(&b, little ? "MIB8ryaL" : "8BIMLayr", 8);
            put(&b, little ? "\4\0\0\0" : "\0\0\0\4", 4);
            put(&b, little ? count ? "\2\0" : "\0\0" : count ? "\0\2" : "\0\0", 2);
            put(&b, "\0\0", 2);
            assert_int_equal(photoshop_has_layers(b.p, b.n), count);
            for (size_t n = 0; n < b.n; n++)
                (void)photoshop_has_layers(b.p, n);
        }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spot_channel_of_photoshop_is_told_and_turned_round),
        cmocka_unit_test(transparency_and_spot_channels_are_kept_apart),
        cmocka_unit_test(extra_samples_alone_tell_alpha_or_nothing),
        cmocka_unit_test(named_inks_beyond_cmyk_are_spots),
        cmocka_unit_test(inks_in_another_order_find_their_places),
        cmocka_unit_test(paths_and_density_come_from_photoshop),
        cmocka_unit_test(looks_are_told_in_srgb),
        cmocka_unit_test(control_characters_stay_in_names),
        cmocka_unit_test(resources_that_are_cut_do_no_harm),
        cmocka_unit_test(layers_are_told_in_both_byte_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
