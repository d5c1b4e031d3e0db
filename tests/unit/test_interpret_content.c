/* The content interpreter: colour spaces, text, images, optional content. */
#include "recorder.h"

static void colours_are_told_in_the_space_they_are_written_in(void **state) {
    const char *e =
        walk(state,
             "/ColorSpace<</L[/Lab<</WhitePoint[1 1 1]/Range[-50 50 -50 50]>>]"
             "/N[/DeviceN[/Cyan/Gold]/DeviceCMYK 5 0 R]/I[/Indexed/DeviceRGB 1<00112233445566>]>>",
             "/L cs 50 99 -3 sc 0 0 1 1 re f /N cs 0 0 2 2 re f .25 1 scn 0 0 3 3 re f "
             "/I cs 7 sc 0 0 4 4 re f 2 0 -1 .5 k 0 0 5 5 re f",
             "<</FunctionType 2/Domain[0 1]/N 1>>", NULL);
    assert_told(e, "[0 0 1 1] lab 50 50 -3 ");
    assert_told(e, "[0 0 2 2] devicen Cyan Gold 1 1 ");
    assert_told(e, "[0 0 3 3] devicen Cyan Gold 0.25 1 ");
    assert_told(e, "[0 0 4 4] indexed 1 ");
    assert_told(e, "[0 0 5 5] cmyk 1 0 0 0.5 ");
    assert_not_told(e, "damage");
}

static void an_icc_space_is_named_by_its_components_and_profile(void **state) {
    const char *e = walk(state, "/ColorSpace<</A[/ICCBased 5 0 R]/B[/ICCBased 6 0 R]>>",
                         "/A cs 0 0 1 1 re f /B cs 1 0 0 1 sc 0 0 2 2 re f",
                         "/N 3|xxxxyyyyzzzzwwwwLab ....", "/N 4|", NULL);
    assert_told(e, "[0 0 1 1] icc_lab 0 0 0 ");
    assert_told(e, "[0 0 2 2] icc_cmyk 1 0 0 1 ");
}

static void a_default_space_stands_in_for_the_device_space(void **state) {
    const char *e = walk(state, "/ColorSpace<</DefaultRGB[/ICCBased 5 0 R]>>",
                         "1 0 0 rg 0 0 1 1 re f /DeviceRGB cs 0 0 2 2 re f 0 g 0 0 3 3 re f",
                         "/N 3/Alternate/DeviceRGB|", NULL);
    assert_told(e, "[0 0 1 1] icc_rgb 1 0 0 ");
    assert_told(e, "[0 0 2 2] icc_rgb 0 0 0 ");
    assert_told(e, "[0 0 3 3] gray 0 ");
}

static void an_unreadable_space_is_other_and_damage(void **state) {
    const char *e = walk(state, "/ColorSpace<</X[/Separation/A]/Y[/Foo 1]>>",
                         "/X cs 0 0 1 1 re f /Y cs 1 sc 0 0 2 2 re f /Z cs 0 0 3 3 re f", NULL);
    assert_told(e, "[0 0 1 1] other");
    assert_told(e, "[0 0 2 2] other");
    assert_told(e, "damage a colour space resource is missing\n");
}

#define HELVETICA                                                                                  \
    "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 65/LastChar 66/Widths[500 "  \
    "1000]/Encoding/WinAnsiEncoding>>>>"

static void text_moves_by_widths_spacing_and_adjustments(void **state) {
    const char *e =
        walk(state, HELVETICA, "BT /F 10 Tf 2 Tc 50 Tz 10 20 Td [(AB)-1000(A)] TJ (B) Tj ET", NULL);
    /* A: (5 + 2) / 2, B: (10 + 2) / 2, the adjustment: 10 / 2, A again */
    assert_told(e, "text \"ABA\" 3 at 10 20 em 5 10 mode 0 end 28 20 gray 0");
    assert_told(e, "text \"B\" 1 at 28 20 ");
}

static void lines_follow_leading_rise_and_quotes(void **state) {
    const char *e = walk(state, HELVETICA,
                         "BT /F 10 Tf 12 TL 1 0 0 1 5 90 Tm (A) Tj T* (A) Tj (A) ' 3 Ts 1 2 (A) \" "
                         "0 -5 TD (A) Tj T* (A) Tj ET",
                         NULL);
    assert_told(e, "at 5 90 ");
    assert_told(e, "at 5 78 ");
    assert_told(e, "at 5 66 ");
    assert_told(e, "at 5 57 ");
    assert_told(e, "at 5 52 ");
    assert_told(e, "at 5 47 ");
}

static void text_modes_from_four_on_clip_at_the_end(void **state) {
    const char *e = walk(state, HELVETICA, "BT /F 10 Tf 7 Tr (AB) Tj ET 0 0 200 100 re f", NULL);
    assert_told(e, "mode 7 end 15 0");
    assert_told(e, "fill [0 0 200 100] gray 0 clip [0 0 15 ");
}

static void text_without_a_font_is_told_and_is_damage(void **state) {
    const char *e = walk(state, "", "BT (AB) Tj /Nope 5 Tf (C) Tj ET", NULL);
    assert_told(e, "text \"\" 2 at 0 0 ");
    assert_told(e, "damage text is shown without a font\n");
    assert_told(e, "damage a font resource is missing\n");
}

static void vertical_text_runs_down(void **state) {
    const char *e =
        walk(state,
             "/Font<</V<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-V/DescendantFonts"
             "[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)"
             "/Ordering(Identity)/Supplement 0>>/DW 1000/DW2[880 -1000]>>]>>>>",
             "BT /V 10 Tf 50 90 Td <00010002> Tj ET", NULL);
    assert_told(e, "\" 2 at 50 90 em 10 10 mode 0 end 50 70");
}

#define TYPE3                                                                                      \
    "/Font<</T<</Type/Font/Subtype/Type3/FontBBox[0 0 1000 1000]/FontMatrix[.001 0 0 .001 0 0]"    \
    "/CharProcs<</a 5 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97"               \
    "/Widths[1000]/Resources<<>>>>>>"

static void a_type3_glyph_takes_the_colour_of_the_text(void **state) {
    const char *e = walk(state, TYPE3, "0 1 0 rg BT /T 10 Tf 3 Tr 20 30 Td (aa) Tj ET",
                         "|1000 0 0 0 750 750 d1 1 0 0 rg 0 0 500 500 re f", NULL);
    assert_told(e, "2 at 20 30 em 10 10 mode 0 end 40 30 rgb 0 1 0");
    assert_told(e, "begin type3 a [20 30 30 40] clip [0 0 200 100]\n"
                   "fill [20 30 25 35] rgb 0 1 0 clip [0 0 200 100]\nend type3\n");
    assert_int_equal(count_of(e, "begin type3"), 1);
}

static void a_type3_glyph_of_its_own_colour_keeps_it(void **state) {
    const char *e =
        walk(state, TYPE3, "BT /T 10 Tf (a) Tj ET", "|1000 0 d0 1 0 0 rg 0 0 500 500 re f", NULL);
    assert_told(e, "begin type3 a [0 0 10 10] coloured ");
    assert_told(e, "fill [0 0 5 5] rgb 1 0 0 ");
}

static void glyphs_are_told_one_by_one_when_wanted(void **state) {
    ((Recorder *)*state)->painter.wants_glyphs = true;
    const char *e =
        walk(state, TYPE3, "BT /T 10 Tf (aaa) Tj ET", "|1000 0 d0 0 0 500 500 re f", NULL);
    assert_int_equal(count_of(e, "begin type3"), 3);
    assert_told(e, "fill [20 0 25 5]");
}

static void an_image_is_told_with_its_mask_beside_it(void **state) {
    const char *e = walk(state, "/XObject<</I 5 0 R>>", "q 20 0 0 10 0 0 cm /I Do Q",
                         "/Subtype/Image/Width 4/Height 2/BitsPerComponent 8/ColorSpace/DeviceCMYK"
                         "/SMask 6 0 R|x",
                         "/Subtype/Image/Width 8/Height 4/BitsPerComponent 8/ColorSpace/DeviceGray"
                         "/Filter/ASCIIHexDecode|00>",
                         NULL);
    assert_told(e, "image 4x2 8 bits none soft cmyk clip [0 0 200 100]\n"
                   "image 8x4 8 bits other none gray for mask clip [0 0 200 100]\n");
}

static void a_stencil_has_no_space_of_its_own(void **state) {
    assert_told(
        walk(state, "/XObject<</I 5 0 R>>", "/I Do",
             "/Subtype/Image/Width 4/Height 2/ImageMask true/Filter[/FlateDecode/CCITTFaxDecode]|x",
             NULL),
        "image 4x2 1 bits ccitt stencil clip ");
}

static void an_inline_image_ends_where_its_size_says(void **state) {
    const char *e =
        walk(state, "", "BI /W 4 /H 2 /BPC 8 /CS /G ID ab EI cd\nEI 1 1 2 2 re f", NULL);
    assert_told(e, "image 4x2 8 bits none none gray inline 8 clip");
    assert_told(e, "fill [1 1 3 3]");
    assert_not_told(e, "damage");
}

static void an_inline_image_with_filters_ends_at_a_likely_end(void **state) {
    const char *e =
        walk(state, "",
             "BI /W 4/H 2/BPC 1/CS[/I/RGB 1<000000ffffff>]/F/Fl ID x EI \x01\x02 EI\n1 1 2 2 re f",
             NULL);
    assert_told(e, "image 4x2 1 bits flate none indexed inline 7 clip");
    assert_told(e, "fill [1 1 3 3]");
}

static void an_inline_image_without_end_ends_with_the_stream(void **state) {
    const char *e = walk(state, "", "BI /W 400/H 2 ID abc", NULL);
    assert_told(e, "damage an inline image has no end\n");
}

/* Three layers: 5 on, 6 off, 7 on but off for print. */
static const char *walk_layers(Recorder *r, const char *properties, const char *content) {
    Arena *a = r->facts->document;
    const char *const objects[] = {
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[5 0 R 6 0 R 7 0 R]/D<</OFF[6 0 R]"
        "/AS[<</Event/Print/Category[/Print]/OCGs[7 0 R]>><</Event/View/Category[/View]/OCGs[5 0 "
        "R]>>]>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        arena_printf(
            a,
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Properties<</A 5 0 R/B 6 0 R"
            "/C 7 0 R%s>>>>>>",
            properties),
        arena_printf(a, "|%s", content),
        "<</Type/OCG/Name(A)/Usage<</View<</ViewState/OFF>>/Print<</PrintState/OFF>>>>>>",
        "<</Type/OCG/Name(B)/GTS_Metadata<</GTS_ProcStepsGroup/Structural/GTS_ProcStepsType/"
        "Cutting>>>>",
        "<</Type/OCG/Name(C)/Usage<</Print<</PrintState/OFF>>>>>>",
        NULL};
    return walk_file(r, objects);
}

static void layers_show_and_print_as_the_default_configuration_says(void **state) {
    Recorder *r = *state;
    const char *e =
        walk_layers(r, "",
                    "/OC/A BDC 0 0 1 1 re f /OC/B BDC q 0 0 2 2 re f EMC Q 0 0 3 3 re f EMC "
                    "/OC/C BDC 0 0 4 4 re f EMC 0 0 5 5 re f");
    assert_told(e, "fill [0 0 1 1] gray 0 clip [0 0 200 100] layer 0\n");
    assert_told(e, "fill [0 0 2 2] gray 0 clip [0 0 200 100] layer 1 hidden noprint\n");
    assert_told(e, "fill [0 0 3 3] gray 0 clip [0 0 200 100] layer 0\n");
    assert_told(e, "fill [0 0 4 4] gray 0 clip [0 0 200 100] layer 2 noprint\n");
    assert_told(e, "fill [0 0 5 5] gray 0 clip [0 0 200 100]\n");
    const Layer *b = facts_at(r->facts, FACT_layer, 1);
    assert_string_equal(b->name, "B");
    assert_string_equal(b->step_type, "Cutting");
    assert_int_equal(b->visible, 0);
}

static void membership_follows_its_policy_or_expression(void **state) {
    const char *e = walk_layers(
        *state,
        "/M<</Type/OCMD/OCGs[5 0 R 6 0 R]>>/N<</Type/OCMD/OCGs[5 0 R 6 0 R]/P/AllOn>>"
        "/O<</Type/OCMD/OCGs 6 0 R/P/AllOff>>/E<</Type/OCMD/VE[/And 5 0 R[/Not 6 0 R]]>>"
        "/Z<</Type/OCMD/OCGs[]>>",
        "/OC/M BDC 0 0 1 1 re f EMC /OC/N BDC 0 0 2 2 re f EMC /OC/O BDC 0 0 3 3 re f "
        "EMC /OC/E BDC 0 0 4 4 re f EMC /OC/Z BDC 0 0 5 5 re f EMC");
    assert_told(e, "fill [0 0 1 1] gray 0 clip [0 0 200 100] layer 0\n");
    assert_told(e, "fill [0 0 2 2] gray 0 clip [0 0 200 100] layer 0 hidden noprint\n");
    assert_told(e, "fill [0 0 3 3] gray 0 clip [0 0 200 100] layer 1\n");
    assert_told(e, "fill [0 0 4 4] gray 0 clip [0 0 200 100]\n");
    assert_told(e, "fill [0 0 5 5] gray 0 clip [0 0 200 100]\n");
}

static void marked_content_without_a_tag_still_needs_its_end(void **state) {
    const char *e = walk_layers(*state, "",
                                "/OC/B BDC 1 /x BDC BMC EMC EMC 0 0 1 1 re f EMC 0 0 2 2 re f");
    assert_told(e, "fill [0 0 1 1] gray 0 clip [0 0 200 100] layer 1 hidden noprint\n");
    assert_told(e, "fill [0 0 2 2] gray 0 clip [0 0 200 100]\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WALK_TEST(colours_are_told_in_the_space_they_are_written_in),
        WALK_TEST(an_icc_space_is_named_by_its_components_and_profile),
        WALK_TEST(a_default_space_stands_in_for_the_device_space),
        WALK_TEST(an_unreadable_space_is_other_and_damage),
        WALK_TEST(text_moves_by_widths_spacing_and_adjustments),
        WALK_TEST(lines_follow_leading_rise_and_quotes),
        WALK_TEST(text_modes_from_four_on_clip_at_the_end),
        WALK_TEST(text_without_a_font_is_told_and_is_damage),
        WALK_TEST(vertical_text_runs_down),
        WALK_TEST(a_type3_glyph_takes_the_colour_of_the_text),
        WALK_TEST(a_type3_glyph_of_its_own_colour_keeps_it),
        WALK_TEST(glyphs_are_told_one_by_one_when_wanted),
        WALK_TEST(an_image_is_told_with_its_mask_beside_it),
        WALK_TEST(a_stencil_has_no_space_of_its_own),
        WALK_TEST(an_inline_image_ends_where_its_size_says),
        WALK_TEST(an_inline_image_with_filters_ends_at_a_likely_end),
        WALK_TEST(an_inline_image_without_end_ends_with_the_stream),
        WALK_TEST(layers_show_and_print_as_the_default_configuration_says),
        WALK_TEST(marked_content_without_a_tag_still_needs_its_end),
        WALK_TEST(membership_follows_its_policy_or_expression),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
