#include "facts/facts_yaml.h"

#include <math.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static Arena *arena;
static Errors errors;

static int start(void **state) {
    (void)state;
    arena = arena_new();
    errors = (Errors){.arena = arena};
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static bool read_row(FactKind kind, void *row, const char *yaml) {
    YamlText text = {.file = "f.yaml", .text = str_of(yaml)};
    YamlNode *node = yaml_parse(arena, &text, &errors);
    assert_non_null(node);
    row_clear(entity_of(kind), row);
    return row_from_yaml(entity_of(kind), row, arena, &text, node, &errors);
}

static void check_refused(FactKind kind, const char *yaml, const char *zh, const char *en) {
    char row[1024];
    assert_true(entity_of(kind)->size <= sizeof row);
    assert_false(read_row(kind, row, yaml));
    assert_int_equal(errors.count, 1);
    assert_non_null(strstr(errors.items[0].text.zh, zh));
    assert_non_null(strstr(errors.items[0].text.en, en));
}

static void check_length(const char *written, double expected) {
    double value = NAN;
    assert_true(measure_parse(arena, written, DIM_LENGTH, &value, NULL));
    assert_true(fabs(value - expected) < 1e-9);
}

static void lengths_are_read_as_people_type_them(void **state) {
    (void)state;
    check_length("3mm", MM(3));
    check_length("3 毫米", MM(3));
    check_length("0.5cm", MM(5));
    check_length("2pt", 2);
    check_length("３ＭＭ", MM(3));
    check_length(" -1.5 mm ", MM(-1.5));
    check_length("3㎜", MM(3));
    check_length("0", 0);
}

static void other_measures_have_their_own_units(void **state) {
    (void)state;
    double value = NAN;
    assert_true(measure_parse(arena, "300%", DIM_RATIO, &value, NULL) && value == 3);
    assert_true(measure_parse(arena, "２５０％", DIM_RATIO, &value, NULL) && value == 2.5);
    assert_true(measure_parse(arena, "300 dpi", DIM_RESOLUTION, &value, NULL) && value == 300);
    assert_true(measure_parse(arena, "20MB", DIM_BYTES, &value, NULL) && value == 20971520);
    assert_true(measure_parse(arena, "1:10", DIM_NONE, &value, NULL) && fabs(value - 0.1) < 1e-12);
}

static void a_length_without_a_unit_is_refused(void **state) {
    (void)state;
    check_refused(FACT_limit, "safe: 3\n", "缺少单位", "write a length such as 3mm");
}

static void a_ratio_without_a_percent_sign_is_refused(void **state) {
    (void)state;
    check_refused(FACT_limit, "tac_max: 300\n", "例如 300%", "write a percentage such as 300%");
}

static void a_unit_of_another_dimension_is_refused(void **state) {
    (void)state;
    check_refused(FACT_limit, "tac_max: 3mm\n", "mm 是长度的单位", "mm is for a length");
}

static void a_word_that_is_no_unit_is_refused(void **state) {
    (void)state;
    check_refused(FACT_limit, "safe: 3mn\n", "不认识“mn”", "\"mn\" is no unit");
}

static void keys_are_taken_in_either_language(void **state) {
    (void)state;
    Job job;
    assert_true(read_row(FACT_job, &job, "客户: 甲方\nsize_w: 210mm\n页数: 24\n有工作单: 是\n"));
    assert_string_equal(job.client, "甲方");
    assert_true(fabs(job.size_w - MM(210)) < 1e-9);
    assert_int_equal(job.page_count, 24);
    assert_int_equal(job.sheet, 1);
}

static void fields_without_a_key_stay_unknown(void **state) {
    (void)state;
    Job job;
    assert_true(read_row(FACT_job, &job, "{}"));
    assert_null(job.client);
    assert_int_equal(job.page_count, UNKNOWN_INT);
}

static void the_plain_word_unknown_leaves_a_field_unknown(void **state) {
    (void)state;
    Job job;
    assert_true(read_row(FACT_job, &job,
                         "client: unknown\nproject: \"unknown\"\nsize_w: unknown\n"
                         "spots: unknown\n"));
    assert_null(job.client);
    assert_string_equal(job.project, "unknown");
    assert_true(isnan(job.size_w));
    assert_null(job.spots);
}

static void words_of_an_enumeration_are_taken_in_either_language(void **state) {
    (void)state;
    Job job;
    assert_true(read_row(FACT_job, &job,
                         "process: 胶印\nstage: Final\ntext: outlined\n"
                         "binding: null\n"));
    assert_int_equal(job.process, PROCESS_OFFSET);
    assert_int_equal(job.stage, STAGE_FINAL);
    assert_int_equal(job.text, TEXT_OUTLINED);
    assert_int_equal(job.binding, BINDING_NONE);
}

static void a_misspelt_word_brings_the_right_one(void **state) {
    (void)state;
    check_refused(FACT_job, "process: ofset\n", "是“offset”吗", "did you mean \"offset\"");
}

static void a_word_that_resembles_none_brings_all_of_them(void **state) {
    (void)state;
    check_refused(FACT_job, "process: 丝网\n", "胶印、报纸", "offset, newspaper");
}

static void a_misspelt_key_brings_the_right_one(void **state) {
    (void)state;
    check_refused(FACT_job, "clinet: x\n", "是“client”吗", "did you mean \"client\"");
}

static void a_misspelt_chinese_key_brings_the_right_one(void **state) {
    (void)state;
    check_refused(FACT_job, "成品款: 210mm\n", "成品宽", "成品宽");
}

static void one_field_by_two_names_is_refused(void **state) {
    (void)state;
    check_refused(FACT_job, "client: a\n客户: b\n", "各写了一次", "written twice");
}

static void every_trouble_of_a_map_is_reported(void **state) {
    (void)state;
    Job job;
    assert_false(read_row(FACT_job, &job, "clinet: x\nsize_w: 3\npage_count: 2.5\nsheet: maybe\n"));
    assert_int_equal(errors.count, 4);
    assert_int_equal(errors.items[2].at.line, 3);
}

static void texts_come_as_a_list_or_as_one(void **state) {
    (void)state;
    Job job;
    assert_true(read_row(FACT_job, &job, "spots: [PANTONE 185 C, 金]\ninks: 金\n"));
    assert_int_equal(job.spots->count, 2);
    assert_string_equal(job.spots->items[1], "金");
    assert_int_equal(job.inks->count, 1);
    assert_true(read_row(FACT_job, &job, "spots: []\ninks:\n"));
    assert_int_equal(job.spots->count, 0);
    assert_int_equal(job.inks->count, 0);
}

static void a_nested_map_becomes_the_row_it_refers_to(void **state) {
    (void)state;
    Stroke stroke;
    assert_true(read_row(FACT_stroke, &stroke,
                         "style: {space: rgb, alpha: 50%, layer: {name: 刀版}}\nwidth_min: 0.1mm\n"
                         "box: [0mm, 0mm, 10mm, 2pt]\nvisible: no\nparent: null\n"));
    assert_int_equal(stroke.style->space, SPACE_RGB);
    assert_true(stroke.style->alpha == 0.5);
    assert_string_equal(stroke.style->layer->name, "刀版");
    assert_true(fabs(stroke.width_min - MM(0.1)) < 1e-6);
    assert_true(stroke.box.y1 == 2);
    assert_int_equal(stroke.visible, 0);
    assert_null(stroke.parent);
    assert_true(isnan(stroke.clip.x0));
}

static void a_wrong_key_in_a_nested_map_is_refused_there(void **state) {
    (void)state;
    check_refused(FACT_stroke, "style: {spce: rgb}\n", "“样式”里没有“spce”", "style has no");
    assert_int_equal(errors.items[0].at.column, 9);
}

static void a_key_without_a_value_is_refused(void **state) {
    (void)state;
    check_refused(FACT_job, "client:\nproject: x\n", "没有写值", "value is missing");
}

static void a_list_where_one_value_belongs_is_refused(void **state) {
    (void)state;
    check_refused(FACT_job, "client: [a, b]\n", "只写一个值", "one value");
}

static void a_scalar_where_a_map_belongs_is_refused(void **state) {
    (void)state;
    check_refused(FACT_stroke, "style: rgb\n", "名称: 值", "name: value");
}

static void a_box_takes_four_lengths(void **state) {
    (void)state;
    check_refused(FACT_stroke, "box: [0mm, 1mm]\n", "四个数", "four numbers");
}

static void a_whole_number_has_no_fraction(void **state) {
    (void)state;
    check_refused(FACT_job, "page_count: 2.5\n", "整数", "whole number");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(lengths_are_read_as_people_type_them),
        CASE(other_measures_have_their_own_units),
        CASE(a_length_without_a_unit_is_refused),
        CASE(a_ratio_without_a_percent_sign_is_refused),
        CASE(a_unit_of_another_dimension_is_refused),
        CASE(a_word_that_is_no_unit_is_refused),
        CASE(keys_are_taken_in_either_language),
        CASE(fields_without_a_key_stay_unknown),
        CASE(the_plain_word_unknown_leaves_a_field_unknown),
        CASE(words_of_an_enumeration_are_taken_in_either_language),
        CASE(a_misspelt_word_brings_the_right_one),
        CASE(a_word_that_resembles_none_brings_all_of_them),
        CASE(a_misspelt_key_brings_the_right_one),
        CASE(a_misspelt_chinese_key_brings_the_right_one),
        CASE(one_field_by_two_names_is_refused),
        CASE(every_trouble_of_a_map_is_reported),
        CASE(texts_come_as_a_list_or_as_one),
        CASE(a_nested_map_becomes_the_row_it_refers_to),
        CASE(a_wrong_key_in_a_nested_map_is_refused_there),
        CASE(a_key_without_a_value_is_refused),
        CASE(a_list_where_one_value_belongs_is_refused),
        CASE(a_scalar_where_a_map_belongs_is_refused),
        CASE(a_box_takes_four_lengths),
        CASE(a_whole_number_has_no_fraction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
