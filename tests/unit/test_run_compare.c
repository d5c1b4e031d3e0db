/* Versions drawn by `chupin-fixtures versions`, held against what was signed. */
#include "check/job.h"
#include "run/compare_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Room {
    Arena *arena;
    RuleData *data;
    char dir[64];
} Room;

static int start(void **state) {
    static Room r;
    r = (Room){.arena = arena_new(), .dir = "/tmp/chupin-versions-XXXXXX"};
    Errors errors = {.arena = r.arena};
    assert_non_null(mkdtemp(r.dir));
    assert_int_equal(system(arena_printf(r.arena, "%s versions %s", CHUPIN_FIXTURES, r.dir)), 0);
    assert_false(rule_data_load(&r.data, r.arena, CHUPIN_RULES, "agency", &errors).kind);
    *state = &r;
    return 0;
}

static int stop(void **state) {
    Room *r = *state;
    int gone = system(arena_printf(r->arena, "rm -r %s", r->dir));
    arena_free(r->arena);
    return gone;
}

static const char *path_of(const Room *r, const char *name) {
    return arena_printf(r->arena, "%s/%s", r->dir, name);
}

static ComparedFiles compare(void **state, const char *now, const char *then) {
    Room *r = *state;
    Errors errors = {.arena = r->arena};
    JobOptions options = {.as_of = "2026-01-17"};
    Jobs *jobs;
    CompareInput in = {.now = {path_of(r, now), now, NULL}, .then = {path_of(r, then), then, NULL}};
    assert_false(jobs_load(&jobs, r->arena, r->data, in.now.path, &options, &errors).kind);
    in.jobs = jobs;
    WorkerLimits limits = worker_limits(0, 1 << 20);
    ComparedFiles out;
    Result result = compare_run(&out, r->arena, &in, &limits);
    if (result.kind)
        fail_msg("%s", result.text.en);
    return out;
}

static const PageDifference *told(const ComparedFiles *c, int page, const char *words) {
    for (size_t i = 0; i < c->difference_count; i++)
        if (c->differences[i].page == page && strstr(c->differences[i].what.en, words))
            return &c->differences[i];
    for (size_t i = 0; i < c->difference_count; i++)
        print_message("page %d: %s\n", c->differences[i].page, c->differences[i].what.en);
    fail_msg("page %d: \"%s\" was not told", page, words);
    return NULL;
}

static void assert_same(const ComparedFiles *c, size_t pages) {
    for (size_t i = 0; i < c->difference_count; i++)
        print_message("page %d: %s\n", c->differences[i].page, c->differences[i].what.en);
    assert_int_equal(c->difference_count, 0);
    if (!c->compared)
        fail_msg("%s", c->why.en);
    assert_true(c->same_look);
    assert_int_equal(c->pair_count, pages);
    for (size_t i = 0; i < pages; i++)
        assert_int_equal(c->pairs[i].look, LOOK_SAME);
}

static void assert_differs(const ComparedFiles *c) {
    assert_true(c->compared);
    assert_false(c->same_look);
}

static void a_file_looks_like_itself(void **state) {
    ComparedFiles c = compare(state, "live.pdf", "live.pdf");
    assert_same(&c, 3);
}

static void an_outlined_twin_looks_the_same(void **state) {
    ComparedFiles c = compare(state, "outlined.pdf", "live.pdf");
    assert_same(&c, 3);
}

static void a_digit_is_told_with_its_text_and_place(void **state) {
    ComparedFiles c = compare(state, "digit.pdf", "live.pdf");
    assert_differs(&c);
    assert_int_equal(c.pairs[0].look, LOOK_SAME);
    assert_int_equal(c.pairs[1].look, LOOK_DIFFERS);
    assert_int_equal(c.pairs[2].look, LOOK_SAME);
    const PageDifference *d = told(&c, 2, "picture");
    assert_true(d->boxed);
    assert_true(d->x > 25 && d->x < 40 && d->y > 18 && d->y < 26);
    d = told(&c, 2, "6868” has become");
    assert_non_null(strstr(d->what.en, "6866"));
    assert_true(d->boxed);
}

static void a_digit_is_told_of_outlines_too(void **state) {
    ComparedFiles c = compare(state, "outlined_digit.pdf", "live.pdf");
    assert_differs(&c);
    assert_int_equal(c.pairs[0].look, LOOK_SAME);
    told(&c, 2, "picture");
}

static void what_moved_by_a_pixel_is_told(void **state) {
    ComparedFiles c = compare(state, "shifted.pdf", "live.pdf");
    assert_differs(&c);
    assert_int_equal(c.pairs[0].look, LOOK_DIFFERS);
    assert_int_equal(c.pairs[1].look, LOOK_SAME);
    told(&c, 1, "Cyan");
}

static void a_missing_page_is_told(void **state) {
    ComparedFiles c = compare(state, "missing.pdf", "live.pdf");
    assert_differs(&c);
    assert_int_equal(c.pair_count, 2);
    assert_int_equal(c.pairs[1].look, LOOK_SAME);
    assert_int_equal(c.differences[0].page, 0);
    told(&c, 0, "3 → 2");
    told(&c, 0, "page 3 of the other file is missing");
}

static void a_page_more_is_told(void **state) {
    ComparedFiles c = compare(state, "live.pdf", "missing.pdf");
    assert_differs(&c);
    told(&c, 3, "added");
}

static void a_page_missing_in_front_is_told_and_no_more(void **state) {
    ComparedFiles c = compare(state, "without_first.pdf", "live.pdf");
    assert_differs(&c);
    assert_int_equal(c.difference_count, 2);
    told(&c, 0, "3 → 2");
    told(&c, 0, "page 1 of the other file is missing");
    assert_int_equal(c.pairs[0].look, LOOK_SAME);
    assert_int_equal(c.pairs[0].other, 2);
    assert_int_equal(c.pairs[1].other, 3);
}

static void a_page_between_others_is_told_and_no_more(void **state) {
    ComparedFiles c = compare(state, "inserted.pdf", "live.pdf");
    assert_differs(&c);
    assert_int_equal(c.difference_count, 2);
    told(&c, 2, "added");
    assert_int_equal(c.pairs[1].look, LOOK_ADDED);
    assert_int_equal(c.pairs[2].look, LOOK_SAME);
    assert_int_equal(c.pairs[3].other, 3);
}

static void pages_that_changed_places_are_told(void **state) {
    ComparedFiles c = compare(state, "swapped.pdf", "live.pdf");
    assert_differs(&c);
    assert_int_equal(c.difference_count, 1);
    assert_non_null(strstr(c.differences[0].what.en, "was moved: it was page"));
    for (int i = 0; i < 3; i++)
        assert_int_equal(c.pairs[i].look, LOOK_SAME);
    assert_int_equal(c.pairs[1].other, 3);
    assert_int_equal(c.pairs[2].other, 2);
}

static void a_plate_more_or_less_is_told(void **state) {
    ComparedFiles c = compare(state, "spot.pdf", "live.pdf");
    assert_differs(&c);
    told(&c, 3, "plates added: 烫金");
    c = compare(state, "live.pdf", "spot.pdf");
    told(&c, 3, "plates gone: 烫金");
}

static void another_trim_is_told(void **state) {
    ComparedFiles c = compare(state, "wider.pdf", "live.pdf");
    assert_differs(&c);
    told(&c, 2, "trim 90 × 54 → 91 × 54 mm");
}

static void what_can_not_be_drawn_was_not_compared(void **state) {
    ComparedFiles c = compare(state, "unembedded.pdf", "unembedded.pdf");
    assert_false(c.compared);
    assert_false(c.same_look);
    assert_non_null(c.why.zh);
}

static void the_same_pixels_are_the_same_however_packed(void **state) {
    ComparedFiles c = compare(state, "pixels_packed.tif", "pixels.tif");
    assert_same(&c, 1);
}

static void pixels_moved_by_one_are_told(void **state) {
    ComparedFiles c = compare(state, "pixels_shifted.tif", "pixels.tif");
    assert_differs(&c);
    told(&c, 1, "picture");
}

static void a_single_pixel_is_told_with_its_place(void **state) {
    ComparedFiles c = compare(state, "pixels_touched.tif", "pixels.tif");
    assert_differs(&c);
    assert_int_equal(c.difference_count, 1);
    const PageDifference *d = told(&c, 1, "plates Black");
    assert_true(d->w < 0.1 && d->h < 0.1 && d->w > 0.08);
}

static void another_grid_is_told(void **state) {
    ComparedFiles c = compare(state, "pixels_smaller.tif", "pixels.tif");
    assert_differs(&c);
    told(&c, 1, "pixels 1134 × 709 → 567 × 354");
}

static void a_pdf_and_pixels_are_not_called_the_same(void **state) {
    ComparedFiles c = compare(state, "pixels.tif", "live.pdf");
    assert_false(c.same_look);
}

static void what_is_no_artwork_was_not_compared(void **state) {
    Room *r = *state;
    assert_int_equal(system(arena_printf(r->arena, "echo no > %s/no.pdf", r->dir)), 0);
    ComparedFiles c = compare(state, "live.pdf", "no.pdf");
    assert_false(c.compared);
    assert_false(c.same_look);
    assert_non_null(strstr(c.why.en, "the other file"));
}

/* Every stream of the file loses some of its bytes. */
static void tear(const Room *r, const char *from, const char *to) {
    static const char word[] = "\nstream\n";
    enum { KEPT = 30, TORN = 20, MOST = 1 << 20 };
    char *bytes = arena_alloc(r->arena, MOST);
    FILE *in = fopen(path_of(r, from), "rb"), *out = fopen(path_of(r, to), "wb");
    assert_true(in && out);
    size_t n = fread(bytes, 1, MOST, in);
    for (char *p = bytes; (p = memmem(p, n - (size_t)(p - bytes), word, sizeof word - 1)); p++)
        if (p + KEPT + TORN < bytes + n)
            memset(p + KEPT, 0, TORN);
    assert_int_equal(fwrite(bytes, 1, n, out), n);
    fclose(in);
    fclose(out);
}

/* What one of two files complains of must not be laid to the other's charge. */
static void damage_on_either_side_is_seen(void **state) {
    tear(*state, "live.pdf", "torn.pdf");
    ComparedFiles c = compare(state, "torn.pdf", "live.pdf");
    assert_false(c.same_look);
    c = compare(state, "live.pdf", "torn.pdf");
    assert_false(c.same_look);
    c = compare(state, "torn.pdf", "torn.pdf");
    assert_false(c.compared);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_looks_like_itself),
        cmocka_unit_test(an_outlined_twin_looks_the_same),
        cmocka_unit_test(a_digit_is_told_with_its_text_and_place),
        cmocka_unit_test(a_digit_is_told_of_outlines_too),
        cmocka_unit_test(what_moved_by_a_pixel_is_told),
        cmocka_unit_test(a_missing_page_is_told),
        cmocka_unit_test(a_page_more_is_told),
        cmocka_unit_test(a_page_missing_in_front_is_told_and_no_more),
        cmocka_unit_test(a_page_between_others_is_told_and_no_more),
        cmocka_unit_test(pages_that_changed_places_are_told),
        cmocka_unit_test(a_plate_more_or_less_is_told),
        cmocka_unit_test(another_trim_is_told),
        cmocka_unit_test(what_can_not_be_drawn_was_not_compared),
        cmocka_unit_test(the_same_pixels_are_the_same_however_packed),
        cmocka_unit_test(pixels_moved_by_one_are_told),
        cmocka_unit_test(a_single_pixel_is_told_with_its_place),
        cmocka_unit_test(another_grid_is_told),
        cmocka_unit_test(a_pdf_and_pixels_are_not_called_the_same),
        cmocka_unit_test(what_is_no_artwork_was_not_compared),
        cmocka_unit_test(damage_on_either_side_is_seen),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
