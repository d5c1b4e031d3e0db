#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "read/derive.h"

typedef struct Drawing {
    Arena *arena;
    FillShape shapes[256];
    size_t count;
    Style style, other;
    Cluster *clusters[64];
    size_t cluster_count;
} Drawing;
static Drawing d;

static Fill *draw(double x, double y, double w, double h, int segments) {
    Fill *f = ARENA_NEW(d.arena, Fill);
    row_clear(entity_of(FACT_fill), f);
    f->seq = (int32_t)d.count;
    f->style = &d.style;
    f->box = (Box32){(float)x, (float)y, (float)(x + w), (float)(y + h)};
    f->visible = 1;
    f->segments = segments;
    double longer = w > h ? w : h, shorter = w > h ? h : w;
    f->thin = segments == 4 && longer > 10 * shorter;
    f->in_cluster = 0;
    d.shapes[d.count++] = (FillShape){f, (float)shorter / 10, 1};
    return f;
}

static Cluster *add(void *self) {
    (void)self;
    Cluster *c = ARENA_NEW(d.arena, Cluster);
    row_clear(entity_of(FACT_cluster), c);
    d.clusters[d.cluster_count++] = c;
    return c;
}

static void derive(void) {
    Arena *scratch = arena_new();
    ClusterSink sink = {NULL, add};
    derive_clusters(scratch, d.shapes, d.count, &sink);
    arena_free(scratch);
}

static void a_line_of_characters_is_one_cluster(void **) {
    for (int i = 0; i < 10; i++)
        draw(50 + 10 * i, 100, 9.2, 9.2, 30);
    derive();
    assert_int_equal(d.cluster_count, 1);
    assert_int_equal(d.clusters[0]->fills, 10);
    assert_float_equal(d.clusters[0]->size, 10, 0.1);
}

static void an_outlined_dash_like_character_is_no_line(void **) {
    draw(50, 100, 9.2, 9.2, 30);
    Fill *one = draw(60.3, 104.5, 8.8, 0.6, 4);
    draw(70, 100, 9.2, 9.2, 30);
    derive();
    assert_int_equal(one->in_cluster, 1);
    assert_ptr_equal(one->cluster, d.clusters[0]);
}

static void a_letter_that_is_a_word_by_itself_is_no_line(void **) {
    draw(50, 100, 4, 4.4, 12);
    Fill *pipe = draw(57.2, 98.7, 0.4, 5.6, 4);
    Fill *rule = draw(64, 80, 0.4, 40, 4);
    derive();
    assert_int_equal(pipe->in_cluster, 1);
    assert_int_equal(rule->in_cluster, 0);
}

/* What its area and outline make of an o: a strip bent into a ring. */
static Fill *draw_ring(double x, double y, double size, float thickness) {
    Fill *f = draw(x, y, size, size, 8);
    f->thin = 1;
    f->thickness = thickness;
    return f;
}

static void letters_that_are_bent_strips_are_type(void **) {
    Fill *o = draw_ring(50, 100, 4.6, 0.43f), *c = draw_ring(55, 100, 4.6, 0.43f);
    Fill *l = draw(60.2, 100, 0.4, 6, 4);
    derive();
    assert_int_equal(d.cluster_count, 1);
    assert_int_equal(o->in_cluster, 1);
    assert_int_equal(c->in_cluster, 1);
    assert_int_equal(l->in_cluster, 1);
}

static void thin_frames_in_a_row_are_no_type(void **) {
    Fill *first = draw_ring(50, 100, 20, 0.3f);
    draw_ring(72, 100, 20, 0.3f);
    derive();
    assert_int_equal(d.cluster_count, 0);
    assert_int_equal(first->in_cluster, 0);
}

static void an_outlined_l_is_no_line(void **) {
    draw(50, 100, 7, 7.2, 12);
    Fill *l = draw(58, 100, 0.6, 7.2, 4);
    Fill *other = draw(60, 100, 0.6, 7.2, 4);
    derive();
    assert_int_equal(l->in_cluster, 1);
    assert_int_equal(other->in_cluster, 1);
}

static void a_long_rule_under_a_text_stays_a_line(void **) {
    for (int i = 0; i < 6; i++)
        draw(50 + 10 * i, 100, 9.2, 9.2, 30);
    Fill *rule = draw(50, 97, MM(60), MM(0.08), 4);
    derive();
    assert_int_equal(d.cluster_count, 1);
    assert_int_equal(rule->in_cluster, 0);
    assert_null(rule->cluster);
}

static void bars_alone_are_no_type(void **) {
    Fill *bar = NULL;
    for (int i = 0; i < 12; i++)
        bar = draw(50, 100 + 6 * i, 80, 0.5, 4);
    derive();
    assert_int_equal(d.cluster_count, 0);
    assert_int_equal(bar->in_cluster, 0);
}

static void two_colours_are_two_clusters(void **) {
    for (int i = 0; i < 6; i++)
        draw(50 + 10 * i, 100, 9.2, 9.2, 30)->style = i < 3 ? &d.style : &d.other;
    derive();
    assert_int_equal(d.cluster_count, 2);
}

static void lines_apart_are_two_clusters(void **) {
    for (int i = 0; i < 6; i++)
        draw(50 + 10 * i, 100, 9.2, 9.2, 30);
    for (int i = 0; i < 6; i++)
        draw(50 + 10 * i, 118, 9.2, 9.2, 30);
    derive();
    assert_int_equal(d.cluster_count, 2);
}

static void a_full_stop_belongs_to_its_word(void **) {
    draw(50, 100, 5, 7.2, 12);
    draw(56, 100, 5, 7.2, 12);
    Fill *stop = draw(62, 100, 0.9, 0.9, 4);
    derive();
    assert_int_equal(stop->in_cluster, 1);
}

static void a_line_of_type_in_one_path_is_a_cluster(void **) {
    Fill *f = draw(50, 100, 200, 11, 300);
    d.shapes[0].parts = 40;
    draw(50, 118, 200, 11, 300);
    d.shapes[1].parts = 40;
    derive();
    assert_int_equal(d.cluster_count, 2);
    assert_int_equal(f->in_cluster, 1);
    assert_float_equal(d.clusters[0]->size, 12, 0.1);
}

static void hidden_fills_take_no_part(void **) {
    draw(50, 100, 9.2, 9.2, 30);
    draw(60, 100, 9.2, 9.2, 30)->visible = 0;
    derive();
    assert_int_equal(d.cluster_count, 0);
}

static void bands_of_a_gradient_are_no_lines(void **) {
    for (int i = 0; i < 20; i++)
        draw(50, 100 + 0.3 * i, 200, 0.3, 4);
    Fill *rule = draw(50, 130, 200, 0.3, 4);
    derive_strips(d.shapes, d.count);
    assert_int_equal(d.shapes[0].fill->thin, 0);
    assert_int_equal(d.shapes[19].fill->thin, 0);
    assert_int_equal(rule->thin, 1);
}

static void a_rule_in_two_colours_is_still_a_line(void **) {
    Fill *upper = draw(50, 100, 200, 0.3, 4), *lower = draw(50, 99.7, 200, 0.3, 4);
    derive_strips(d.shapes, d.count);
    assert_int_equal(upper->thin, 1);
    assert_int_equal(lower->thin, 1);
}

static int set_up(void **) {
    d = (Drawing){.arena = arena_new()};
    return 0;
}

static int tear_down(void **) {
    arena_free(d.arena);
    return 0;
}

#define DRAWN(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        DRAWN(a_line_of_characters_is_one_cluster),
        DRAWN(an_outlined_dash_like_character_is_no_line),
        DRAWN(a_letter_that_is_a_word_by_itself_is_no_line),
        DRAWN(letters_that_are_bent_strips_are_type),
        DRAWN(thin_frames_in_a_row_are_no_type),
        DRAWN(an_outlined_l_is_no_line),
        DRAWN(a_long_rule_under_a_text_stays_a_line),
        DRAWN(bars_alone_are_no_type),
        DRAWN(two_colours_are_two_clusters),
        DRAWN(lines_apart_are_two_clusters),
        DRAWN(a_full_stop_belongs_to_its_word),
        DRAWN(a_line_of_type_in_one_path_is_a_cluster),
        DRAWN(hidden_fills_take_no_part),
        DRAWN(bands_of_a_gradient_are_no_lines),
        DRAWN(a_rule_in_two_colours_is_still_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
