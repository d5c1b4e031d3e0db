#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>

#include "ink/plates/plate_files.h"
#include "ink/plates/preview.h"

enum { WIDTH = 150, HEIGHT = 200 };

/* The press of these tests: complements, so that every composite can be told. */
void press_preview(Press *p, const uint8_t *const cmyk[4], size_t n, uint8_t *rgb) {
    (void)p;
    for (size_t x = 0; x < n; x++)
        for (size_t k = 0; k < 3; k++) {
            int light = 255 - cmyk[k][x] - cmyk[3][x];
            rgb[3 * x + k] = (uint8_t)(light < 0 ? 0 : light);
        }
}

typedef struct Folder {
    Arena *arena;
    TilePool *pool;
    Planes planes;
    char *dir, *temporary;
} Folder;

static int setup(void **state) {
    Arena *a = arena_new();
    Folder *f = ARENA_NEW(a, Folder);
    f->arena = a;
    f->pool = pool_new(16 << 20);
    planes_start(&f->planes, a);
    f->dir = arena_strdup(a, "/tmp/plate_files.XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    f->temporary = arena_printf(a, "%s/.part", f->dir);
    *state = f;
    return mkdir(f->temporary, 0700);
}

static int teardown(void **state) {
    Folder *f = *state;
    int code = system(arena_printf(f->arena, "rm -rf %s", f->dir));
    pool_free(f->pool);
    arena_free(f->arena);
    return code;
}

static void fill(Surface *s, Area a, int plane, uint8_t tint) {
    uint8_t shape[WIDTH];
    memset(shape, 255, sizeof shape);
    Paint paint = {.count = 1,
                   .planes = {(uint16_t)plane},
                   .values = {tint},
                   .flat = true,
                   .keeps_others = true,
                   .alpha = 255,
                   .blend = BLEND_NORMAL};
    for (int y = a.y0; y < a.y1; y++)
        surface_row(s, y, a.x0, a.x1, shape, NULL, &paint);
}

/* Cyan 100 in a box, and each spot in a box of its own, but for the last, which stays empty. */
static Result write_page(Folder *f, bool png, int band_rows) {
    PlateFilesPlan plan = {.dir = f->dir,
                           .temporary = f->temporary,
                           .page = 7,
                           .png = png,
                           .press = (Press *)f}; /* ours above looks at nothing */
    PlateFiles *files = plate_files_new(f->arena, &plan);
    for (int y = 0; y < HEIGHT; y += band_rows) {
        int end = y + band_rows < HEIGHT ? y + band_rows : HEIGHT;
        Area area = {0, y, WIDTH, end};
        pool_reset(f->pool);
        Surface *s = surface_page(f->pool, &f->planes, area, BLENDS_IN_INKS);
        fill(s, area_meet(area, (Area){10, 5, 140, 70}), PLANE_CYAN, 100);
        for (size_t i = FIRST_SPOT; i + 1 < f->planes.count; i++)
            fill(s, area_meet(area, (Area){20, 130, 30 + (int)i, 140}), (int)i, 200);
        Band band = {s, area, WIDTH, HEIGHT, &f->planes, 144};
        plate_files_band(files, &band);
    }
    return plate_files_end(files);
}

static bool there(const Folder *f, const char *name) {
    return access(arena_printf(f->arena, "%s/%s", f->dir, name), F_OK) == 0;
}

static Str bytes_of(const Folder *f, const char *name) {
    FILE *file = fopen(arena_printf(f->arena, "%s/%s", f->dir, name), "rb");
    assert_non_null(file);
    char *bytes = arena_alloc(f->arena, 1 << 20);
    size_t n = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (Str){bytes, n};
}

static void a_plate_is_a_tiff_with_255_as_full_ink(void **state) {
    Folder *f = *state;
    plane_register(&f->planes, STR("unused"));
    assert_int_equal(write_page(f, false, HEIGHT).kind, ERR_NONE);
    TIFF *t = TIFFOpen(arena_printf(f->arena, "%s/p0007-Cyan.tif", f->dir), "r");
    uint8_t row[WIDTH];
    uint16_t photometric;
    uint32_t height;
    float ppi;
    assert_non_null(t);
    assert_true(TIFFGetField(t, TIFFTAG_PHOTOMETRIC, &photometric));
    assert_true(TIFFGetField(t, TIFFTAG_IMAGELENGTH, &height));
    assert_true(TIFFGetField(t, TIFFTAG_XRESOLUTION, &ppi));
    assert_int_equal(photometric, PHOTOMETRIC_MINISBLACK);
    assert_int_equal(height, HEIGHT);
    assert_true(ppi == 144);
    for (uint32_t y = 0; y < HEIGHT; y++) {
        assert_int_equal(TIFFReadScanline(t, row, y, 0), 1);
        for (int x = 0; x < WIDTH; x++)
            assert_int_equal(row[x], x >= 10 && x < 140 && y >= 5 && y < 70 ? 100 : 0);
    }
    TIFFClose(t);
}

static void process_plates_are_always_there_spots_when_painted(void **state) {
    Folder *f = *state;
    plane_register(&f->planes, STR("Gold"));
    plane_register(&f->planes, STR("unused"));
    assert_int_equal(write_page(f, false, TILE).kind, ERR_NONE);
    assert_true(there(f, "p0007-Cyan.tif") && there(f, "p0007-Magenta.tif"));
    assert_true(there(f, "p0007-Yellow.tif") && there(f, "p0007-Black.tif"));
    assert_true(there(f, "p0007-Gold.tif") && there(f, "p0007-composite.png"));
    assert_false(there(f, "p0007-unused.tif"));
    assert_int_equal(rmdir(f->temporary), 0);
}

static void bands_give_the_bytes_of_a_whole_page(void **state) {
    static const char *const names[] = {"p0007-Cyan.tif", "p0007-Black.tif", "p0007-Gold.tif",
                                        "p0007-composite.png"};
    enum { NAMES = sizeof names / sizeof *names };
    Folder *f = *state;
    Str whole[NAMES];
    plane_register(&f->planes, STR("Gold"));
    plane_register(&f->planes, STR("unused"));
    assert_int_equal(write_page(f, false, HEIGHT).kind, ERR_NONE);
    for (int i = 0; i < NAMES; i++)
        whole[i] = bytes_of(f, names[i]);
    assert_int_equal(write_page(f, false, TILE).kind, ERR_NONE);
    for (int i = 0; i < NAMES; i++)
        assert_true(str_eq(whole[i], bytes_of(f, names[i])));
}

static void inks_of_one_escaped_name_get_files_of_their_own(void **state) {
    Folder *f = *state;
    plane_register(&f->planes, STR("composite"));
    plane_register(&f->planes, STR("\xd6\xd0")); /* 中 in GBK */
    plane_register(&f->planes, STR("中"));
    plane_register(&f->planes, STR("unused"));
    assert_int_equal(write_page(f, true, HEIGHT).kind, ERR_NONE);
    assert_true(there(f, "p0007-composite.png") && there(f, "p0007-composite%2.png"));
    assert_true(there(f, "p0007-中.png") && there(f, "p0007-中%2.png"));
}

static void read_png(const Folder *f, const char *name, png_image *image, uint8_t *pixels) {
    Str s = bytes_of(f, name);
    *image = (png_image){.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_memory(image, s.p, s.n));
    assert_true(png_image_finish_read(image, NULL, pixels, 0, NULL));
}

static void a_plate_as_png_is_gray_of_full_size(void **state) {
    Folder *f = *state;
    plane_register(&f->planes, STR("unused"));
    assert_int_equal(write_page(f, true, TILE).kind, ERR_NONE);
    png_image image;
    uint8_t *pixels = arena_alloc(f->arena, WIDTH * HEIGHT);
    read_png(f, "p0007-Cyan.png", &image, pixels);
    assert_int_equal(image.format, PNG_FORMAT_GRAY);
    assert_true(image.width == WIDTH && image.height == HEIGHT);
    assert_int_equal(pixels[5 * WIDTH + 10], 100);
    assert_int_equal(pixels[4 * WIDTH + 10], 0);
}

static void the_composite_multiplies_spots_in(void **state) {
    static uint8_t look[256][3];
    Folder *f = *state;
    for (int tint = 0; tint < 256; tint++)
        look[tint][0] = 255, look[tint][1] = (uint8_t)(255 - tint), look[tint][2] = 51;
    int gold = plane_register(&f->planes, STR("Gold")), dark = plane_register(&f->planes, STR("?"));
    f->planes.items[gold].look = (const uint8_t(*)[3])look;
    plane_register(&f->planes, STR("unused"));
    assert_int_equal(write_page(f, false, HEIGHT).kind, ERR_NONE);
    png_image image;
    uint8_t *pixels = arena_alloc(f->arena, WIDTH * HEIGHT * 3);
    read_png(f, "p0007-composite.png", &image, pixels);
    assert_int_equal(image.format, PNG_FORMAT_RGB);
    const uint8_t *paper = pixels, *cyan = pixels + (50 * WIDTH + 50) * 3,
                  *both = pixels + (135 * WIDTH + 22) * 3,
                  *veil = pixels + (135 * WIDTH + 30 + gold) * 3;
    assert_true(paper[0] == 255 && paper[1] == 255 && paper[2] == 255);
    assert_true(cyan[0] == 155 && cyan[1] == 255 && cyan[2] == 255);
    assert_true(both[0] == 155 && both[1] == 33 && both[2] == 31);
    assert_true(veil[0] == 155 && veil[1] == 155 && veil[2] == 155);
    assert_int_equal(dark, gold + 1);
}

static void what_cannot_be_written_leaves_nothing_behind(void **state) {
    Folder *f = *state;
    plane_register(&f->planes, STR("unused"));
    PlateFilesPlan plan = {.dir = arena_printf(f->arena, "%s/nowhere", f->dir),
                           .temporary = f->temporary};
    PlateFiles *files = plate_files_new(f->arena, &plan);
    Surface *s = surface_page(f->pool, &f->planes, (Area){0, 0, WIDTH, HEIGHT}, BLENDS_IN_INKS);
    Band band = {s, {0, 0, WIDTH, HEIGHT}, WIDTH, HEIGHT, &f->planes, 72};
    plate_files_band(files, &band);
    assert_int_equal(plate_files_end(files).kind, ERR_OUTPUT);
    assert_int_equal(rmdir(f->temporary), 0);
}

static void a_page_that_breaks_off_leaves_no_file(void **state) {
    Folder *f = *state;
    plane_register(&f->planes, STR("unused"));
    PlateFilesPlan plan = {.dir = f->dir, .temporary = f->temporary};
    PlateFiles *files = plate_files_new(f->arena, &plan);
    Surface *s = surface_page(f->pool, &f->planes, (Area){0, 0, WIDTH, TILE}, BLENDS_IN_INKS);
    Band band = {s, {0, 0, WIDTH, TILE}, WIDTH, HEIGHT, &f->planes, 72};
    plate_files_band(files, &band);
    assert_int_equal(plate_files_end(files).kind, ERR_OUTPUT);
    assert_false(there(f, "p0000-Cyan.tif"));
    assert_int_equal(rmdir(f->temporary), 0);
}

static void names_are_escaped(void **state) {
    static const char *const rows[][2] = {{"PANTONE 871 C", "PANTONE 871 C"},
                                          {"烫金", "烫金"},
                                          {"a/b", "a%2Fb"},
                                          {"../x", "%2E.%2Fx"},
                                          {"100%", "100%25"},
                                          {"a\nb\x7f", "a%0Ab%7F"},
                                          {"\u202egold", "%E2%80%AEgold"},
                                          {"", ""}};
    Arena *a = ((Folder *)*state)->arena;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(plate_file_stem(a, str_of(rows[i][0])), rows[i][1]);
    char name[1000];
    memset(name, 'x', sizeof name);
    char *one = plate_file_stem(a, (Str){name, 999}), *other = plate_file_stem(a, (Str){name, 998});
    assert_true(strlen(one) < 240);
    assert_string_not_equal(one, other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
        ROW(a_plate_is_a_tiff_with_255_as_full_ink),
        ROW(process_plates_are_always_there_spots_when_painted),
        ROW(bands_give_the_bytes_of_a_whole_page),
        ROW(inks_of_one_escaped_name_get_files_of_their_own),
        ROW(a_plate_as_png_is_gray_of_full_size),
        ROW(the_composite_multiplies_spots_in),
        ROW(what_cannot_be_written_leaves_nothing_behind),
        ROW(a_page_that_breaks_off_leaves_no_file),
        ROW(names_are_escaped),
#undef ROW
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
