/* The content interpreter: paths, graphics state, forms, groups, patterns, budgets. */
#include "recorder.h"

static void a_path_arrives_in_page_space(void **state) {
    const char *e = walk(state, "", "2 0 0 2 10 20 cm 1 2 3 4 re f", NULL);
    assert_told(e, "fill [12 24 18 32] gray 0 clip [0 0 200 100]\n");
    assert_not_told(e, "damage");
}

static void b_is_told_as_fill_then_stroke(void **state) {
    const char *e = walk(state, "", "1 0 0 rg 0 0 1 RG 3 w 0 0 m 5 5 l b*", NULL);
    assert_told(e, "eofill [0 0 5 5] rgb 1 0 0 clip [0 0 200 100]\n"
                   "stroke [0 0 5 5] verbs 3 w 3 dash 0 rgb 0 0 1 ");
}

static void only_the_last_of_several_moves_counts(void **state) {
    const char *e = walk(state, "", "1 1 m 90 90 m 5 5 m 6 6 l S 7 7 m S", NULL);
    assert_told(e, "stroke [5 5 6 6] verbs 2");
    assert_int_equal(count_of(e, "stroke"), 1);
}

static void what_follows_a_closed_path_starts_at_its_start(void **state) {
    const char *e = walk(state, "", "1 1 m 5 1 l 5 5 l h 9 9 l S", NULL);
    assert_told(e, "stroke [1 1 9 9] verbs 6");
}

static void clips_narrow_and_come_back_with_q(void **state) {
    const char *e = walk(
        state, "", "q 10 10 50 50 re W n 40 40 90 90 re W* n 0 0 1 1 re f Q 0 0 1 1 re f", NULL);
    assert_told(e, "clip [40 40 60 60]\nfill [0 0 1 1] gray 0 clip [0 0 200 100]\n");
}

static void clips_that_do_not_meet_have_no_area(void **state) {
    const char *e = walk(state, "", "0 0 5 5 re W n 9 9 5 5 re W n 0 0 1 1 re f", NULL);
    assert_told(e, "clip [9 9 9 9]");
}

static void unusable_numbers_drop_the_segment_and_are_told(void **state) {
    const char *e = walk(
        state, "", "1 1 m 2 2 l 99999999999999999999999999999999999999999 3 l S nan 5 5 l", NULL);
    assert_told(e, "stroke [1 1 2 2] verbs 2");
    assert_told(e, "damage a path has a coordinate that is no usable number\n");
    assert_told(e, "damage an operator is unknown\n");
}

static void unknown_operators_are_quiet_between_bx_and_ex(void **state) {
    assert_not_told(walk(state, "", "BX 1 2 foo EX 0 0 1 1 re f", NULL), "damage");
}

static void surplus_q_and_emc_do_no_harm(void **state) {
    const char *e = walk(state, "", "Q Q EMC 2 0 0 2 0 0 cm q /A BMC Q 1 1 1 1 re f", NULL);
    assert_told(e, "fill [2 2 4 4]");
}

static void op_without_its_partner_sets_both(void **state) {
    const char *e = walk(state, "/ExtGState<</A<</OP true/OPM 1>>/B<</op false/OP true>>>>",
                         "/A gs 0 0 1 1 re f /B gs 0 0 2 2 re f", NULL);
    assert_told(e, "fill [0 0 1 1] gray 0 clip [0 0 200 100] op 1 OP 1 OPM 1\n");
    assert_told(e, "fill [0 0 2 2] gray 0 clip [0 0 200 100] op 0 OP 1 OPM 1\n");
}

static void the_graphics_state_dictionary_is_read(void **state) {
    const char *e =
        walk(state, "/ExtGState<</A<</LW 4/D[[3 2]0]/ca .5/CA .25/BM[/Nonsense/Multiply]>>>>",
             "/A gs 0 0 m 1 1 l S", NULL);
    assert_told(e, "w 4 dash 2 gray 0 clip [0 0 200 100] ca 0.5 CA 0.25 multiply\n");
}

static void dashes_that_never_advance_are_solid(void **state) {
    assert_told(walk(state, "", "[0 0] 0 d 0 0 m 1 1 l S", NULL), "dash 0");
}

static void contents_may_be_cut_anywhere_between_tokens(void **state) {
    const char *const objects[] = {"<</Type/Catalog/Pages 2 0 R>>",
                                   "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                   "<</Type/Page/Parent 2 0 R/Contents[4 0 R 5 0 R 6 0 R]>>",
                                   "|1 2 3",
                                   "|4 re",
                                   "|f",
                                   NULL};
    assert_told(walk_file(*state, objects), "fill [1 2 4 6]");
}

static void a_form_inherits_resources_and_is_clipped_to_its_box(void **state) {
    const char *e =
        walk(state, "/XObject<</F 5 0 R>>/ColorSpace<</S[/Separation/Gold/DeviceCMYK 6 0 R]>>",
             "2 0 0 2 0 0 cm /F Do 0 0 1 1 re f",
             "/Subtype/Form/BBox[0 0 10 10]/Matrix[1 0 0 1 5 5]|/S cs .5 scn 1 1 2 2 re f",
             "<</FunctionType 2/Domain[0 1]/N 1/C1[0 0 1 0]>>", NULL);
    assert_told(e, "begin form F [10 10 30 30] clip [10 10 30 30]\n"
                   "fill [12 12 16 16] separation Gold 0.5 clip [10 10 30 30]\nend form\n"
                   "fill [0 0 2 2] gray 0 clip [0 0 200 100]\n");
}

static void a_group_stands_inside_its_form_and_starts_afresh(void **state) {
    const char *e = walk(
        state, "/XObject<</F 5 0 R>>/ExtGState<</A<</ca .5/BM/Screen>>>>", "/A gs /F Do",
        "/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency/I true/K true>>|1 1 2 2 re f", NULL);
    assert_told(e, "begin form F [0 0 9 9] clip [0 0 9 9] ca 0.5 CA 1 screen\n"
                   "begin group F [0 0 9 9] isolated knockout clip [0 0 9 9] ca 0.5 CA 1 screen\n"
                   "fill [1 1 3 3] gray 0 clip [0 0 9 9]\nend group\nend form\n");
}

static void a_form_that_contains_itself_ends(void **state) {
    const char *e =
        walk(state, "/XObject<</F 5 0 R>>", "/F Do 0 0 1 1 re f",
             "/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>|/F Do", NULL);
    assert_told(e, "damage an object contains itself\n");
    assert_told(e, "fill [0 0 1 1]");
}

static void a_billion_nested_forms_end_by_the_budget(void **state) {
    Recorder *r = *state;
    const char *objects[16] = {
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>", "|/F Do"};
    for (int i = 4; i < 14; i++)
        objects[i] = arena_printf(r->facts->document,
                                  "/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>|"
                                  "/F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do",
                                  i + 2);
    r->budget.operators = 100000;
    assert_told(walk_file(r, objects), "damage content is too complex; reading stopped\n");
    assert_false(r->complete);
    assert_int_equal(count_of(r->events, "begin form"), count_of(r->events, "end form"));
}

static void decoded_bytes_have_a_budget(void **state) {
    Recorder *r = *state;
    r->budget.bytes = 10;
    walk(state, "", "0 0 1 1 re f 0 0 1 1 re f 0 0 1 1 re f", NULL);
    assert_told(r->events, "damage content is too large when decoded; reading stopped\n");
    assert_false(r->complete);
}

static void a_tiling_cell_is_walked_once_for_many_fills(void **state) {
    const char *e = walk(state, "/Pattern<</P 5 0 R>>",
                         "/Pattern cs /P scn 0 0 5 5 re f 2 2 5 5 re f 1 1 3 3 re f",
                         "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]/XStep 4/YStep 4"
                         "/Matrix[1 0 0 1 7 0]|1 0 0 rg 0 0 2 2 re f",
                         NULL);
    assert_int_equal(count_of(e, "pattern tiling"), 3);
    assert_told(e, "fill [0 0 5 5] pattern tiling clip [0 0 200 100]\n"
                   "begin pattern  [7 0 11 4] coloured clip [0 0 5 5]\n"
                   "fill [7 0 9 2] rgb 1 0 0 clip [0 0 5 5]\nend pattern\n");
    assert_int_equal(count_of(e, "begin pattern"), 1);
}

static void a_cell_is_walked_again_where_it_was_not_seen(void **state) {
    const char *e =
        walk(state, "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 5 5 re f 190 90 5 5 re f",
             "/PatternType 1/PaintType 1/BBox[0 0 4 4]/XStep 4/YStep 4|0 0 2 2 re f", NULL);
    assert_int_equal(count_of(e, "begin pattern"), 2);
}

static void an_uncoloured_cell_takes_the_colour_it_is_given(void **state) {
    const char *e = walk(
        state, "/Pattern<</P 5 0 R>>/ColorSpace<</U[/Pattern/DeviceCMYK]>>",
        "/U cs 0 1 0 0 /P scn 0 0 5 5 re f",
        "/PatternType 1/PaintType 2/BBox[0 0 4 4]/XStep 4/YStep 4|1 0 0 rg 0 0 2 2 re f", NULL);
    assert_told(e, "fill [0 0 5 5] pattern 0 1 0 0 tiling");
    assert_told(e, "fill [0 0 2 2] cmyk 0 1 0 0 clip [0 0 5 5]\n");
}

static void a_shading_pattern_is_told_after_its_path(void **state) {
    const char *e =
        walk(state,
             "/Pattern<</P<</PatternType 2/Matrix[1 0 0 1 3 4]/Shading<</ShadingType 2/ColorSpace"
             "/DeviceCMYK>>>>>>/Shading<</S<</ShadingType 3/ColorSpace/DeviceGray>>>>",
             "/Pattern cs /P scn 0 0 5 5 re f /S sh", NULL);
    assert_told(e, "fill [0 0 5 5] pattern shading clip [0 0 200 100]\n"
                   "shading 2 cmyk at 3 4 from pattern clip [0 0 5 5]\n"
                   "shading 3 gray at 0 0 clip [0 0 200 100]\n");
}

static void a_soft_mask_is_walked_when_it_is_set_and_only_once(void **state) {
    const char *e =
        walk(state, "/ExtGState<</M<</SMask<</S/Luminosity/G 5 0 R>>>>/N<</SMask/None>>>>",
             "q /M gs 0 0 5 5 re f Q /M gs 1 1 5 5 re f /N gs 2 2 5 5 re f",
             "/Subtype/Form/BBox[0 0 9 9]/Group<</S/Transparency/CS/DeviceGray>>|1 g 0 0 9 9 re f",
             NULL);
    assert_told(e, "begin group  [0 0 9 9] for mask clip [0 0 9 9]\n"
                   "fill [0 0 9 9] gray 1 clip [0 0 9 9]\nend group\n"
                   "fill [0 0 5 5] gray 0 clip [0 0 200 100] mask 1\n");
    assert_told(e, "fill [2 2 7 7] gray 0 clip [0 0 200 100]\n");
    assert_int_equal(count_of(e, "begin group"), 1);
}

static void an_annotation_is_fitted_into_its_rectangle(void **state) {
    const char *const objects[] = {
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/Annots[4 0 R 5 0 R<</Subtype/Popup>>]>>",
        "<</Subtype/Stamp/F 4/Rect[100 50 120 70]/AS/On/AP<</N<</On 6 0 R>>>>>>",
        "<</Subtype/Link/Rect[0 0 1 1]/F 2>>",
        "/Subtype/Form/BBox[0 0 10 10]|0 0 5 5 re f",
        NULL};
    const char *e = walk_file(*state, objects);
    assert_told(e,
                "begin annotation Stamp [100 50 120 70] prints appears clip [0 0 200 100]\n"
                "begin form AP [100 50 120 70] clip [100 50 120 70]\nfill [100 50 110 60] gray 0");
    assert_told(e, "begin annotation Link [0 0 1 1] hidden clip [0 0 200 100]\nend annotation\n");
    assert_int_equal(count_of(e, "begin annotation"), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK_TEST(a_path_arrives_in_page_space),
        WALK_TEST(b_is_told_as_fill_then_stroke),
        WALK_TEST(only_the_last_of_several_moves_counts),
        WALK_TEST(what_follows_a_closed_path_starts_at_its_start),
        WALK_TEST(clips_narrow_and_come_back_with_q),
        WALK_TEST(clips_that_do_not_meet_have_no_area),
        WALK_TEST(unusable_numbers_drop_the_segment_and_are_told),
        WALK_TEST(unknown_operators_are_quiet_between_bx_and_ex),
        WALK_TEST(surplus_q_and_emc_do_no_harm),
        WALK_TEST(op_without_its_partner_sets_both),
        WALK_TEST(the_graphics_state_dictionary_is_read),
        WALK_TEST(dashes_that_never_advance_are_solid),
        WALK_TEST(contents_may_be_cut_anywhere_between_tokens),
        WALK_TEST(a_form_inherits_resources_and_is_clipped_to_its_box),
        WALK_TEST(a_group_stands_inside_its_form_and_starts_afresh),
        WALK_TEST(a_form_that_contains_itself_ends),
        WALK_TEST(a_billion_nested_forms_end_by_the_budget),
        WALK_TEST(decoded_bytes_have_a_budget),
        WALK_TEST(a_tiling_cell_is_walked_once_for_many_fills),
        WALK_TEST(a_cell_is_walked_again_where_it_was_not_seen),
        WALK_TEST(an_uncoloured_cell_takes_the_colour_it_is_given),
        WALK_TEST(a_shading_pattern_is_told_after_its_path),
        WALK_TEST(a_soft_mask_is_walked_when_it_is_set_and_only_once),
        WALK_TEST(an_annotation_is_fitted_into_its_rectangle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
