/* Which profile the press has, and which ICC colour it takes as its own inks. */
#include "press_room.h"
#include "tiny_profile.h"

#include "base/sha256.h"

static const Overprint off = {0};

static const char *intent(Arena *a, const char *kind, int profile) {
    return arena_printf(a, "<</S/%s/OutputConditionIdentifier(X)/DestOutputProfile %d 0 R>>", kind,
                        profile);
}

static const char *profile_object(Arena *a, Bytes b, int n) {
    return hex_stream(a, arena_printf(a, "/N %d", n), b.p, b.n);
}

static void without_an_intent_it_is_the_built_in_one(void **state) {
    Room *r = *state;
    room_open(r, "", "", "0 g", NULL);
    assert_true(press_profile(&r->profile, r->facts->document, r->file, NULL, &r->why));
    assert_int_equal(r->profile.source, PRESS_BUILT_IN);
    assert_true(r->profile.count > 1000);
    assert_string_not_equal(r->profile.name, "");
    char digest[SHA256_HEX];
    sha256_of(r->profile.bytes, r->profile.count, digest);
    assert_string_equal(r->profile.sha256, digest);
}

static void the_intent_of_pdf_x_comes_before_others(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    const char *objects[] = {profile_object(a, tiny_cmyk(a, "Archive", 0.2), 4),
                             profile_object(a, tiny_cmyk(a, "Press", 0.8), 4), NULL};
    room_open(r,
              arena_printf(a, "/OutputIntents[%s%s]", intent(a, "GTS_PDFA1", 5),
                           intent(a, "GTS_PDFX", 6)),
              "", "0 g", objects);
    assert_true(press_profile(&r->profile, a, r->file, NULL, &r->why));
    assert_int_equal(r->profile.source, PRESS_OF_INTENT);
    assert_string_equal(r->profile.name, "Press");
}

static void a_broken_one_is_passed_over(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes cut = tiny_cmyk(a, "Cut", 0.5);
    cut.n /= 2;
    const char *objects[] = {profile_object(a, cut, 4),
                             profile_object(a, tiny_cmyk(a, "Whole", 0.8), 4), NULL};
    room_open(r,
              arena_printf(a, "/OutputIntents[7 %s%s]", intent(a, "GTS_PDFX", 5),
                           intent(a, "GTS_PDFA1", 6)),
              "", "0 g", objects);
    assert_true(press_profile(&r->profile, a, r->file, NULL, &r->why));
    assert_string_equal(r->profile.name, "Whole");
}

/* A condition by name alone, or an RGB profile, is no press: the job's comes next. */
static void what_is_no_press_gives_way_to_the_job(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    const char *objects[] = {profile_object(a, tiny_rgb(a), 3), NULL};
    room_open(r,
              arena_printf(a,
                           "/OutputIntents[<</S/GTS_PDFX/OutputConditionIdentifier(FOGRA39)>>%s]",
                           intent(a, "GTS_PDFA1", 5)),
              "", "0 g", objects);
    Bytes bytes = tiny_cmyk(a, "Job", 0.4);
    PressProfile job;
    assert_true(press_profile_read(&job, a, bytes.p, bytes.n, PRESS_OF_JOB, &r->why));
    assert_true(press_profile(&r->profile, a, r->file, &job, &r->why));
    assert_int_equal(r->profile.source, PRESS_OF_JOB);
    assert_string_equal(r->profile.name, "Job");
    assert_true(press_profile(&r->profile, a, r->file, NULL, &r->why));
    assert_int_equal(r->profile.source, PRESS_BUILT_IN);
}

static void a_job_can_not_name_a_profile_that_is_no_press(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes bytes = tiny_rgb(a);
    PressProfile job;
    assert_false(press_profile_read(&job, a, bytes.p, bytes.n, PRESS_OF_JOB, &r->why));
    assert_string_equal(r->why.en, "it is no usable CMYK output profile");
    assert_false(press_profile_read(&job, a, bytes.p, 100, PRESS_OF_JOB, &r->why));
}

static void a_named_folder_is_the_only_one_looked_at(void **state) {
    Room *r = *state;
    room_open(r, "", "", "0 g", NULL);
    setenv("CHUPIN_PROFILE_DIR", "/nowhere", 1);
    bool found = press_profile(&r->profile, r->facts->document, r->file, NULL, &r->why);
    unsetenv("CHUPIN_PROFILE_DIR");
    assert_false(found);
    assert_non_null(strstr(r->why.en, "libgs-common"));
}

/* A file whose intent is `press`, coloured with ICC CMYK of the profile `colour`. */
static const char *inks_of(Room *r, Bytes press, Bytes colour) {
    Arena *a = r->facts->document;
    const char *objects[] = {press.p ? profile_object(a, press, 4) : "null",
                             profile_object(a, colour, 4), NULL};
    room_open(r, press.p ? arena_printf(a, "/OutputIntents[%s]", intent(a, "GTS_PDFX", 5)) : "",
              "/ColorSpace<</P[/ICCBased 6 0 R]>>", "/P cs 0 .1 .2 1 scn", objects);
    room_press(r, NULL);
    return painted(r, BLENDS_IN_INKS, off);
}

static const char as_it_stands[] = "M26 Y51 K255 knock";

static void cmyk_of_the_press_passes_unchanged(void **state) {
    Room *r = *state;
    Bytes press = tiny_cmyk(r->facts->document, "Press", 0.8);
    assert_string_equal(inks_of(r, press, press), as_it_stands);
}

static void so_does_one_with_the_same_profile_id(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes press = tiny_cmyk(a, "Press", 0.8), again = tiny_cmyk(a, "Again", 0.8);
    memset(press.p + 84, 7, 16);
    memset(again.p + 84, 7, 16);
    assert_string_equal(inks_of(r, press, again), as_it_stands);
}

static void cmyk_of_another_press_is_converted(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes press = tiny_cmyk(a, "Press", 1), other = tiny_cmyk(a, "Other", 0.1);
    const char *inks = inks_of(r, press, other);
    assert_string_not_equal(inks, as_it_stands);
    assert_int_equal(inks[0], 'K');
}

static void any_cmyk_passes_when_no_intent_names_the_press(void **state) {
    Room *r = *state;
    Bytes other = tiny_cmyk(r->facts->document, "Other", 0.1);
    assert_string_equal(inks_of(r, (Bytes){0}, other), as_it_stands);
}

static void mode_1_is_of_no_account_to_icc_cmyk(void **state) {
    Room *r = *state;
    Bytes press = tiny_cmyk(r->facts->document, "Press", 0.8);
    (void)inks_of(r, press, press);
    assert_string_equal(painted(r, BLENDS_IN_INKS, (Overprint){true, 1}), "C0 M26 Y51 K255 keep");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ROOM_TEST(without_an_intent_it_is_the_built_in_one),
        ROOM_TEST(the_intent_of_pdf_x_comes_before_others),
        ROOM_TEST(a_broken_one_is_passed_over),
        ROOM_TEST(what_is_no_press_gives_way_to_the_job),
        ROOM_TEST(a_job_can_not_name_a_profile_that_is_no_press),
        ROOM_TEST(a_named_folder_is_the_only_one_looked_at),
        ROOM_TEST(cmyk_of_the_press_passes_unchanged),
        ROOM_TEST(so_does_one_with_the_same_profile_id),
        ROOM_TEST(cmyk_of_another_press_is_converted),
        ROOM_TEST(any_cmyk_passes_when_no_intent_names_the_press),
        ROOM_TEST(mode_1_is_of_no_account_to_icc_cmyk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
