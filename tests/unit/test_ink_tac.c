/* Ink sums of whole pages, read from files written here: 72 ppi, so that a point is a pixel. The
 * media is 240 pt square, the bleed box 20 … 220, the trim 30 … 210; limits as for coated paper,
 * the square 40 pt. */
#include "ink/measure/measure.h"

#include "ink/measure/tac_region.h"
#include "ink/press/intent_tac.h"
#include "recorder.h"
#include "tiny_profile.h"
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_PAGES = 6, MOST_ROWS = 16 };

typedef struct Tac {
    Facts *facts;
    Arena *arena; /* of what is taken from pages */
    const char *page_keys, *resources;
    const DeclaredInk *declared;
    size_t declared_count;
    Limit limit;
    Job job;
    InkMeasure *measure;
    ReadPlan plan;
    Page pages[MOST_PAGES];
    int count, tac_count, plate_count;
    TacArea tac[MOST_ROWS];
    Plate plates[MOST_ROWS];
} Tac;
static Tac tac;

static int start(void **state) {
    tac = (Tac){.facts = facts_new(), .arena = arena_new(), .page_keys = "", .resources = ""};
    row_clear(entity_of(FACT_limit), &tac.limit);
    row_clear(entity_of(FACT_job), &tac.job);
    tac.limit.tac_warn = 3.2;
    tac.limit.tac_max = 3.4;
    tac.limit.tac_square = 40;
    tac.limit.tac_region = 100;
    tac.limit.solid_warn = 2.5;
    tac.limit.solid_max = 3;
    tac.limit.paint_min = 0.02;
    *state = &tac;
    return 0;
}

static int stop(void **state) {
    (void)state;
    facts_free(tac.facts);
    arena_free(tac.arena);
    return 0;
}

static const Job *job_of(const void *jobs, int page) {
    (void)jobs, (void)page;
    return &tac.job;
}

static const Limit *limit_of(const void *jobs, int page) {
    (void)jobs, (void)page;
    return &tac.limit;
}

static void on_open(void *self, Facts *facts) {
    (void)self;
    tac.measure = ink_measure_new(facts->document, &tac.plan);
}

static void on_draw(void *self, Facts *facts, Page *page, const PageContent *content) {
    (void)self;
    ink_measure_page(tac.measure, facts, page, content);
}

static const Strs *kept(const Strs *s) {
    const char *items[MOST_ROWS] = {0};
    for (size_t i = 0; s && i < s->count; i++)
        items[i] = arena_strdup(tac.arena, s->items[i]);
    return s ? strs_of(tac.arena, items, s->count) : NULL;
}

/* Rows of the last page. */
static void on_page(void *self, Facts *facts, Page *page) {
    (void)self;
    tac.pages[tac.count++] = *page;
    tac.tac_count = (int)facts_count(facts, FACT_tac_area);
    tac.plate_count = (int)facts_count(facts, FACT_plate);
    assert_in_range(tac.tac_count, 0, MOST_ROWS);
    assert_in_range(tac.plate_count, 0, MOST_ROWS);
    for (int i = 0; i < tac.tac_count; i++) {
        tac.tac[i] = *(const TacArea *)facts_at(facts, FACT_tac_area, (size_t)i);
        tac.tac[i].inks = kept(tac.tac[i].inks);
        tac.tac[i].why_en = arena_strdup(tac.arena, tac.tac[i].why_en);
    }
    for (int i = 0; i < tac.plate_count; i++) {
        tac.plates[i] = *(const Plate *)facts_at(facts, FACT_plate, (size_t)i);
        tac.plates[i].ink = arena_strdup(tac.arena, tac.plates[i].ink);
    }
}

static void on_close(void *self, Facts *facts) {
    (void)self, (void)facts;
    ink_measure_free(tac.measure);
}

static void read_bytes(Str bytes) {
    static const ReadListener listener = {
        .open = on_open, .draw = on_draw, .page = on_page, .close = on_close};
    char path[] = "/tmp/chupin-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
    static const char *const foils[] = {"foil*", "varnish*"}, *const colours[] = {"pantone *"};
    static const Strs foil_words = {2, foils}, colour_words = {1, colours};
    static const InkName names[] = {{.role = ROLE_FINISH, .words = &foil_words},
                                    {.role = ROLE_SPOT, .words = &colour_words}};
    tac.plan = (ReadPlan){.cost = COST_PLATES,
                          .job_of = job_of,
                          .limit_of = limit_of,
                          .ink_names = names,
                          .ink_name_count = 2,
                          .declared_inks = tac.declared,
                          .declared_ink_count = tac.declared_count};
    tac.plan.keep[FACT_tac_area] = tac.plan.keep[FACT_plate] = true;
    Result r = read_file(tac.facts, path, "x.pdf", &tac.plan, &listener);
    unlink(path);
    assert_int_equal(r.kind, ERR_NONE);
}

#define SPOT(key, name) "/" key "[/Separation/" name "/DeviceCMYK 3 0 R]"

/* A document with a page for each content. */
static void pages(const char *const *contents, int count) {
    Arena *a = tac.arena;
    const char *objects[64] = {"<</Type/Catalog/Pages 2 0 R>>"};
    Sink kids = sink_memory(a);
    for (int i = 0; i < count; i++) {
        sink_format(&kids, "%d 0 R ", 4 + 2 * i);
        objects[3 + 2 * i] =
            arena_printf(a,
                         "<</Type/Page/Parent 2 0 R/MediaBox[0 0 240 240]/BleedBox[20 20 220 220]"
                         "/TrimBox[30 30 210 210]/Contents %d 0 R%s/Resources<</ColorSpace<<" SPOT(
                             "V", "Varnish") SPOT("P", "PANTONE#20871#20C") SPOT("U", "Nobody")
                             SPOT("A", "All") ">>/ExtGState<</O<</OP true/op true/OPM 1>>>>%s>>>>",
                         5 + 2 * i, tac.page_keys, tac.resources);
        objects[4 + 2 * i] = arena_printf(a, "|%s", contents[i]);
    }
    objects[1] = arena_printf(a, "<</Type/Pages/Kids[%s]/Count %d>>", sink_text(&kids).p, count);
    objects[2] = "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 .2 .8 0]>>";
    read_bytes(pdf_of(a, objects));
}

static void page(const char *content) {
    pages(&content, 1);
}

static const TacArea *row_of(TacKind kind) {
    for (int i = 0; i < tac.tac_count; i++)
        if (tac.tac[i].kind == kind)
            return &tac.tac[i];
    fail_msg("no row of kind %d", kind);
    return NULL;
}

static double mean_of(void) {
    return row_of(TAC_SQUARE)->mean;
}

#define assert_near(a, b, tolerance)                                                               \
    do {                                                                                           \
        double a_ = (a), b_ = (b);                                                                 \
        if (!(fabs(a_ - b_) <= (tolerance)))                                                       \
            fail_msg("line %d: %.6f is not %.6f", __LINE__, a_, b_);                               \
    } while (0)
#define assert_box(b, a0, b0, a1, b1)                                                              \
    do {                                                                                           \
        assert_near((b).x0, a0, 1e-6);                                                             \
        assert_near((b).y0, b0, 1e-6);                                                             \
        assert_near((b).x1, a1, 1e-6);                                                             \
        assert_near((b).y1, b1, 1e-6);                                                             \
    } while (0)

static void the_worst_square_is_found_where_it_lies(void **state) {
    (void)state;
    page("0 0 0 1 k 20 20 200 200 re f .9 .9 .9 .9 k 100 140 40 40 re f");
    assert_near(mean_of(), 3.6, 1e-6);
    assert_box(row_of(TAC_SQUARE)->box, 100, 140, 140, 180);
    assert_near(row_of(TAC_SQUARE)->process_mean, 3.6, .02);
    assert_int_equal(row_of(TAC_SQUARE)->inks->count, 4);
    assert_near(tac.pages[0].ink_mean, 3.6, 1e-6);
    assert_near(tac.pages[0].ink_peak, 3.6, .02);
}

static void places_are_told_as_the_page_is_written_also_when_it_is_turned(void **state) {
    (void)state;
    tac.page_keys = "/Rotate 90";
    page(".9 .9 .9 .9 k 100 140 40 40 re f");
    assert_box(row_of(TAC_SQUARE)->box, 100, 140, 140, 180);
    assert_box(row_of(TAC_REGION)->box, 100, 140, 140, 180);
    assert_box(row_of(TAC_SOLID)->box, 100, 140, 140, 180);
}

static void what_lies_outside_the_bleed_neither_counts_nor_dilutes(void **state) {
    (void)state;
    page("/A cs 1 scn 0 0 240 10 re f 0 0 10 240 re f 1 1 1 1 k 2 2 15 15 re f "
         ".9 .9 .9 .9 k 200 200 40 40 re f");
    assert_near(mean_of(), .9, .01); /* 20 of 40 pt each way lie inside */
    assert_near(row_of(TAC_PEAK)->peak, 3.6, .02);
    tac.count = 0;
    tac.limit.tac_square = 20;
    facts_free(tac.facts);
    tac.facts = facts_new();
    page(".9 .9 .9 .9 k 200 200 40 40 re f");
    assert_near(mean_of(), 3.6, 1e-6);
    assert_box(row_of(TAC_SQUARE)->box, 200, 200, 220, 220);
}

static void thin_edges_are_not_a_mean(void **state) {
    (void)state;
    page(".9 .9 .9 0 k 60 60 100 100 re f /O gs 0 0 0 1 k 60 60 100 .7 re f 60 100 .7 60 re f");
    assert_true(mean_of() < 3.2);
    assert_true(row_of(TAC_REGION)->area <= tac.limit.tac_region);
    assert_true(row_of(TAC_PEAK)->peak > 3.2);
}

static void finishes_do_not_count(void **state) {
    (void)state;
    page(".75 .75 .75 .75 k 20 20 200 200 re f /O gs /V cs 1 scn 20 20 200 200 re f");
    assert_near(mean_of(), 3, .02);
    assert_int_equal(tac.plate_count, 5);
    assert_string_equal(tac.plates[4].ink, "Varnish");
    assert_int_equal(tac.plates[4].role, ROLE_FINISH);
    assert_near(tac.plates[4].coverage, 1, 1e-9);
}

static void spots_count(void **state) {
    (void)state;
    page(".7 .7 .7 .6 k 20 20 200 200 re f /O gs /P cs 1 scn 20 20 200 200 re f");
    assert_near(mean_of(), 3.7, .02);
    assert_near(row_of(TAC_SQUARE)->process_mean, 2.7, .02);
    assert_int_equal(row_of(TAC_SQUARE)->inks->count, 5);
}

static void an_ink_that_nobody_knows_leaves_open_what_hangs_on_it(void **state) {
    (void)state;
    page(".7 .7 .7 .6 k 20 20 200 200 re f /O gs /U cs 1 scn 20 20 200 200 re f");
    assert_true(isnan(mean_of()));
    assert_non_null(strstr(row_of(TAC_SQUARE)->why_en, "Nobody"));
    assert_true(isnan(tac.pages[0].ink_mean));
}

static void an_ink_that_nobody_knows_does_not_matter_where_there_is_little(void **state) {
    (void)state;
    page(".7 .7 .5 0 k 20 20 200 200 re f /O gs /U cs 1 scn 20 20 200 200 re f");
    assert_near(mean_of(), 1.9, .02);
    assert_string_equal(row_of(TAC_SQUARE)->why_en, "");
}

static void an_ink_that_nobody_knows_does_not_hide_what_is_too_much_without_it(void **state) {
    (void)state;
    page(".9 .9 .9 .9 k 20 20 200 200 re f /O gs /U cs 1 scn 20 20 200 200 re f");
    assert_near(mean_of(), 3.6, .02);
}

static void the_job_sheet_says_what_an_ink_is_for(void **state) {
    (void)state;
    static const DeclaredInk declared[] = {{.name = "ＮＯＢＯＤＹ", .role = ROLE_SPOT}};
    tac.declared = declared;
    tac.declared_count = 1;
    page(".7 .7 .7 .6 k 20 20 200 200 re f /O gs /U cs 1 scn 20 20 200 200 re f");
    assert_near(mean_of(), 3.7, .02);
}

/* 340.4 % is told as what it is, and 340 % is the limit, though their bytes are the same or worse.
 */
static void flat_colours_have_exact_values(void **state) {
    (void)state;
    page(".85 .85 .7 1 k 20 20 200 200 re f");
    assert_near(mean_of(), 3.4, 1e-9);
    assert_true(mean_of() <= tac.limit.tac_max);
    assert_near(row_of(TAC_SOLID)->mean, 3.4, 1e-9);
}

static void a_hair_over_the_limit_is_over_it(void **state) {
    (void)state;
    page(".801 .801 .802 1 k 20 20 200 200 re f");
    assert_near(mean_of(), 3.404, 1e-9);
}

/* No exact colour stands behind an overprint: what rounding may have added is taken off. */
static void rounding_alone_is_not_over_the_limit(void **state) {
    (void)state;
    page(".9 .9 .6 0 k 20 20 200 200 re f /O gs 0 0 0 1 k 20 20 200 200 re f");
    assert_near(mean_of(), 3.4, 1e-9);
}

static void a_gradient_is_measured_as_it_runs(void **state) {
    (void)state;
    tac.resources = "/Shading<</S<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[20 0 220 0]/Function"
                    "<</FunctionType 2/Domain[0 1]/N 1/C0[.6 .6 .6 .6]/C1[1 1 1 1]>>>>>>";
    page("/S sh");
    assert_near(mean_of(), 3.84, .02);
    assert_near(row_of(TAC_SQUARE)->box.x0, 180, 1e-6);
    assert_near(row_of(TAC_REGION)->over, 3.4, 1e-9);
    assert_near(row_of(TAC_REGION)->box.x0, 146, 5);
    assert_near(row_of(TAC_REGION)->area, 200 * 74, 200 * 5);
}

static void the_region_is_one_over_the_higher_limit_before_a_larger_one(void **state) {
    (void)state;
    page(".82 .82 .82 .82 k 30 30 100 60 re f .9 .9 .9 .9 k 150 150 20 20 re f");
    assert_near(row_of(TAC_REGION)->area, 400, 1e-6);
    assert_near(row_of(TAC_REGION)->over, 3.4, 1e-9);
    assert_near(row_of(TAC_REGION)->mean, 3.6, .02);
}

static void colours_that_are_converted_leave_the_sum_open(void **state) {
    (void)state;
    page(".5 .5 .5 .5 k 20 20 200 200 re f .2 .1 .1 rg 60 60 50 50 re f");
    assert_true(isnan(mean_of()));
    assert_non_null(strstr(row_of(TAC_SQUARE)->why_en, "1 × RGB filled shape"));
    assert_true(isnan(row_of(TAC_SOLID)->mean));
    assert_true(isnan(row_of(TAC_PEAK)->peak));
}

/* On pages of very many marks rows are joined; what they say of flat colours stays. */
static void a_converted_shape_among_very_many_pictures_is_no_picture(void **state) {
    (void)state;
    Sink s = sink_memory(tac.arena);
    const char *picture = "q 4 0 0 4 40 40 cm BI /W 1/H 1/BPC 8/CS/RGB ID abc EI Q ";
    for (int i = 0; i < 300; i++)
        sink_str(&s, picture);
    sink_format(&s, ".2 .1 .1 rg 60 60 50 50 re f 90 90 30 30 re f %s", picture);
    page(sink_text(&s).p);
    assert_non_null(strstr(row_of(TAC_SQUARE)->why_en, "2 × RGB filled shape"));
    assert_non_null(strstr(row_of(TAC_SQUARE)->why_en, "301 × RGB"));
    assert_true(isnan(row_of(TAC_SOLID)->mean));
}

static void a_page_without_a_whole_pixel_is_not_measured(void **state) {
    (void)state;
    tac.page_keys = "/UserUnit .002";
    page("0 0 0 0 k 20 20 200 200 re f");
    assert_int_equal(tac.tac_count, 4);
    assert_true(isnan(mean_of()) && isnan(row_of(TAC_REGION)->area));
    assert_true(isnan(row_of(TAC_SOLID)->mean) && isnan(row_of(TAC_PEAK)->peak));
    assert_non_null(strstr(row_of(TAC_SQUARE)->why_en, "too small to measure"));
}

static void too_much_ink_elsewhere_is_too_much_all_the_same(void **state) {
    (void)state;
    page(".9 .9 .9 .9 k 20 20 100 200 re f .2 .1 .1 rg 150 60 50 50 re f");
    assert_near(mean_of(), 3.6, 1e-6);
    assert_true(row_of(TAC_REGION)->area > 10000);
}

static void converted_colour_in_the_slug_does_not_matter(void **state) {
    (void)state;
    page(".5 .5 .5 .5 k 20 20 200 200 re f .2 .1 .1 rg 0 0 240 8 re f");
    assert_near(mean_of(), 2, .02);
}

static void flat_colours_are_told_once_each_when_they_are_large(void **state) {
    (void)state;
    page(".8 .8 .8 .8 k 30 30 20 20 re f .7 .7 .7 .8 k 60 30 20 20 re f 100 30 40 40 re f "
         ".9 .9 .9 .9 k 30 100 5 5 re f .5 .5 .5 .5 k 100 100 50 50 re f");
    int flats = 0;
    for (int i = 0; i < tac.tac_count; i++)
        flats += tac.tac[i].kind == TAC_SOLID;
    assert_int_equal(flats, 2);
    assert_near(row_of(TAC_SOLID)->mean, 3.2, 1e-9);
    assert_near(row_of(TAC_SOLID)->area, 400, 1e-6);
    assert_near(row_of(TAC_SOLID)[1].mean, 2.9, 1e-9);
    assert_near(row_of(TAC_SOLID)[1].area, 1600, 1e-6);
}

static void without_limits_nothing_is_said_to_be_right(void **state) {
    (void)state;
    tac.limit.tac_max = tac.limit.tac_warn = tac.limit.solid_max = tac.limit.solid_warn = NAN;
    page(".9 .9 .9 .9 k 20 20 200 200 re f");
    assert_near(mean_of(), 3.6, .02);
    assert_true(isnan(row_of(TAC_REGION)->area));
    assert_true(isnan(row_of(TAC_SOLID)->mean));
}

static void blank_pages_and_equal_pages_are_told(void **state) {
    (void)state;
    static const char *const contents[] = {
        "0 0 0 1 k 60 60 50 50 re f 0 0 0 1 k 100 0 10 10 re f",
        "0 0 0 0 k 60 60 50 50 re f 0 0 0 1 k 0 0 240 10 re f",
        "0 0 0 1 k 60 60 50 50 re f",
        "0 0 0 1 k 60 60 50 51 re f",
        "0 0 0 .01 k 60 60 50 50 re f",
        "",
    };
    pages(contents, 6);
    static const int blank[] = {0, 1, 0, 0, 1, 1}, same[] = {0, 0, 1, 0, 0, 0};
    for (int i = 0; i < 6; i++) {
        assert_int_equal(tac.pages[i].blank, blank[i]);
        assert_int_equal(tac.pages[i].same_as, same[i]);
    }
    assert_near(mean_of(), 0, 0);
}

/* A profile whose darkest black is one ink alone, and one that shares it out. */
static void intents_are_told_with_the_ink_of_their_profiles(void **state) {
    (void)state;
    Arena *a = tac.arena;
    double told[2];
    for (int i = 0; i < 2; i++) {
        Bytes icc = tiny_cmyk(a, "tiny", i ? 0 : 1);
        Sink hex = sink_memory(a);
        for (size_t k = 0; k < icc.n; k++)
            sink_format(&hex, "%02x", icc.p[k]);
        const char *objects[] = {
            "<</Type/Catalog/Pages 2 0 R/OutputIntents[<</S/GTS_PDFA1>><</S/GTS_PDFX>>"
            "<</S/GTS_PDFX/DestOutputProfile 3 0 R>>]>>",
            "<</Type/Pages/Kids[4 0 R]/Count 1>>",
            arena_printf(a, "/N 4/Filter/ASCIIHexDecode|%s>", sink_text(&hex).p),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", NULL};
        Str bytes = pdf_of(a, objects);
        PdfOpening opening = {0};
        PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
        assert_non_null(f);
        Facts *facts = facts_new();
        const OutputIntent *bare = facts_add(facts, FACT_output_intent),
                           *whole = facts_add(facts, FACT_output_intent);
        intent_tac(facts, f);
        assert_true(isnan(bare->tac));
        told[i] = whole->tac;
        facts_free(facts);
        pdf_close(f);
    }
    assert_near(told[0], 1, .01);
    assert_near(told[1], 3, .03);
}

/* Against flood filling. */
static int flood(uint8_t *cells, int side, int x, int y, uint8_t class) {
    if (x < 0 || y < 0 || x >= side || y >= side || cells[y * side + x] != class)
        return 0;
    cells[y * side + x] = 255;
    return 1 + flood(cells, side, x + 1, y, class) + flood(cells, side, x - 1, y, class) +
           flood(cells, side, x, y + 1, class) + flood(cells, side, x, y - 1, class);
}

static void regions_are_what_flood_filling_finds(void **state) {
    (void)state;
    enum { SIDE = 40, CLASSES = 3 };
    uint32_t seed = 7;
    for (int round = 0; round < 60; round++) {
        uint8_t cells[SIDE * SIDE];
        int largest[CLASSES] = {0};
        Regions *r = regions_new(tac.arena, CLASSES);
        for (size_t i = 0; i < sizeof cells; i++) {
            seed = seed * 1664525 + 1013904223;
            uint32_t dice = seed >> 24;
            cells[i] = (uint8_t)(dice < 40 + 3 * (uint32_t)round ? dice % CLASSES : 9);
            if (round % 2 && i >= SIDE && dice > 100)
                cells[i] = cells[i - SIDE];
            if (round % 7 == 0 && i / SIDE % 9 == 4)
                cells[i] = 9; /* rows that are not told */
        }
        for (int y = 0; y < SIDE; y++) {
            if (round % 7 == 0 && y % 9 == 4)
                continue;
            regions_row(r, y);
            for (int x = 0; x < SIDE;) {
                int from = x;
                while (x < SIDE && cells[y * SIDE + x] == cells[y * SIDE + from])
                    x++;
                if (cells[y * SIDE + from] < CLASSES)
                    regions_run(r, cells[y * SIDE + from], from, x, NULL);
            }
        }
        for (int y = 0; y < SIDE; y++)
            for (int x = 0; x < SIDE; x++) {
                uint8_t class = cells[y * SIDE + x];
                int n = class < CLASSES ? flood(cells, SIDE, x, y, class) : 0;
                if (n > largest[class % CLASSES])
                    largest[class % CLASSES] = n;
            }
        const RegionOfPixels *found = regions_end(r);
        for (int class = 0; class < CLASSES; class ++)
            assert_int_equal(found[class].pixels, largest[class]);
    }
}

#define TAC_TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TAC_TEST(the_worst_square_is_found_where_it_lies),
        TAC_TEST(places_are_told_as_the_page_is_written_also_when_it_is_turned),
        TAC_TEST(what_lies_outside_the_bleed_neither_counts_nor_dilutes),
        TAC_TEST(thin_edges_are_not_a_mean),
        TAC_TEST(finishes_do_not_count),
        TAC_TEST(spots_count),
        TAC_TEST(an_ink_that_nobody_knows_leaves_open_what_hangs_on_it),
        TAC_TEST(an_ink_that_nobody_knows_does_not_matter_where_there_is_little),
        TAC_TEST(an_ink_that_nobody_knows_does_not_hide_what_is_too_much_without_it),
        TAC_TEST(the_job_sheet_says_what_an_ink_is_for),
        TAC_TEST(flat_colours_have_exact_values),
        TAC_TEST(a_hair_over_the_limit_is_over_it),
        TAC_TEST(rounding_alone_is_not_over_the_limit),
        TAC_TEST(a_gradient_is_measured_as_it_runs),
        TAC_TEST(the_region_is_one_over_the_higher_limit_before_a_larger_one),
        TAC_TEST(colours_that_are_converted_leave_the_sum_open),
        TAC_TEST(a_converted_shape_among_very_many_pictures_is_no_picture),
        TAC_TEST(a_page_without_a_whole_pixel_is_not_measured),
        TAC_TEST(too_much_ink_elsewhere_is_too_much_all_the_same),
        TAC_TEST(converted_colour_in_the_slug_does_not_matter),
        TAC_TEST(flat_colours_are_told_once_each_when_they_are_large),
        TAC_TEST(without_limits_nothing_is_said_to_be_right),
        TAC_TEST(blank_pages_and_equal_pages_are_told),
        TAC_TEST(intents_are_told_with_the_ink_of_their_profiles),
        TAC_TEST(regions_are_what_flood_filling_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
