/* Which page is which, by sketches that are made here. */
#include "ink/compare/page_pairs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 16 };

/* A page by a letter: a bar of its own, on what all pages share. Lower case: a little of it is
 * another. '.': blank. '?': could not be drawn. */
static void draw_page(PageSketch *s, char letter) {
    *s = (PageSketch){.known = letter != '?', .width = 210, .height = 297};
    if (letter == '.' || letter == '?')
        return;
    for (int x = 0; x < SKETCH_SIDE; x++)
        s->dark[x] = 400;
    int row = 2 + 3 * ((letter | 0x20) - 'a');
    for (int i = 0; i < 3 * SKETCH_SIDE; i++)
        s->dark[row % 60 * SKETCH_SIDE + i] = 10000;
    if (letter >= 'a')
        s->dark[0] = 9000;
}

static size_t draw_pages(PageSketch *pages, const char *letters) {
    size_t n = strlen(letters);
    for (size_t i = 0; i < n; i++)
        draw_page(&pages[i], letters[i]);
    return n;
}

/* The partners of the pages of `now`, "-" for none, a stop after those that were moved. */
static void assert_pairs(const char *now, const char *then, const char *expected) {
    static PageSketch a[MOST], b[MOST];
    int pairs[MOST];
    bool moved[MOST];
    char text[4 * MOST] = "";
    Arena *arena = arena_new();
    size_t n = draw_pages(a, now);
    page_pairs(pairs, arena, a, n, b, draw_pages(b, then));
    page_moves(moved, arena, pairs, n);
    for (size_t i = 0; i < n; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%c%s", pairs[i] < 0 ? '-' : '1' + pairs[i],
                 moved[i] ? "." : "");
    }
    assert_string_equal(text, expected);
    arena_free(arena);
}

static void the_same_pages_stay_where_they_are(void **state) {
    (void)state;
    assert_pairs("ABCD", "ABCD", "1234");
    assert_pairs("AAAA", "AAAA", "1234");
    assert_pairs("....", "....", "1234");
    assert_pairs("", "AB", "");
    assert_pairs("AB", "", "--");
}

static void a_page_that_came_or_went_moves_no_other(void **state) {
    (void)state;
    assert_pairs("XABC", "ABC", "-123");
    assert_pairs("ABXC", "ABC", "12-3");
    assert_pairs("BC", "ABC", "23");
    assert_pairs("AC", "ABC", "13");
    assert_pairs("AB", "ABC", "12");
    assert_pairs("A.BC", "ABC", "1-23");
}

static void changed_pages_are_still_themselves(void **state) {
    (void)state;
    assert_pairs("XaBc", "ABC", "-123");
    assert_pairs("AaB", "AB", "1-2");
    assert_pairs("aAB", "AB", "-12");
}

static void what_was_drawn_anew_is_held_against_what_stood_there(void **state) {
    (void)state;
    assert_pairs("AXC", "ABC", "123");
    assert_pairs("XYZ", "ABC", "123");
    assert_pairs("AXYC", "ABC", "12-3");
    assert_pairs("A?C", "ABC", "123");
}

static void pages_that_moved_are_found(void **state) {
    (void)state;
    assert_pairs("BCDA", "ABCD", "2341.");
    assert_pairs("ACBD", "ABCD", "132.4");
    assert_pairs("DABC", "ABCD", "4.123");
    assert_pairs("XBA", "AB", "-21.");
}

static void other_sizes_are_other_pages(void **state) {
    PageSketch a, b;
    (void)state;
    draw_page(&a, 'A');
    draw_page(&b, 'A');
    assert_true(sketch_likeness(&a, &b) == 1);
    b.height = 210;
    assert_true(sketch_likeness(&a, &b) <= 0.5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_pages_stay_where_they_are),
        cmocka_unit_test(a_page_that_came_or_went_moves_no_other),
        cmocka_unit_test(changed_pages_are_still_themselves),
        cmocka_unit_test(what_was_drawn_anew_is_held_against_what_stood_there),
        cmocka_unit_test(pages_that_moved_are_found),
        cmocka_unit_test(other_sizes_are_other_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
