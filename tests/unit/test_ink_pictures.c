/* Which images are pictures, and what of them is cropped away. */
#include "read/derive.h"

#include "recorder.h"

static Facts *facts;
static Page page;
static Limit limit;

static int start(void **state) {
    (void)state;
    facts = facts_new();
    row_clear(entity_of(FACT_page), &page);
    row_clear(entity_of(FACT_limit), &limit);
    page.bleed = (Box){0, 0, 600, 800};
    limit.picture_px = 500;
    limit.picture_size = MM(20);
    return 0;
}

static int stop(void **state) {
    (void)state;
    facts_free(facts);
    return 0;
}

/* 300 ppi, so that a point is 300 / 72 pixels. */
static Image *image_at(float x, float y, int pixels) {
    Image *i = facts_add(facts, FACT_image);
    float side = (float)pixels * 72 / 300;
    i->box = i->clip = (Box32){x, y, x + side, y + side};
    i->visible = 1;
    i->region = REGION_ART;
    i->width = i->height = pixels;
    i->ppi_x = i->ppi_y = 300;
    i->rotation = i->skew = 0;
    i->bits = 8;
    i->mask = MASK_NONE;
    i->filter = FILTER_FLATE;
    return i;
}

static const Picture *only(void) {
    derive_pictures(facts, &page, &limit);
    assert_int_equal(facts_count(facts, FACT_picture), 1);
    return facts_at(facts, FACT_picture, 0);
}

static void none_is_left(const char *what) {
    derive_pictures(facts, &page, &limit);
    if (facts_count(facts, FACT_picture))
        fail_msg("%s is a picture", what);
}

static void a_large_visible_image_is_a_picture(void **state) {
    (void)state;
    image_at(100, 100, 1000);
    const Picture *p = only();
    assert_true(p->raster == 0 && p->cropped == 0 && p->quality == 0);
    assert_true(fabs(p->ppi - 300) < 1e-6);
    assert_null(p->why);
}

static void small_hidden_and_bilevel_images_are_not(void **state) {
    (void)state;
    image_at(100, 100, 400);
    image_at(100, 100, 1000)->visible = 0;
    image_at(100, 100, 1000)->bits = 1;
    image_at(100, 100, 1000)->mask = MASK_STENCIL;
    image_at(100, 100, 1000)->region = REGION_SLUG;
    none_is_left("one of them");
}

static void without_limits_none_is_large(void **state) {
    (void)state;
    image_at(100, 100, 1000);
    row_clear(entity_of(FACT_limit), &limit);
    none_is_left("an image without limits");
}

static void clips_and_the_edge_of_the_art_crop(void **state) {
    (void)state;
    Image *i = image_at(-120, 100, 1000); /* 240 pt wide: half of it is off the page */
    i->clip = (Box32){-120, 100, 120, 220};
    assert_true(fabs(only()->cropped - 0.75) < 1e-3);
}

static void one_turned_askew_is_known_only_when_it_shows_whole(void **state) {
    (void)state;
    Image *i = image_at(100, 100, 1000);
    i->rotation = 10;
    assert_true(only()->cropped == 0);
    facts_end_page(facts);
    i = image_at(100, 100, 1000);
    i->rotation = 10;
    i->clip.x1 = 200;
    assert_true(isnan(only()->cropped));
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)
    const struct CMUnitTest tests[] = {
        TEST(a_large_visible_image_is_a_picture),
        TEST(small_hidden_and_bilevel_images_are_not),
        TEST(without_limits_none_is_large),
        TEST(clips_and_the_edge_of_the_art_crop),
        TEST(one_turned_askew_is_known_only_when_it_shows_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
