#include "base/sha256.h"
#include "base/units.h"

#include <math.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void every_unit_leads_to_its_canonical_value(void **state) {
    (void)state;
    assert_true(fabs(unit_find(STR("mm"))->factor - MM(1)) < 1e-12);
    assert_true(fabs(unit_find(STR("cm"))->factor - MM(10)) < 1e-12);
    assert_true(fabs(unit_find(STR("in"))->factor - 72) < 1e-12);
    assert_true(unit_find(STR("%"))->factor == 0.01);
    assert_true(unit_find(STR("MB"))->factor == 1048576);
    assert_true(fabs(unit_find(STR("mm2"))->factor - MM(1) * MM(1)) < 1e-9);
    assert_true(fabs(unit_find(STR("cm2"))->factor - MM(10) * MM(10)) < 1e-9);
}

static void units_are_found_in_chinese_and_in_any_case(void **state) {
    (void)state;
    assert_string_equal(unit_find(STR("毫米"))->suffix, "mm");
    assert_string_equal(unit_find(STR("MM"))->suffix, "mm");
    assert_string_equal(unit_find(STR("mb"))->suffix, "MB");
    assert_null(unit_find(STR("furlong")));
    assert_null(unit_find(STR("")));
}

static void people_read_lengths_in_millimetres(void **state) {
    (void)state;
    assert_string_equal(unit_shown(DIM_LENGTH)->suffix, "mm");
    assert_string_equal(unit_shown(DIM_RESOLUTION)->suffix, "ppi");
    assert_string_equal(unit_shown(DIM_RATIO)->suffix, "%");
    assert_null(unit_shown(DIM_NONE));
}

static void lengths_within_the_tolerance_are_equal(void **state) {
    (void)state;
    assert_int_equal(measure_compare(MM(0.2), MM(0.195), DIM_LENGTH), 0);
    assert_int_equal(measure_compare(MM(0.2), MM(0.18), DIM_LENGTH), 1);
    assert_int_equal(measure_compare(MM(0.18), MM(0.2), DIM_LENGTH), -1);
}

static void other_measures_are_compared_closely(void **state) {
    (void)state;
    assert_int_equal(measure_compare(300, 300.0000001, DIM_RESOLUTION), 0);
    assert_int_equal(measure_compare(299.99, 300, DIM_RESOLUTION), -1);
    assert_int_equal(measure_compare(0.1 + 0.2, 0.3, DIM_RATIO), 0);
    assert_int_equal(measure_compare(0, 0, DIM_NONE), 0);
}

static void dimensions_have_names_in_both_languages(void **state) {
    (void)state;
    assert_string_equal(dimension_name(DIM_LENGTH, LANG_ZH), "长度");
    assert_string_equal(dimension_name(DIM_LENGTH, LANG_EN), "a length");
}

/* FIPS 180-4 example values. */
static void sha256_gives_the_published_digests(void **state) {
    (void)state;
    char hex[SHA256_HEX];
    sha256_of("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_of("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    sha256_of(two_blocks, strlen(two_blocks), hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void sha256_in_pieces_is_sha256_of_the_whole(void **state) {
    (void)state;
    char whole[SHA256_HEX], pieces[SHA256_HEX];
    Sha256 h;
    sha256_of("the artwork", 11, whole);
    sha256_start(&h);
    sha256_add(&h, "the", 3);
    sha256_add(&h, "", 0);
    sha256_add(&h, " artwork", 8);
    sha256_end(&h, pieces);
    assert_string_equal(whole, pieces);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_leads_to_its_canonical_value),
        cmocka_unit_test(units_are_found_in_chinese_and_in_any_case),
        cmocka_unit_test(people_read_lengths_in_millimetres),
        cmocka_unit_test(lengths_within_the_tolerance_are_equal),
        cmocka_unit_test(other_measures_are_compared_closely),
        cmocka_unit_test(dimensions_have_names_in_both_languages),
        cmocka_unit_test(sha256_gives_the_published_digests),
        cmocka_unit_test(sha256_in_pieces_is_sha256_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
