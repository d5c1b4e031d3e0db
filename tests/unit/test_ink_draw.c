/* What the drawing makes of scopes, clips, masks and patterns. Values are worked out by hand. */
#include "plate_page.h"

static void a_fill_covers_its_pixels(void **state) {
    PlatePage *p = draw(state, "", "1 0 0 0.5 k 2 1 4 3 re f", NULL);
    assert_ink(p, "Cyan", 2, 1, 255);
    assert_ink(p, "Black", 5, 3, 128);
    assert_ink(p, "Cyan", 6, 3, 0);
    assert_true(p->plates.complete);
}

static void the_page_is_turned_as_viewed(void **state) {
    ((PlatePage *)*state)->page = "/Rotate 90";
    PlatePage *p = draw(state, "", "0 0 0 1 k 0 0 2 1 re f", NULL);
    assert_int_equal(p->plates.width, 10);
    assert_int_equal(p->plates.height, 20);
    assert_int_equal(p->pixels[PLANE_BLACK][0],
                     255); /* lower left comes to stand at the top left */
    assert_int_equal(p->pixels[PLANE_BLACK][10], 255);
    assert_int_equal(p->pixels[PLANE_BLACK][20], 0);
}

/* Its right border is that of the area it is drawn in. */
static void a_fill_that_reaches_beyond_the_page_fills_up_to_it(void **state) {
    PlatePage *p = draw(state, "", "3 0 4 100 re W n 0 0 0 1 k 3 0 4 100 re f", NULL);
    assert_ink(p, "Black", 3, 5, 255);
    assert_ink(p, "Black", 6, 5, 255);
    assert_ink(p, "Black", 7, 5, 0);
}

static void a_line_around_the_page_leaves_it_bare(void **state) {
    PlatePage *p = draw(state, "", "0 0 0 1 K 5 w -9 -9 60 60 re S", NULL);
    assert_ink(p, "Black", 5, 5, 0);
}

static void straight_clips_cut_parts_of_pixels(void **state) {
    PlatePage *p = draw(state, "", "2.5 0 3 10 re W n 0 0 0 1 k 0 0 20 10 re f", NULL);
    assert_ink(p, "Black", 1, 5, 0);
    assert_ink(p, "Black", 2, 5, 128);
    assert_ink(p, "Black", 3, 5, 255);
    assert_ink(p, "Black", 5, 5, 128);
    assert_ink(p, "Black", 6, 5, 0);
}

static void the_same_clip_twice_cuts_once(void **state) {
    PlatePage *p =
        draw(state, "", "2.5 0 3 10 re W n 2.5 0 3 10 re W n 0 0 0 1 k 0 0 20 10 re f", NULL);
    assert_ink(p, "Black", 2, 5, 128);
}

static void clip_paths_meet(void **state) {
    PlatePage *p = draw(state, "",
                        "0 0 m 20 0 l 20 10 l h W n 10 0 m 20 0 l 20 10 l 10 10 l 9 5 l h W n "
                        "0 0 0 1 k 0 0 20 10 re f",
                        NULL);
    assert_ink(p, "Black", 15, 2, 255);
    assert_ink(p, "Black", 5, 1, 0);
    assert_ink(p, "Black", 12, 9, 0);
}

static const char tint[] = "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 0 1 0]>>";

static void all_is_every_plate_also_those_to_come(void **state) {
    PlatePage *p = draw(state,
                        "/ColorSpace<</A[/Separation/All/DeviceCMYK 5 0 R]"
                        "/G[/Separation/Gold/DeviceCMYK 5 0 R]>>",
                        "/A cs 0.4 scn 0 0 4 10 re f 0 0 0 1 k 0 0 2 10 re f "
                        "/G cs 1 scn 10 0 2 10 re f",
                        tint, NULL);
    assert_ink(p, "Gold", 3, 5, 102);
    assert_ink(p, "Gold", 1, 5, 0); /* black knocked it out before it had a name */
    assert_ink(p, "Gold", 10, 5, 255);
    assert_ink(p, "Cyan", 3, 5, 102);
}

#define GROUP(keys)                                                                                \
    "/Type/XObject/Subtype/Form/BBox[0 0 20 10]/Resources<</ExtGState<</O<</OP true/op true/OPM "  \
    "1>>>>>>/Group<</S/Transparency" keys ">>|/O gs 0 1 0 0 k 0 0 20 10 re f"

static void overprint_reaches_through_a_group_that_is_not_isolated(void **state) {
    PlatePage *p =
        draw(state, "/XObject<</F 5 0 R>>", "1 0 0 0 k 0 0 20 10 re f /F Do", GROUP(""), NULL);
    assert_ink(p, "Cyan", 5, 5, 255);
    assert_ink(p, "Magenta", 5, 5, 255);
}

static void overprint_ends_at_the_edge_of_an_isolated_group(void **state) {
    PlatePage *p = draw(state, "/XObject<</F 5 0 R>>", "1 0 0 0 k 0 0 20 10 re f /F Do",
                        GROUP("/I true"), NULL);
    assert_ink(p, "Cyan", 5, 5, 0);
    assert_ink(p, "Magenta", 5, 5, 255);
}

static void a_group_is_as_opaque_as_its_state_says(void **state) {
    PlatePage *p = draw(state, "/XObject<</F 5 0 R>>/ExtGState<</H<</ca 0.5>>>>",
                        "1 0 0 0 k 0 0 20 10 re f /H gs /F Do",
                        "/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Group<</S/Transparency/I true>>"
                        "|0 1 0 0 k 0 0 20 10 re f 0 0 5 10 re f",
                        NULL);
    assert_ink(p, "Cyan", 2, 5, 127);
    assert_ink(p, "Magenta", 2, 5, 128);
    assert_ink(p, "Magenta", 7, 5, 128);
    assert_ink(p, "Cyan", 15, 5, 255);
}

static void fill_and_stroke_of_one_path_do_not_show_through_each_other(void **state) {
    PlatePage *p = draw(state, "/ExtGState<</H<</ca 0.5/CA 0.5>>>>",
                        "/H gs 1 0 0 0 k 0 1 0 0 K 4 w 5 0 10 10 re B", NULL);
    assert_ink(p, "Cyan", 10, 5, 128);
    assert_ink(p, "Cyan", 6, 5, 0); /* under the inner half of the stroke */
    assert_ink(p, "Magenta", 6, 5, 128);
}

static void a_luminosity_mask_lets_through_what_is_light(void **state) {
    PlatePage *p =
        draw(state, "/ExtGState<</M<</SMask<</S/Luminosity/G 5 0 R>>>>>>",
             "/M gs 0 0 0 1 k 0 0 20 10 re f",
             "/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Group<</S/Transparency/CS/DeviceGray>>"
             "|1 g 0 0 5 10 re f 0.5 g 5 0 5 10 re f",
             NULL);
    assert_ink(p, "Black", 2, 5, 255);
    assert_ink(p, "Black", 7, 5, 128);
    assert_ink(p, "Black", 15, 5, 0); /* the backdrop is black */
}

static void backdrop_and_transfer_of_a_mask_count_outside_of_it(void **state) {
    PlatePage *p =
        draw(state, "/ExtGState<</M<</SMask<</S/Luminosity/BC[1]/TR 6 0 R/G 5 0 R>>>>>>",
             "/M gs 0 0 0 1 k 0 0 20 10 re f",
             "/Type/XObject/Subtype/Form/BBox[0 0 10 10]/Group<</S/Transparency/CS/DeviceGray>>"
             "|0 g 0 0 10 10 re f",
             "<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[0.2]>>", NULL);
    assert_ink(p, "Black", 2, 5, 255);
    assert_ink(p, "Black", 15, 5, 51);
}

static void an_alpha_mask_is_what_the_group_covers(void **state) {
    PlatePage *p = draw(
        state, "/ExtGState<</M<</SMask<</S/Alpha/G 5 0 R>>>>>>", "/M gs 0 0 0 1 k 0 0 20 10 re f",
        "/Type/XObject/Subtype/Form/BBox[0 0 20 10]/Group<</S/Transparency>>"
        "/Resources<</ExtGState<</H<</ca 0.5>>>>>>|0 0 5 10 re f /H gs 5 0 5 10 re f",
        NULL);
    assert_ink(p, "Black", 2, 5, 255);
    assert_ink(p, "Black", 7, 5, 128);
    assert_ink(p, "Black", 12, 5, 0);
}

#define TILING(keys) "/Type/Pattern/PatternType 1/TilingType 1/Resources<<>>" keys

static void cells_meet_without_seams(void **state) {
    PlatePage *p =
        draw(state, "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 20 10 re f",
             TILING("/PaintType 1/BBox[0 0 1.3 1.3]/XStep 1.3/YStep 1.3") "|0 0 0 1 k 0 0 2 2 re f",
             NULL);
    for (int x = 0; x < 20; x++)
        assert_ink(p, "Black", x, 5, 255);
}

static void gaps_between_cells_stay_bare(void **state) {
    PlatePage *p = draw(state, "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 20 10 re f",
                        TILING("/PaintType 1/BBox[0 0 1 2]/XStep 2/YStep 2/Matrix[1 0.4 -0.4 1 3 "
                               "1]") "|0 0 0 1 k 0 0 1 2 re f",
                        NULL);
    double mean = mean_ink(p, "Black");
    assert_true(mean > 121 && mean < 134);
}

static void an_uncoloured_cell_takes_the_colour_below(void **state) {
    PlatePage *p = draw(state, "/Pattern<</P 5 0 R>>/ColorSpace<</U[/Pattern/DeviceCMYK]>>",
                        "0 1 0 0 k 0 0 20 10 re f /U cs 1 0 0 0 /P scn 0 0 20 10 re f",
                        TILING("/PaintType 2/BBox[0 0 4 4]/XStep 4/YStep 4") "|0 0 2 4 re f", NULL);
    assert_ink(p, "Cyan", 1, 5, 255);
    assert_ink(p, "Cyan", 3, 5, 0);
    assert_ink(p, "Magenta", 3, 5, 255);
    assert_ink(p, "Magenta", 1, 5, 0);
}

static void a_cell_that_shows_once_is_drawn_where_it_stands(void **state) {
    PlatePage *p = draw(state, "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 20 10 re f",
                        TILING("/PaintType 1/BBox[0 0 100 100]/XStep 100/YStep 100/Matrix[1 0 0 1 "
                               "-90 -90]") "|0 0 0 1 k 93 90 4 100 re f",
                        NULL);
    assert_ink(p, "Black", 2, 5, 0);
    assert_ink(p, "Black", 3, 5, 255);
    assert_ink(p, "Black", 6, 5, 255);
    assert_ink(p, "Black", 7, 5, 0);
}

static void a_pattern_that_is_not_there_is_told(void **state) {
    PlatePage *p = draw(state, "", "/Pattern cs /Missing scn 0 0 20 10 re f", NULL);
    assert_false(p->plates.complete);
}

static void bands_hold_the_same_ink_as_the_whole(void **state) {
    static const char content[] = "1 0 0 0 k 1 1 m 19 2 l 10 9 l f 0 0 0 1 K 0.3 w 0 0 m 20 10 l S "
                                  "/A cs 0.3 scn 4 4 8 5 re f /G cs 1 scn 1 0 5 1 re f";
    static const char resources[] = "/ColorSpace<</A[/Separation/All/DeviceCMYK 5 0 R]"
                                    "/G[/Separation/Gold/DeviceCMYK 5 0 R]>>";
    PlatePage *p = *state;
    p->ppi = 2000;
    PlatePage whole = *draw(state, resources, content, tint, NULL);
    p->budget = 200 << 10;
    p->bands = 0;
    memset(p->pixels, 0, sizeof p->pixels);
    draw(state, resources, content, tint, NULL);
    assert_int_equal(whole.bands, 1);
    assert_true(p->bands > 1);
    assert_int_equal(p->plane_count, whole.plane_count);
    size_t n = (size_t)p->plates.width * (size_t)p->plates.height;
    for (int i = 0; i < p->plane_count; i++) {
        int k = 0;
        while (strcmp(whole.names[k], p->names[i]))
            k++;
        assert_memory_equal(whole.pixels[k], p->pixels[i], n);
    }
}

static void what_does_not_print_is_not_drawn(void **state) {
    ((PlatePage *)*state)->page = "/Annots[6 0 R 7 0 R]";
    PlatePage *p =
        draw(state, "", "", "/Type/XObject/Subtype/Form/BBox[0 0 5 10]|0 0 0 1 k 0 0 5 10 re f",
             "<</Type/Annot/Subtype/Stamp/Rect[0 0 5 10]/F 4/AP<</N 5 0 R>>>>",
             "<</Type/Annot/Subtype/Stamp/Rect[10 0 15 10]/AP<</N 5 0 R>>>>", NULL);
    assert_ink(p, "Black", 2, 5, 255);
    assert_ink(p, "Black", 12, 5, 0);
}

static void a_pattern_made_of_itself_is_told(void **state) {
    PlatePage *p = draw(state, "/Pattern<</P 5 0 R>>", "/Pattern cs /P scn 0 0 20 10 re f",
                        "/Type/Pattern/PatternType 1/TilingType 1/PaintType 1/BBox[0 0 5 5]/XStep 5"
                        "/YStep 5/Resources<</Pattern<</P 5 0 R>>>>"
                        "|/Pattern cs /P scn 0 0 5 5 re f 0 0 0 1 k 0 0 2 5 re f",
                        NULL);
    assert_false(p->plates.complete);
    assert_ink(p, "Black", 1, 5, 255);
}

static void a_mask_masked_by_itself_is_told(void **state) {
    PlatePage *p = draw(state, "/ExtGState<</M 6 0 R>>", "/M gs 0 0 0 1 k 0 0 20 10 re f",
                        "/Type/XObject/Subtype/Form/BBox[0 0 20 10]/Group<</S/Transparency"
                        "/CS/DeviceGray>>/Resources<</ExtGState<</M 6 0 R>>>>"
                        "|/M gs 1 g 0 0 20 10 re f",
                        "<</SMask<</S/Luminosity/G 5 0 R>>>>", NULL);
    assert_false(p->plates.complete);
}

static void matrices_without_area_and_far_places_do_no_harm(void **state) {
    PlatePage *p = draw(
        state, "/Pattern<</P 5 0 R>>",
        "q 0 0 0 0 5 5 cm 4 w 0 0 m 10 0 l S 0 0 9 9 re f Q "
        "q 1 1 1 1 0 0 cm 0 0 9 9 re W n 0 0 9 9 re f Q "
        "-1e29 -1e29 m 1e29 1e29 l 1e29 -1e29 l f 1e20 w 0 0 m 1e29 5 l S "
        "/Pattern cs /P scn 0 0 20 10 re f 1 0 0 0 k 2 2 3 3 re f",
        TILING(
            "/PaintType 1/BBox[0 0 1 1]/XStep 1e-9/YStep 1e30/Matrix[1 0 0 0 0 0]") "|0 0 1 1 re f",
        NULL);
    assert_ink(p, "Cyan", 3, 3, 255);
}

static void a_dash_of_any_fineness_ends(void **state) {
    PlatePage *p =
        draw(state, "", "[1e-7 1e-7] 0 d 3 w 0 5 m 20 5 l S [] 0 d 1 0 0 0 k 2 2 1 1 re f", NULL);
    assert_ink(p, "Cyan", 2, 2, 255);
    assert_true(!p->plates.complete || ink_at(p, "Black", 10, 5) > 100);
}

static const char black_shading[] =
    "<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[0 0 20 0]/Extend[true true]/Function"
    "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 1]/C1[0 0 0 1]>>>>";

static void a_transfer_function_is_told_whatever_it_is_for(void **state) {
#define NEGATIVE                                                                                   \
    "/ExtGState<</T<</TR<</FunctionType 2/Domain[0 1]/N 1/C0[1]/C1[0]>>>>>>"                       \
    "/Shading<</S 5 0 R>>/Pattern<</P 6 0 R>>/ColorSpace<</U[/Pattern/DeviceCMYK]>>"
    static const char *const marks[] = {"0 0 0 1 k 0 0 9 9 re f", "/S sh",
                                        "/U cs 0 0 0 1 /P scn 0 0 9 9 re f"};
    static const char cell[] = TILING("/PaintType 2/BBox[0 0 5 5]/XStep 5/YStep 5") "|0 0 3 3 re f";
    PlatePage *p = *state;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        draw(state, NEGATIVE, marks[i], black_shading, cell, NULL);
        assert_true(p->plates.complete);
        draw(state, NEGATIVE, arena_printf(p->facts->document, "/T gs %s", marks[i]), black_shading,
             cell, NULL);
        assert_false(p->plates.complete);
    }
}

/* A row of pixels, more of them than a Rasteriser takes. */
static void a_clip_that_can_not_be_made_is_told(void **state) {
    PlatePage *p = *state;
    p->ppi = 72 * 7000;
    p->region = (Box){0, 0, 20, 1.0 / 7000};
    draw(state, "/Shading<</S 5 0 R>>", "/S sh", black_shading, NULL);
    assert_true(p->plates.complete);
    draw(state, "/Shading<</S 5 0 R>>", "-9 -9 m 40 -9 l 0 40 l h W n /S sh", black_shading, NULL);
    assert_false(p->plates.complete);
}

static void a_page_that_is_cut_off_is_told(void **state) {
    PlatePage *p = *state;
    p->ppi = 72 * 60000;
    p->region = (Box){0, 0, 20, 1.0 / 60000};
    draw(state, "/Shading<</S 5 0 R>>", "/S sh", black_shading, NULL);
    assert_int_equal(p->plates.width, 1 << 20);
    assert_false(p->plates.complete);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        PLATE_TEST(a_fill_covers_its_pixels),
        PLATE_TEST(the_page_is_turned_as_viewed),
        PLATE_TEST(a_fill_that_reaches_beyond_the_page_fills_up_to_it),
        PLATE_TEST(a_line_around_the_page_leaves_it_bare),
        PLATE_TEST(straight_clips_cut_parts_of_pixels),
        PLATE_TEST(the_same_clip_twice_cuts_once),
        PLATE_TEST(clip_paths_meet),
        PLATE_TEST(all_is_every_plate_also_those_to_come),
        PLATE_TEST(overprint_reaches_through_a_group_that_is_not_isolated),
        PLATE_TEST(overprint_ends_at_the_edge_of_an_isolated_group),
        PLATE_TEST(a_group_is_as_opaque_as_its_state_says),
        PLATE_TEST(fill_and_stroke_of_one_path_do_not_show_through_each_other),
        PLATE_TEST(a_luminosity_mask_lets_through_what_is_light),
        PLATE_TEST(backdrop_and_transfer_of_a_mask_count_outside_of_it),
        PLATE_TEST(an_alpha_mask_is_what_the_group_covers),
        PLATE_TEST(cells_meet_without_seams),
        PLATE_TEST(gaps_between_cells_stay_bare),
        PLATE_TEST(an_uncoloured_cell_takes_the_colour_below),
        PLATE_TEST(a_cell_that_shows_once_is_drawn_where_it_stands),
        PLATE_TEST(a_pattern_that_is_not_there_is_told),
        PLATE_TEST(bands_hold_the_same_ink_as_the_whole),
        PLATE_TEST(what_does_not_print_is_not_drawn),
        PLATE_TEST(a_pattern_made_of_itself_is_told),
        PLATE_TEST(a_mask_masked_by_itself_is_told),
        PLATE_TEST(matrices_without_area_and_far_places_do_no_harm),
        PLATE_TEST(a_dash_of_any_fineness_ends),
        PLATE_TEST(a_transfer_function_is_told_whatever_it_is_for),
        PLATE_TEST(a_clip_that_can_not_be_made_is_told),
        PLATE_TEST(a_page_that_is_cut_off_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
