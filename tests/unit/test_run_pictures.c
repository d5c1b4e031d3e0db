#include "base/sha256.h"
#include "run/pictures_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <math.h>
#include <png.h>

/* Two pages of 100 × 50 mm trim with 3 mm of bleed around them: yellow paper, and on the first a
 * cyan square of 10 mm, 20 mm from the left and 15 from the top of the trim. */
static const char artwork[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]/MediaBox[0 0 300.472 158.74]>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/TrimBox[8.504 8.504 291.968 150.236]/Contents 5 0 "
    "R/Resources<<>>>>endobj\n"
    "4 0 obj<</Type/Page/Parent 2 0 R/TrimBox[8.504 8.504 291.968 150.236]/Contents 6 0 "
    "R/Resources<<>>>>endobj\n"
    "5 0 obj<</Length 83>>stream\n"
    "0 0 1 0 k 0 0 301 159 re f\n1 0 0 0 k 65.197 79.37 28.346 28.346 re f            \n"
    "endstream endobj\n"
    "6 0 obj<</Length 27>>stream\n"
    "0 0 1 0 k 0 0 301 159 re f\n"
    "endstream endobj\n"
    "trailer<</Root 1 0 R>>\n";

typedef struct Room {
    Arena *arena;
    char path[64];
    Report report;
    PageSummary pages[2];
    Job job;
    Limit limit;
    ReadPlan plan;
    WorkerLimits limits;
    const ReportPictures *pictures;
} Room;

static const Job *job_of(const void *room, int page) {
    (void)page;
    return &((const Room *)room)->job;
}

static const Limit *limit_of(const void *room, int page) {
    (void)page;
    return &((const Room *)room)->limit;
}

static int open_room(void **state) {
    Arena *a = arena_new();
    Room *room = ARENA_NEW(a, Room);
    char *sha256 = arena_alloc(a, SHA256_HEX);
    *state = room;
    room->arena = a;
    strcpy(room->path, "/tmp/chupin-pictures-XXXXXX");
    int fd = mkstemp(room->path);
    assert_int_equal(write(fd, artwork, sizeof artwork - 1), sizeof artwork - 1);
    close(fd);
    sha256_of(artwork, sizeof artwork - 1, sha256);
    row_clear(entity_of(FACT_job), &room->job);
    row_clear(entity_of(FACT_limit), &room->limit);
    for (int i = 0; i < 2; i++)
        room->pages[i] = (PageSummary){
            .number = i + 1, .trim_w = 100, .trim_h = 50, .trim_source = TRIM_TRIMBOX};
    room->report.file.sha256 = sha256, room->report.file.name = "artwork.pdf";
    room->report.pages = room->pages, room->report.page_count = 2;
    room->plan = (ReadPlan){.jobs = room, .job_of = job_of, .limit_of = limit_of};
    room->limits = worker_limits(0, sizeof artwork);
    room->pictures = pictures_of_artwork(a, &(PicturesInput){.path = room->path,
                                                             .plan = &room->plan,
                                                             .report = &room->report,
                                                             .limits = &room->limits,
                                                             .jobs = 2});
    return 0;
}

static int close_room(void **state) {
    Room *room = *state;
    unlink(room->path);
    arena_free(room->arena);
    return 0;
}

static bool draw(Room *room, PictureWish wish, ReportPicture *out, Text *why) {
    return room->pictures->draw(room->pictures->self, room->arena, &wish, out, why);
}

typedef struct Shown {
    png_image image;
    uint8_t *rgb;
} Shown;

static Shown read_png(Room *room, const ReportPicture *p) {
    Shown s = {.image = {.version = PNG_IMAGE_VERSION}};
    assert_true(png_image_begin_read_from_memory(&s.image, p->image, p->bytes));
    s.image.format = PNG_FORMAT_RGB;
    s.rgb = arena_alloc(room->arena, PNG_IMAGE_SIZE(s.image));
    assert_true(png_image_finish_read(&s.image, NULL, s.rgb, 0, NULL));
    return s;
}

/* More blue than red: cyan, not yellow. */
static bool is_cyan(const Shown *s, double x, double y) {
    const uint8_t *p = s->rgb + 3 * ((size_t)(y * s->image.height) * s->image.width +
                                     (size_t)(x * s->image.width));
    return p[2] > p[0];
}

static void a_page_is_as_large_as_was_asked_and_shows_what_prints(void **state) {
    ReportPicture p;
    Text why;
    assert_true(draw(*state, (PictureWish){.page = 1, .most = 212}, &p, &why));
    assert_int_equal(p.width, 212);
    assert_int_equal(p.height, 112);
    assert_true(p.whole && p.origin_is_trim && !p.jpeg);
    assert_true(fabs(p.mm.x0 + 3) < 0.01 && fabs(p.mm.y0 + 3) < 0.01);
    assert_true(fabs(p.mm.x1 - 103) < 0.01 && fabs(p.mm.y1 - 53) < 0.01);
    Shown s = read_png(*state, &p);
    assert_int_equal(s.image.width, 212);
    assert_true(is_cyan(&s, (3 + 25.0) / 106, (3 + 20.0) / 56));
    assert_false(is_cyan(&s, (3 + 18.0) / 106, (3 + 20.0) / 56));
    assert_false(is_cyan(&s, (3 + 25.0) / 106, (3 + 13.0) / 56));
}

static void a_piece_lies_where_places_are_measured(void **state) {
    ReportPicture p;
    Text why;
    PictureWish wish = {.page = 1, .most = 100, .part = true, .mm = {20, 15, 30, 25}};
    assert_true(draw(*state, wish, &p, &why));
    Shown s = read_png(*state, &p);
    assert_true(is_cyan(&s, 0.05, 0.05) && is_cyan(&s, 0.95, 0.95));
    wish.mm = (Box){10, 5, 40, 35};
    assert_true(draw(*state, wish, &p, &why));
    s = read_png(*state, &p);
    assert_true(is_cyan(&s, 0.5, 0.5));
    assert_false(is_cyan(&s, 0.3, 0.5) || is_cyan(&s, 0.5, 0.3) || is_cyan(&s, 0.7, 0.5));
}

static void a_piece_is_cut_at_the_edge_of_the_page(void **state) {
    ReportPicture p;
    Text why;
    PictureWish wish = {.page = 1, .most = 100, .part = true, .mm = {-30, -30, 17, 17}};
    assert_true(draw(*state, wish, &p, &why));
    assert_true(fabs(p.mm.x0 + 3) < 0.01 && fabs(p.mm.x1 - 17) < 0.01);
    wish.mm = (Box){200, 200, 210, 210};
    assert_false(draw(*state, wish, &p, &why));
    assert_string_equal(why.zh, "不在页面上");
}

static void only_a_compact_picture_may_be_a_jpeg(void **state) {
    ReportPicture p;
    Text why;
    assert_true(draw(*state, (PictureWish){.page = 2, .most = 300, .compact = true}, &p, &why));
    assert_memory_equal(p.image, p.jpeg ? "\xff\xd8" : "\x89P", 2);
    assert_true(draw(*state, (PictureWish){.page = 2, .most = 300}, &p, &why));
    assert_memory_equal(p.image, "\x89PNG", 4);
}

static void what_was_expected_is_drawn_in_one_go(void **state) {
    Room *room = *state;
    PictureWish wishes[] = {
        {.page = 2, .most = 50}, {.page = 1, .most = 50}, {.page = 1, .most = 90}};
    ReportPicture p;
    Text why;
    room->pictures->expect(room->pictures->self, wishes, 3);
    assert_true(draw(room, wishes[0], &p, &why));
    unlink(room->path); /* the others were drawn with it */
    assert_true(draw(room, wishes[1], &p, &why));
    assert_true(draw(room, wishes[2], &p, &why));
    assert_int_equal(p.width, 90);
    assert_false(draw(room, (PictureWish){.page = 1, .most = 91}, &p, &why));
    assert_non_null(strstr(why.zh, "找不到文件"));
}

static void a_page_that_is_not_there_says_so(void **state) {
    ReportPicture p;
    Text why;
    assert_false(draw(*state, (PictureWish){.page = 9, .most = 50}, &p, &why));
    assert_string_equal(why.zh, "文件里没有这一页");
}

static void another_file_gives_no_pictures(void **state) {
    Room *room = *state;
    ReportPicture p;
    Text why;
    FILE *f = fopen(room->path, "a");
    fputc('\n', f);
    fclose(f);
    assert_false(draw(room, (PictureWish){.page = 1, .most = 50}, &p, &why));
    assert_string_equal(why.zh, "这已经不是当时查的那个文件，画不出当时的样子");
}

static void a_trim_that_has_changed_tells_no_places(void **state) {
    Room *room = *state;
    ReportPicture p;
    Text why;
    room->pages[0].trim_w = 90;
    assert_true(draw(room, (PictureWish){.page = 1, .most = 50}, &p, &why));
    assert_false(box_known(p.mm));
    PictureWish part = {.page = 1, .most = 50, .part = true, .mm = {0, 0, 9, 9}};
    assert_false(draw(room, part, &p, &why));
    assert_string_equal(why.zh, "说不准它在页面的什么地方");
}

static void a_worker_that_runs_out_of_time_says_why(void **state) {
    Room *room = *state;
    ReportPicture p;
    Text why;
    room->limits.seconds = 1e-6;
    assert_false(draw(room, (PictureWish){.page = 1, .most = 50}, &p, &why));
    assert_non_null(strstr(why.zh, "秒还没有查完"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_room, close_room)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_page_is_as_large_as_was_asked_and_shows_what_prints),
        TEST(a_piece_lies_where_places_are_measured),
        TEST(a_piece_is_cut_at_the_edge_of_the_page),
        TEST(only_a_compact_picture_may_be_a_jpeg),
        TEST(what_was_expected_is_drawn_in_one_go),
        TEST(a_page_that_is_not_there_says_so),
        TEST(another_file_gives_no_pictures),
        TEST(a_trim_that_has_changed_tells_no_places),
        TEST(a_worker_that_runs_out_of_time_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
