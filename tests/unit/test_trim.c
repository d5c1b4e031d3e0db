#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "read/derive.h"

static const double NEAR = 1e-6;

static Box rectangle(double x, double y, double w, double h) {
    return (Box){x, y, x + w, y + h};
}

static Page page_of(double w, double h) {
    Page p;
    row_clear(entity_of(FACT_page), &p);
    p.number = 1;
    p.media_box = rectangle(0, 0, w, h);
    p.rotate = 0;
    p.user_unit = 1;
    return p;
}

static Job job_of(double w, double h) {
    Job j;
    row_clear(entity_of(FACT_job), &j);
    j.size_w = w;
    j.size_h = h;
    j.scale = 1;
    j.spreads = 0;
    return j;
}

static Limit bleed_of(double bleed) {
    Limit l;
    row_clear(entity_of(FACT_limit), &l);
    l.bleed_top = l.bleed_right = l.bleed_bottom = l.bleed_left = bleed;
    l.size_error = MM(0.5);
    return l;
}

static void derive(Page *p, const Job *j, const Limit *l) {
    derive_boxes(p);
    derive_trim(p, j, l, BOX_UNKNOWN);
    derive_bleed(p, l);
}

static void a_written_trim_is_taken(void **) {
    Page p = page_of(MM(216), MM(303));
    Job j = job_of(MM(210), MM(297));
    Limit l = bleed_of(MM(3));
    p.trim_box = rectangle(MM(3), MM(3), MM(210), MM(297));
    p.bleed_box = p.media_box;
    derive(&p, &j, &l);
    assert_int_equal(p.trim_source, TRIM_TRIMBOX);
    assert_int_equal(p.size_match, SIZE_SAME);
    assert_float_equal(TO_MM(p.bleed_top), 3, NEAR);
    assert_int_equal(p.orientation, ORIENTATION_PORTRAIT);
}

static void an_empty_or_far_trim_counts_as_missing(void **) {
    Page p = page_of(MM(210), MM(297));
    Job j = job_of(NAN, NAN);
    Limit l = bleed_of(MM(3));
    p.trim_box = rectangle(10, 10, 0, 50);
    p.art_box = rectangle(5000, 5000, 50, 50);
    derive(&p, &j, &l);
    assert_int_equal(p.trim_written, 0);
    assert_int_equal(p.trim_source, TRIM_DEFAULTED);
    assert_true(isnan(p.trim_w) && isnan(p.bleed_top));
    assert_int_equal(p.size_match, SIZE_UNKNOWN);
}

static void an_art_box_stands_in_for_a_trim(void **) {
    Page p = page_of(400, 400);
    Job j = job_of(NAN, NAN);
    Limit l = bleed_of(MM(3));
    p.art_box = rectangle(50, 50, 300, 300);
    derive(&p, &j, &l);
    assert_int_equal(p.trim_source, TRIM_ARTBOX);
    assert_int_equal(p.orientation, ORIENTATION_SQUARE);
}

static void media_with_bleed_gives_the_trim(void **) {
    Page p = page_of(MM(216), MM(303));
    Job j = job_of(MM(210), MM(297));
    Limit l = bleed_of(MM(3));
    derive(&p, &j, &l);
    assert_int_equal(p.trim_source, TRIM_MEDIA_MINUS_BLEED);
    assert_float_equal(TO_MM(p.trim_w), 210, NEAR);
    assert_float_equal(TO_MM(p.bleed_left), 3, NEAR);
    assert_int_equal(p.trim_written, 0);
}

static void media_of_the_size_is_the_trim_without_bleed(void **) {
    Page p = page_of(MM(210), MM(297));
    Job j = job_of(MM(210), MM(297));
    Limit l = bleed_of(MM(3));
    derive(&p, &j, &l);
    assert_int_equal(p.trim_source, TRIM_MEDIA);
    assert_float_equal(p.bleed_top, 0, NEAR);
}

static void bleed_in_the_trim_box_is_named_and_judged_inside(void **) {
    Page p = page_of(MM(230), MM(320));
    Job j = job_of(MM(210), MM(297));
    Limit l = bleed_of(MM(3));
    p.trim_box = rectangle(MM(7), MM(7), MM(216), MM(303));
    derive(&p, &j, &l);
    assert_int_equal(p.trim_source, TRIM_TRIMBOX);
    assert_int_equal(p.size_match, SIZE_WITH_BLEED);
    assert_float_equal(TO_MM(p.size_off), 6, NEAR);
    assert_float_equal(TO_MM(p.bleed_right), 3, NEAR);
}

static void swapped_sides_are_no_match(void **) {
    Page p = page_of(MM(303), MM(216));
    Job j = job_of(MM(210), MM(297));
    Limit l = bleed_of(MM(3));
    p.trim_box = rectangle(MM(3), MM(3), MM(297), MM(210));
    derive(&p, &j, &l);
    assert_int_equal(p.size_match, SIZE_SWAPPED);
    assert_float_equal(TO_MM(p.size_off), 87, NEAR);
}

static void a_turned_page_passes_in_either_order(void **) {
    Page p = page_of(MM(216), MM(303));
    Limit l = bleed_of(MM(3));
    p.trim_box = rectangle(MM(3), MM(3), MM(210), MM(297));
    p.rotate = 90;
    Job upright = job_of(MM(210), MM(297)), lying = job_of(MM(297), MM(210));
    Page q = p;
    derive(&p, &upright, &l);
    derive(&q, &lying, &l);
    assert_int_equal(p.size_match, SIZE_SAME);
    assert_int_equal(q.size_match, SIZE_SAME);
    assert_float_equal(TO_MM(p.viewed_w), 297, NEAR);
    assert_int_equal(p.orientation, ORIENTATION_LANDSCAPE);
}

static void twice_the_width_is_a_spread_unless_the_sheet_allows_it(void **) {
    Page p = page_of(MM(420), MM(297));
    Job j = job_of(MM(210), MM(297));
    Limit l = bleed_of(0);
    p.trim_box = p.media_box;
    Page q = p;
    derive(&p, &j, &l);
    assert_int_equal(p.size_match, SIZE_SPREAD);
    j.spreads = 1;
    derive(&q, &j, &l);
    assert_int_equal(q.size_match, SIZE_SAME);
    assert_float_equal(q.size_off, 0, NEAR);
}

static void scale_applies_to_the_size(void **) {
    Page p = page_of(MM(600), MM(300));
    Job j = job_of(MM(6000), MM(3000));
    j.scale = 0.1;
    Limit l = bleed_of(0);
    derive(&p, &j, &l);
    assert_int_equal(p.trim_source, TRIM_MEDIA);
    assert_int_equal(p.size_match, SIZE_SAME);
}

static void user_unit_scales_every_length(void **) {
    Page p = page_of(MM(105), MM(148.5));
    p.user_unit = 2;
    p.trim_box = p.media_box;
    Job j = job_of(MM(210), MM(297));
    Limit l = bleed_of(MM(3));
    derive(&p, &j, &l);
    assert_int_equal(p.size_match, SIZE_SAME);
    assert_float_equal(TO_MM(p.trim_w), 210, NEAR);
}

static void edges_follow_the_view(void **) {
    Page p = page_of(100, 200);
    p.trim_box = rectangle(10, 20, 60, 140); /* left 10, bottom 20, right 30, top 40 */
    p.bleed_box = p.media_box;
    p.rotate = 90;
    Job j = job_of(NAN, NAN);
    Limit l = bleed_of(0);
    derive(&p, &j, &l);
    assert_float_equal(p.bleed_top, 10, NEAR);
    assert_float_equal(p.bleed_right, 40, NEAR);
    assert_float_equal(p.bleed_bottom, 30, NEAR);
    assert_float_equal(p.bleed_left, 20, NEAR);
}

static void nesting_is_told_of_written_boxes(void **) {
    Page p = page_of(200, 200);
    p.media_box = rectangle(-100, -100, 200, 200);
    p.trim_box = rectangle(-90, -90, 180, 200);
    p.bleed_box = rectangle(-95, -95, 150, 150);
    derive_boxes(&p);
    assert_int_equal(p.trim_in_media, 0);
    assert_int_equal(p.trim_in_bleed, 0);
    assert_int_equal(p.bleed_in_media, 1);
    assert_int_equal(p.crop_is_media, 1);
}

static void only_a_smaller_crop_box_crops(void **) {
    Page p = page_of(200, 200);
    p.crop_box = rectangle(-10, -10, 220, 220);
    derive_boxes(&p);
    assert_int_equal(p.crop_is_media, 1);
    p.crop_box = rectangle(-10, 10, 220, 220);
    derive_boxes(&p);
    assert_int_equal(p.crop_is_media, 0);
}

static void draw_corner(CropLines *c, double x, double y, double outx, double outy, double offset) {
    crop_lines_add(c, x + outx * offset, y, x + outx * (offset + MM(5)), y);
    crop_lines_add(c, x, y + outy * offset, x, y + outy * (offset + MM(5)));
}

static void draw_marks(CropLines *c, Box trim, double offset) {
    draw_corner(c, trim.x0, trim.y0, -1, -1, offset);
    draw_corner(c, trim.x1, trim.y0, 1, -1, offset);
    draw_corner(c, trim.x0, trim.y1, -1, 1, offset);
    draw_corner(c, trim.x1, trim.y1, 1, 1, offset);
}

static void four_marked_corners_give_the_trim(void **) {
    CropLines c = {.arena = arena_new()};
    Page p = page_of(MM(240), MM(330));
    derive_boxes(&p);
    Job j = job_of(NAN, NAN);
    Limit l = bleed_of(MM(3));
    Box trim = rectangle(MM(15), MM(16), MM(210), MM(297));
    Box bleed = rectangle(MM(12), MM(13), MM(216), MM(303));
    draw_marks(&c, bleed, MM(3)); /* bleed marks, as some programs add */
    draw_marks(&c, trim, MM(3));
    crop_lines_add(&c, MM(5), MM(160), MM(10), MM(160)); /* centre marks */
    crop_lines_add(&c, MM(230), MM(160), MM(235), MM(160));
    Box found = crop_lines_trim(&c, &p, &j, &l);
    assert_float_equal(found.x0, trim.x0, 1e-3);
    assert_float_equal(found.y1, trim.y1, 1e-3);
    derive_trim(&p, &j, &l, found);
    assert_int_equal(p.trim_source, TRIM_MARKS);
    arena_free(c.arena);
}

static void three_corners_are_not_enough(void **) {
    CropLines c = {.arena = arena_new()};
    Page p = page_of(MM(240), MM(330));
    derive_boxes(&p);
    Job j = job_of(NAN, NAN);
    Limit l = bleed_of(MM(3));
    draw_corner(&c, MM(15), MM(15), -1, -1, MM(3));
    draw_corner(&c, MM(225), MM(15), 1, -1, MM(3));
    draw_corner(&c, MM(15), MM(312), -1, 1, MM(3));
    assert_false(box_known(crop_lines_trim(&c, &p, &j, &l)));
    arena_free(c.arena);
}

static void a_table_inside_the_page_is_no_trim(void **) {
    CropLines c = {.arena = arena_new()};
    Page p = page_of(MM(240), MM(330));
    derive_boxes(&p);
    Job j = job_of(NAN, NAN);
    Limit l = bleed_of(MM(3));
    for (int row = 0; row < 8; row++)
        for (int column = 0; column < 8; column++) {
            double x = MM(40 + 20 * column), y = MM(40 + 20 * row);
            crop_lines_add(&c, x, y, x + MM(20), y);
            crop_lines_add(&c, x, y, x, y + MM(20));
        }
    assert_false(box_known(crop_lines_trim(&c, &p, &j, &l)));
    arena_free(c.arena);
}

static void marks_that_reach_into_the_bleed_are_still_marks(void **) {
    Box trim = rectangle(100, 100, 400, 500), bleed = rectangle(91, 91, 418, 518);
    Box mark = {80, 99.9, 94, 100.1}, rule = {80, 150, 120, 150.2}, photo = {80, 95, 100, 120};
    assert_true(looks_like_crop_mark(mark, trim, bleed));
    assert_false(looks_like_crop_mark(rule, trim, bleed));
    assert_false(looks_like_crop_mark(photo, trim, bleed));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_written_trim_is_taken),
        cmocka_unit_test(an_empty_or_far_trim_counts_as_missing),
        cmocka_unit_test(an_art_box_stands_in_for_a_trim),
        cmocka_unit_test(media_with_bleed_gives_the_trim),
        cmocka_unit_test(media_of_the_size_is_the_trim_without_bleed),
        cmocka_unit_test(bleed_in_the_trim_box_is_named_and_judged_inside),
        cmocka_unit_test(swapped_sides_are_no_match),
        cmocka_unit_test(a_turned_page_passes_in_either_order),
        cmocka_unit_test(twice_the_width_is_a_spread_unless_the_sheet_allows_it),
        cmocka_unit_test(scale_applies_to_the_size),
        cmocka_unit_test(user_unit_scales_every_length),
        cmocka_unit_test(edges_follow_the_view),
        cmocka_unit_test(nesting_is_told_of_written_boxes),
        cmocka_unit_test(only_a_smaller_crop_box_crops),
        cmocka_unit_test(four_marked_corners_give_the_trim),
        cmocka_unit_test(three_corners_are_not_enough),
        cmocka_unit_test(a_table_inside_the_page_is_no_trim),
        cmocka_unit_test(marks_that_reach_into_the_bleed_are_still_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
