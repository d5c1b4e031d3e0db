/* Raster pages measured on their pixels: a codec made of memory, and the same sums added up in the
 * plainest way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ink/measure/measure.h"
#include "ink/pixels/pixel_cells.h"
#include "read/derive.h"

enum { MOST_BYTES = 1 << 20 };
static const double MM3 = 3 * 72 / 25.4;

/* A picture and its page. */
typedef struct Room {
    Facts *facts;
    RasterHead head;
    RasterChannel extras[4];
    uint8_t bytes[MOST_BYTES];
    uint32_t readable; /* rows */
    Page *page;
    Raster *raster;
    Job job;
    Limit limit;
    ReadPlan plan;
    InkMeasure *measure;
} Room;

static void assert_near(double value, double wanted, double within) {
    assert_true(fabs(value - wanted) <= within);
}

static RasterRead fake_rows(void *file, int page, RasterRow *row, void *self) {
    const Room *r = file;
    RasterRead read = {0};
    (void)page;
    for (uint32_t y = 0; y < r->readable; y++, read.rows++)
        if (!row(self, y, r->bytes + (size_t)y * r->head.width * (size_t)r->head.channels))
            return read;
    if (r->readable < r->head.height)
        read.why = (Text){"文件断了", "the file is cut off"};
    return read;
}
static const RasterCodec fake = {.rows = fake_rows};

static const Job *job_of(const void *jobs, int page) {
    (void)page;
    return &((const Room *)jobs)->job;
}

static const Limit *limit_of(const void *jobs, int page) {
    (void)page;
    return &((const Room *)jobs)->limit;
}

static int setup(void **state) {
    Room *r = calloc(1, sizeof *r);
    r->facts = facts_new();
    r->page = facts_add(r->facts, FACT_page);
    r->page->number = 1;
    r->page->rotate = 0;
    row_clear(entity_of(FACT_job), &r->job);
    row_clear(entity_of(FACT_limit), &r->limit);
    r->limit.paint_min = 0.02;
    r->limit.tac_square = 15 * 72 / 25.4;
    r->limit.tac_warn = 2.8;
    r->limit.tac_max = 3;
    r->limit.bleed_tolerance = 0.05 * 72 / 25.4;
    r->limit.sliver = 72 / 25.4;
    r->limit.sliver_run = 720 / 25.4;
    r->limit.bleed_run = 72 / 25.4;
    r->plan = (ReadPlan){.cost = COST_PIXELS, .jobs = r, .job_of = job_of, .limit_of = limit_of};
    r->plan.keep[FACT_bleed_edge] = r->plan.keep[FACT_tac_area] = r->plan.keep[FACT_plate] = true;
    r->measure = ink_measure_new(r->facts->document, &r->plan);
    *state = r;
    return 0;
}

static int teardown(void **state) {
    Room *r = *state;
    ink_measure_free(r->measure);
    facts_free(r->facts);
    free(r);
    return 0;
}

/* At 300 ppi, all of it art. */
static void open_picture(Room *r, Space space, uint32_t width, uint32_t height, int extras) {
    int colours = space == SPACE_GRAY ? 1 : space == SPACE_CMYK ? 4 : 3;
    r->head = (RasterHead){.width = width,
                           .height = height,
                           .bits = 8,
                           .space = space,
                           .colours = colours,
                           .channels = colours + extras,
                           .extras = r->extras,
                           .extra_count = (size_t)extras,
                           .orientation = 1};
    assert_true((size_t)width * height * (size_t)r->head.channels <= MOST_BYTES);
    r->readable = height;
    r->raster = facts_add(r->facts, FACT_raster);
    r->raster->density_w = width * 0.24;
    r->raster->family = FAMILY_CMYK;
    for (int i = 0; i < extras; i++)
        facts_add(r->facts, FACT_channel);
}

static void lay_page(Room *r, double trim_inset) {
    RasterTurn turn = raster_turn(&r->head);
    Page *p = r->page;
    p->media_w = turn.width * 0.24;
    p->media_h = turn.height * 0.24;
    p->bleed = (Box){0, 0, p->media_w, p->media_h};
    p->trim = (Box){trim_inset, trim_inset, p->media_w - trim_inset, p->media_h - trim_inset};
    p->trim_source = TRIM_TRIMBOX;
    p->size_match = SIZE_SAME;
    r->limit.bleed_top = r->limit.bleed_right = r->limit.bleed_bottom = r->limit.bleed_left =
        trim_inset;
    derive_bleed_edges(r->facts, p, &r->limit);
}

static void measure(Room *r) {
    RasterPixels pixels = {.head = &r->head,
                           .raster = r->raster,
                           .arena = r->facts->document,
                           .file = r,
                           .codec = &fake};
    ink_measure_pixels(r->measure, r->facts, r->page, &pixels, NULL, 0);
}

static uint8_t *pixel(Room *r, uint32_t x, uint32_t y) {
    return r->bytes + ((size_t)y * r->head.width + x) * (size_t)r->head.channels;
}

static void fill_noise(Room *r) {
    uint32_t seed = 7;
    for (size_t i = 0, n = (size_t)r->head.width * r->head.height * (size_t)r->head.channels; i < n;
         i++) {
        seed = seed * 1664525 + 1013904223;
        r->bytes[i] = (uint8_t)(seed >> 24);
    }
}

static const Plate *plate_named(const Room *r, const char *ink) {
    for (size_t i = 0; i < facts_count(r->facts, FACT_plate); i++) {
        const Plate *p = facts_at(r->facts, FACT_plate, i);
        if (streq(p->ink, ink))
            return p;
    }
    return NULL;
}

static const TacArea *area_of_kind(const Room *r, TacKind kind) {
    for (size_t i = 0; i < facts_count(r->facts, FACT_tac_area); i++) {
        const TacArea *t = facts_at(r->facts, FACT_tac_area, i);
        if (t->kind == kind)
            return t;
    }
    return NULL;
}

static const BleedEdge *edge_row(const Room *r, Edge edge) {
    for (size_t i = 0; i < facts_count(r->facts, FACT_bleed_edge); i++) {
        const BleedEdge *row = facts_at(r->facts, FACT_bleed_edge, i);
        if (row->edge == edge)
            return row;
    }
    return NULL;
}

static void test_loops(void **state) {
    enum { PIXELS = 77 };
    uint8_t bytes[PIXELS * 9];
    uint32_t seed = 3;
    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)((seed = seed * 1664525 + 1013904223) >> 24);
    for (size_t channels = 1; channels <= 9; channels++) {
        uint8_t highest[9] = {0}, plain[9] = {0};
        pixel_highest(bytes, PIXELS, channels, highest);
        for (size_t i = 0; i < PIXELS * channels; i++)
            plain[i % channels] = plain[i % channels] > bytes[i] ? plain[i % channels] : bytes[i];
        assert_memory_equal(highest, plain, channels);
        for (int k = 1; k <= 40; k += 3) {
            uint16_t columns[PIXELS * 9];
            uint32_t cells[PIXELS * 9] = {0}, sums[PIXELS * 9] = {0};
            for (size_t i = 0; i < PIXELS * channels; i++) {
                columns[i] = (uint16_t)(bytes[i] * k);
                sums[i / channels / (size_t)k * channels + i % channels] += columns[i];
            }
            pixel_cells(columns, PIXELS, (int)channels, k, k, cells);
            assert_memory_equal(cells, sums, sizeof cells);
        }
    }
    uint32_t most = 0;
    for (size_t x = 0; x < PIXELS; x++) {
        const uint8_t *p = bytes + 4 * x;
        uint32_t sum = (uint32_t)p[0] + p[1] + p[2] + p[3];
        most = most > sum ? most : sum;
    }
    assert_int_equal(pixel_peak(bytes, PIXELS), most);
}

/* Sums of a box of pixels, 255ths. */
static uint64_t sum_of(Room *r, Area box, int channel) {
    uint64_t sum = 0;
    for (int y = box.y0; y < box.y1; y++)
        for (int x = box.x0; x < box.x1; x++)
            sum += pixel(r, (uint32_t)x, (uint32_t)y)[channel];
    return sum;
}

static void assert_exact(Room *r, Area within) {
    static const char *const names[] = {"Cyan", "Magenta", "Yellow", "Black"};
    double pixels = (double)(within.x1 - within.x0) * (within.y1 - within.y0), peak = 0;
    for (int c = 0; c < 4; c++)
        assert_true(plate_named(r, names[c])->coverage ==
                    (double)sum_of(r, within, c) / (255 * pixels));
    for (int y = within.y0; y < within.y1; y++)
        for (int x = within.x0; x < within.x1; x++) {
            const uint8_t *p = pixel(r, (uint32_t)x, (uint32_t)y);
            peak = fmax(peak, (p[0] + p[1] + p[2] + p[3]) / 255.0);
        }
    assert_true(r->page->ink_peak == peak);
    const TacArea *square = area_of_kind(r, TAC_SQUARE);
    Area box = {(int)lround(square->box.x0 / 0.24),
                (int)lround((r->page->media_h - square->box.y1) / 0.24),
                (int)lround(square->box.x1 / 0.24),
                (int)lround((r->page->media_h - square->box.y0) / 0.24)};
    uint64_t sum = 0;
    for (int c = 0; c < 4; c++)
        sum += sum_of(r, box, c);
    assert_true(square->mean ==
                (double)sum / (255.0 * (box.x1 - box.x0) * (double)(box.y1 - box.y0)));
    assert_near(square->mean, square->process_mean, 1e-12);
    assert_int_equal(square->inks->count, 4);
}

static void test_sums_are_exact(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_CMYK, 401, 387, 0);
    fill_noise(r);
    lay_page(r, 0);
    measure(r);
    assert_exact(r, (Area){0, 0, 401, 387});
    assert_int_equal(r->page->drawn, 1);
    assert_int_equal(r->page->blank, 0);
    assert_true(r->raster->readable == 1);
    assert_int_equal(r->raster->transparent, 0);
}

/* The bleed box begins and ends within cells. */
static void test_what_lies_outside_is_left_out(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_CMYK, 401, 387, 0);
    fill_noise(r);
    lay_page(r, 0);
    r->page->bleed = (Box){7 * 0.24, (387 - 370) * 0.24, 390 * 0.24, (387 - 5) * 0.24};
    measure(r);
    assert_exact(r, (Area){7, 5, 390, 370});
}

static void test_tiny_picture(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_CMYK, 3, 2, 0);
    fill_noise(r);
    lay_page(r, 0);
    measure(r);
    assert_exact(r, (Area){0, 0, 3, 2});
}

/* A dark block at the top left as viewed, however it is stored. */
static void test_places_are_as_viewed(void **state) {
    Room *r = *state;
    for (int orientation = 1; orientation <= 8; orientation++) {
        facts_end_page(r->facts);
        open_picture(r, SPACE_CMYK, 302, 241, 0);
        r->head.orientation = orientation;
        memset(r->bytes, 0, sizeof r->bytes);
        lay_page(r, 0);
        RasterTurn turn = raster_turn(&r->head);
        for (uint32_t v = 0; v < 60; v++)
            for (uint32_t u = 0; u < 60; u++) {
                uint32_t x = turn.flip_x ? turn.width - 1 - u : u;
                uint32_t y = turn.flip_y ? turn.height - 1 - v : v;
                memset(turn.swap ? pixel(r, y, x) : pixel(r, x, y), u == 9 && v == 4 ? 255 : 250,
                       4);
            }
        measure(r);
        const TacArea *peak = area_of_kind(r, TAC_PEAK);
        assert_near(peak->box.x0, 9 * 0.24, 1e-9);
        assert_near(peak->box.y1, r->page->media_h - 4 * 0.24, 1e-9);
        const TacArea *region = area_of_kind(r, TAC_REGION);
        assert_true(region->box.x0 < 0.25 * 4 && region->box.x1 < 62 * 0.24 + 1);
        assert_true(region->box.y1 > r->page->media_h - 1);
    }
}

/* One white pixel along one edge as viewed. */
static void test_white_line_at_an_edge(void **state) {
    Room *r = *state;
    static const Edge edges[] = {EDGE_TOP, EDGE_RIGHT, EDGE_BOTTOM, EDGE_LEFT};
    for (int orientation = 1; orientation <= 8; orientation++)
        for (size_t k = 0; k < 4; k++) {
            facts_end_page(r->facts);
            open_picture(r, SPACE_CMYK, 401, 387, 0);
            r->head.orientation = orientation;
            fill_noise(r);
            RasterTurn turn = raster_turn(&r->head);
            for (uint32_t y = 0; y < r->head.height; y++)
                for (uint32_t x = 0; x < r->head.width; x++) {
                    uint32_t u = turn.swap ? y : x, v = turn.swap ? x : y;
                    u = turn.flip_x ? turn.width - 1 - u : u;
                    v = turn.flip_y ? turn.height - 1 - v : v;
                    bool white = edges[k] == EDGE_TOP      ? v == 0
                                 : edges[k] == EDGE_LEFT   ? u == 0
                                 : edges[k] == EDGE_BOTTOM ? v + 1 == turn.height
                                                           : u + 1 == turn.width;
                    pixel(r, x, y)[0] |= 128;
                    if (white)
                        memset(pixel(r, x, y), 0, 4);
                }
            lay_page(r, MM3);
            measure(r);
            for (size_t i = 0; i < 4; i++) {
                const BleedEdge *row = edge_row(r, edges[i]);
                assert_int_equal(row->cause, i == k ? CAUSE_STOPS_SHORT : CAUSE_NONE);
                assert_near(row->reach, i == k ? MM3 - 0.24 : MM3, 1e-6);
                assert_near(row->border, i == k ? 0.24 : 0, 1e-6);
            }
        }
}

static void test_black_line_is_a_border(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_CMYK, 401, 387, 0);
    fill_noise(r);
    for (uint32_t x = 0; x < 401; x++)
        for (uint32_t y = 0; y < 2; y++)
            memcpy(pixel(r, x, y), (uint8_t[]){0, 0, 0, 255}, 4);
    lay_page(r, MM3);
    measure(r);
    assert_near(edge_row(r, EDGE_TOP)->border, 0.48, 1e-9);
    assert_int_equal(edge_row(r, EDGE_TOP)->cause, CAUSE_NONE);
    assert_true(edge_row(r, EDGE_LEFT)->border == 0);
}

/* Art on a white ground has no border. */
static void test_ground_is_no_border(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_CMYK, 401, 387, 0);
    for (uint32_t y = 40; y < 300; y++)
        for (uint32_t x = 100; x < 180; x++)
            memset(pixel(r, x, y), 200, 4);
    lay_page(r, MM3);
    measure(r);
    for (Edge e = EDGE_TOP; e <= EDGE_LEFT; e++) {
        assert_true(edge_row(r, e)->border == 0);
        assert_int_equal(edge_row(r, e)->touched, 0);
    }
}

static void test_spots_masks_and_alpha(void **state) {
    Room *r = *state;
    r->extras[0] = (RasterChannel){.kind = CHANNEL_SPOT, .name = STR("烫金")};
    r->extras[1] = (RasterChannel){.kind = CHANNEL_MASK, .name = STR("sel")};
    r->extras[2] = (RasterChannel){.kind = CHANNEL_ALPHA};
    r->extras[3] = (RasterChannel){.kind = CHANNEL_SPOT, .name = STR("Cyan")};
    open_picture(r, SPACE_CMYK, 100, 80, 4);
    for (uint32_t y = 0; y < 80; y++)
        for (uint32_t x = 0; x < 100; x++)
            memcpy(pixel(r, x, y),
                   (uint8_t[]){255, 0, 0, 0, x < 25 ? 255 : 0, 255, y < 40 ? 0 : 255, 0}, 8);
    lay_page(r, 0);
    measure(r);
    assert_true(plate_named(r, "Cyan")->coverage == 0.5);
    assert_true(plate_named(r, "烫金")->coverage == 0.25);
    assert_null(plate_named(r, "sel"));
    assert_null(plate_named(r, "Cyan (2)"));
    assert_int_equal(r->raster->transparent, 1);
    static const Tri used[] = {1, 0, 1, 0};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(((const Channel *)facts_at(r->facts, FACT_channel, i))->used, used[i]);
}

static void test_gray_is_black_ink(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_GRAY, 301, 200, 0);
    memset(r->bytes, 255 - 51, sizeof r->bytes);
    lay_page(r, 0);
    measure(r);
    assert_true(plate_named(r, "Black")->coverage == 0.2);
    assert_int_equal(facts_count(r->facts, FACT_plate), 1);
}

static void test_rgb_and_lab_go_through_the_press(void **state) {
    Room *r = *state;
    static const uint8_t red[2][3] = {{230, 20, 30}, {130, 200, 190}};
    for (int lab = 0; lab < 2; lab++) {
        facts_end_page(r->facts);
        open_picture(r, lab ? SPACE_LAB : SPACE_RGB, 120, 100, 0);
        for (uint32_t y = 0; y < 100; y++)
            for (uint32_t x = 0; x < 120; x++)
                memcpy(pixel(r, x, y),
                       y < 50 ? red[lab]
                       : lab  ? (uint8_t[]){255, 128, 128}
                              : (uint8_t[]){255, 255, 255},
                       3);
        lay_page(r, 0);
        measure(r);
        assert_true(plate_named(r, "Magenta")->coverage > 0.4);
        assert_true(plate_named(r, "Yellow")->coverage > 0.35);
        assert_true(!plate_named(r, "Cyan") || plate_named(r, "Cyan")->coverage < 0.1);
    }
}

/* What is there is no proof of what is not. */
static void test_torn_picture(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_CMYK, 400, 300, 0);
    memset(r->bytes, 100, sizeof r->bytes);
    r->readable = 150;
    lay_page(r, 0);
    measure(r);
    size_t count;
    assert_true(r->raster->readable == 0.5);
    assert_int_equal(r->page->drawn, 0);
    assert_true(isnan(plate_named(r, "Cyan")->coverage));
    assert_true(isnan(r->page->ink_peak) && isnan(r->page->ink_mean));
    assert_string_equal(ink_measure_undrawn(r->measure, &count)[0].what.en, "the file is cut off");
    assert_int_equal(count, 1);
    assert_true(isnan(edge_row(r, EDGE_TOP)->border));
}

static void test_pages_that_are_the_same(void **state) {
    Room *r = *state;
    for (int i = 1; i <= 3; i++) {
        facts_end_page(r->facts);
        open_picture(r, SPACE_CMYK, 300, 300, 0);
        fill_noise(r);
        if (i == 3)
            memset(pixel(r, 40, 40), 0, 40);
        r->page->number = i;
        lay_page(r, 0);
        measure(r);
        assert_int_equal(r->page->same_as, i == 2);
    }
}

static void test_a_row_too_long_is_refused(void **state) {
    Room *r = *state;
    open_picture(r, SPACE_CMYK, 10, 10, 0);
    r->head.width = 1U << 30;
    lay_page(r, 0);
    measure(r);
    size_t count;
    ink_measure_undrawn(r->measure, &count);
    assert_int_equal(count, 1);
    assert_int_equal(r->page->drawn, UNKNOWN_BOOL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loops),
        cmocka_unit_test_setup_teardown(test_sums_are_exact, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_lies_outside_is_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tiny_picture, setup, teardown),
        cmocka_unit_test_setup_teardown(test_places_are_as_viewed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_white_line_at_an_edge, setup, teardown),
        cmocka_unit_test_setup_teardown(test_black_line_is_a_border, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ground_is_no_border, setup, teardown),
        cmocka_unit_test_setup_teardown(test_spots_masks_and_alpha, setup, teardown),
        cmocka_unit_test_setup_teardown(test_gray_is_black_ink, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rgb_and_lab_go_through_the_press, setup, teardown),
        cmocka_unit_test_setup_teardown(test_torn_picture, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pages_that_are_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_row_too_long_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
