#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "read/read.h"

static Arena *arena;

static File named(const char *name) {
    File f;
    row_clear(entity_of(FACT_file), &f);
    file_name_facts(&f, arena, name);
    return f;
}

static void a_house_name_is_date_and_title(void **) {
    File f = named("060502开盘报纸.pdf");
    assert_int_equal(f.name_date, 20060502);
    assert_int_equal(f.name_date_real, 1);
    assert_string_equal(f.name_title, "开盘报纸");
    assert_string_equal(f.extension, "pdf");
    assert_int_equal(f.name_stage, STAGE_NONE);
    assert_int_equal(f.name_version, 0);
}

static void every_part_of_a_long_name_is_found(void **) {
    File f = named("20240229_湖畔折页_210x285mm_出品确认稿_V12.PDF");
    assert_int_equal(f.name_date, 20240229);
    assert_int_equal(f.name_date_real, 1);
    assert_string_equal(f.name_title, "湖畔折页");
    assert_int_equal(f.name_stage, STAGE_RELEASE);
    assert_int_equal(f.name_version, 12);
    assert_float_equal(TO_MM(f.name_width), 210, 1e-9);
    assert_float_equal(TO_MM(f.name_height), 285, 1e-9);
    assert_string_equal(f.extension, "pdf");
}

static void a_day_that_no_calendar_has_is_not_real(void **) {
    assert_int_equal(named("230229海报.pdf").name_date_real, 0);
    assert_int_equal(named("230229海报.pdf").name_date, 20230229);
    assert_int_equal(named("20231301海报.pdf").name_date_real, 0);
    assert_int_equal(named("000000.pdf").name_date_real, 0);
}

static void a_phone_number_is_no_date(void **) {
    assert_int_equal(named("13800138000.pdf").name_date, 0);
    assert_int_equal(named("海报060502.pdf").name_date, 0);
}

static void sizes_need_a_unit(void **) {
    assert_float_equal(named("banner_1920x1080.pdf").name_width, 0, 0);
    assert_float_equal(TO_MM(named("围挡 6×3m.pdf").name_width), 6000, 1e-6);
    assert_float_equal(TO_MM(named("展架80厘米*180厘米.pdf").name_height), 1800, 1e-6);
    assert_float_equal(TO_MM(named("卡 90mmx54mm.pdf").name_width), 90, 1e-9);
    assert_float_equal(TO_MM(named("单页210.5X285mm.pdf").name_width), 210.5, 1e-9);
}

static void versions_stand_by_themselves(void **) {
    assert_int_equal(named("海报v3.pdf").name_version, 3);
    assert_int_equal(named("TV2海报.pdf").name_version, 0);
    assert_int_equal(named("海报_V3终稿.pdf").name_version, 3);
    assert_string_equal(named("海报_V3_终稿.pdf").name_title, "海报_终稿");
}

static void dangerous_names_become_printable(void **) {
    File f = named("a\x1b[31m\nb\xff.pdf");
    for (const char *p = f.name; *p; p++)
        assert_true((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x7f);
    assert_string_equal(f.extension, "pdf");
}

static void a_name_may_be_empty_of_everything(void **) {
    File f = named("");
    assert_string_equal(f.name, "");
    assert_string_equal(f.extension, "");
    assert_string_equal(f.name_title, "");
    assert_string_equal(named(".pdf").extension, "");
}

static int set_up(void **) {
    arena = arena_new();
    return 0;
}

static int tear_down(void **) {
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_house_name_is_date_and_title),
        cmocka_unit_test(every_part_of_a_long_name_is_found),
        cmocka_unit_test(a_day_that_no_calendar_has_is_not_real),
        cmocka_unit_test(a_phone_number_is_no_date),
        cmocka_unit_test(sizes_need_a_unit),
        cmocka_unit_test(versions_stand_by_themselves),
        cmocka_unit_test(dangerous_names_become_printable),
        cmocka_unit_test(a_name_may_be_empty_of_everything),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
