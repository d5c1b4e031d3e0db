#include "check/waive.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char *const today = "2026-02-01";

static Place hair(int page, double x, double value) {
    return (Place){.page = page, .boxed = true, .box = {x, 20, x + 30, 20.1}, .value = value};
}

/* A finding of thin lines at these places. */
static Finding lines(Arena *a, int page, const Place *places, int count) {
    Finding f = {.rule = "line-weight-min",
                 .item = 7,
                 .severity = SEVERITY_ERROR,
                 .outcome = OUTCOME_FAIL,
                 .page = page,
                 .origin_is_trim = true,
                 .count = count,
                 .fingerprint = "0a1b2c3d4e5f",
                 .kind = "stroke",
                 .worse = WORST_MIN,
                 .measured = {.present = true, .number = 0.1, .unit = "mm"},
                 .message = {"细", "thin"}};
    Place *all = ARENA_ARRAY(a, Place, count);
    for (int i = 0; i < count; i++) {
        all[i] = places[i];
        if (i < SHOWN_PLACES)
            f.places[f.place_count++] = places[i];
    }
    if (count > SHOWN_PLACES) {
        f.all = all;
        f.all_count = (size_t)count;
    }
    return f;
}

static Waiver waiver(Arena *a, const Finding *f) {
    Waiver w;
    Result r = waiver_of(&w, a, f, "烫金厂确认可做", "王磊");
    assert_int_equal(r.kind, ERR_NONE);
    return w;
}

/* Matches one waiver against one finding; the finding as it is afterwards. */
static Finding *matched(Arena *a, Waiver *w, Finding f) {
    Report *r = ARENA_NEW(a, Report);
    *r = (Report){.arena = a};
    *ARENA_PUSH(a, r->findings, r->finding_count, r->finding_capacity) = f;
    waivers_match(r, w, 1, today, 4);
    return r->findings;
}

static void every_place_of_a_finding_is_waived(void **state) {
    Place places[25];
    for (int i = 0; i < 25; i++)
        places[i] = hair(1, 10 + 3 * i, 0.1);
    Finding f = lines(*state, 1, places, 25);
    Waiver w = waiver(*state, &f);
    assert_int_equal(w.given_count, 25);
    const Finding *now = matched(*state, &w, f);
    assert_ptr_equal(now->waiver, &w);
    assert_int_equal(now->waived_places, 25);
    assert_int_equal(w.state, WAIVER_HOLDS);
    assert_int_equal(w.places, 25);
}

static void one_more_hit_on_the_page_keeps_it_open(void **state) {
    const Place places[] = {hair(1, 10, 0.1), hair(1, 50, 0.1), hair(1, 90, 0.1)};
    Finding before = lines(*state, 1, places, 2);
    Waiver w = waiver(*state, &before);
    const Finding *now = matched(*state, &w, lines(*state, 1, places, 3));
    assert_null(now->waiver);
    assert_int_equal(now->waived_places, 2);
}

static void a_second_hit_on_the_same_spot_is_one_more(void **state) {
    const Place twice[] = {hair(1, 10, 0.1), hair(1, 10, 0.1)};
    Finding before = lines(*state, 1, twice, 1);
    Waiver w = waiver(*state, &before);
    assert_null(matched(*state, &w, lines(*state, 1, twice, 2))->waiver);
}

static void an_export_that_moves_things_by_less_than_half_a_millimetre_is_the_same(void **state) {
    const Place before[] = {hair(1, 10, 0.1), hair(1, 50, 0.12)};
    const Place near[] = {hair(1, 50.4, 0.12), hair(1, 9.6, 0.1)},
                far[] = {hair(1, 50.6, 0.12), hair(1, 10, 0.1)};
    Finding given = lines(*state, 1, before, 2);
    Waiver w = waiver(*state, &given);
    assert_non_null(matched(*state, &w, lines(*state, 1, near, 2))->waiver);
    assert_null(matched(*state, &w, lines(*state, 1, far, 2))->waiver);
}

static void which_hit_takes_which_place_does_not_hang_on_their_order(void **state) {
    const Place given[] = {hair(1, 10, 0.1), hair(1, 10.4, 0.1)},
                now[] = {hair(1, 10.4, 0.1), hair(1, 9.7, 0.1)},
                turned[] = {hair(1, 9.7, 0.1), hair(1, 10.4, 0.1)};
    Finding before = lines(*state, 1, given, 2);
    Waiver w = waiver(*state, &before);
    assert_non_null(matched(*state, &w, lines(*state, 1, now, 2))->waiver);
    assert_non_null(matched(*state, &w, lines(*state, 1, turned, 2))->waiver);
    /* The thinner one has to take the place that was the thinner one's. */
    const Place thin[] = {hair(1, 10, 0.12), hair(1, 10, 0.08)},
                swapped[] = {hair(1, 10, 0.08), hair(1, 10, 0.12)};
    before = lines(*state, 1, thin, 2);
    w = waiver(*state, &before);
    assert_non_null(matched(*state, &w, lines(*state, 1, swapped, 2))->waiver);
}

static void a_worse_value_is_not_covered_and_a_better_one_is(void **state) {
    const Place given[] = {hair(1, 10, 0.15)}, worse[] = {hair(1, 10, 0.1)},
                better[] = {hair(1, 10, 0.18)}, unknown[] = {hair(1, 10, NAN)};
    Finding before = lines(*state, 1, given, 1);
    Waiver w = waiver(*state, &before);
    assert_null(matched(*state, &w, lines(*state, 1, worse, 1))->waiver);
    assert_non_null(matched(*state, &w, lines(*state, 1, better, 1))->waiver);
    assert_null(matched(*state, &w, lines(*state, 1, unknown, 1))->waiver);
    w.worse = WORST_MAX;
    assert_non_null(matched(*state, &w, lines(*state, 1, worse, 1))->waiver);
    w.worse = WORST_NONE;
    assert_null(matched(*state, &w, lines(*state, 1, better, 1))->waiver);
    assert_non_null(matched(*state, &w, lines(*state, 1, given, 1))->waiver);
}

static void another_page_rule_kind_or_content_is_not_covered(void **state) {
    const Place given[] = {hair(1, 10, 0.1)}, other_page[] = {hair(2, 10, 0.1)};
    Finding before = lines(*state, 1, given, 1);
    Waiver w = waiver(*state, &before);
    assert_null(matched(*state, &w, lines(*state, 2, other_page, 1))->waiver);
    Finding f = before;
    f.rule = "line-tint";
    assert_null(matched(*state, &w, f)->waiver);
    f = before;
    f.kind = "fill";
    assert_null(matched(*state, &w, f)->waiver);
    f = before;
    f.origin_is_trim = false;
    assert_null(matched(*state, &w, f)->waiver);
    f = before;
    f.outcome = OUTCOME_UNCHECKED;
    assert_null(matched(*state, &w, f)->waiver);
    f = before;
    f.places[0].content = 7; /* the waiver knows none: no contradiction */
    assert_non_null(matched(*state, &w, f)->waiver);
    w = waiver(*state, &f);
    f.places[0].content = 8;
    assert_null(matched(*state, &w, f)->waiver);
}

static void a_waiver_ends_with_its_day_or_its_version(void **state) {
    const Place given[] = {hair(1, 10, 0.1)};
    static const struct {
        const char *until;
        uint8_t state;
    } rows[] = {{"2026-02-01", WAIVER_HOLDS}, {"2026-01-31", WAIVER_EXPIRED},
                {"20260301", WAIVER_HOLDS},   {"v4", WAIVER_HOLDS},
                {"3", WAIVER_EXPIRED},        {"V5", WAIVER_HOLDS}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Finding f = lines(*state, 1, given, 1);
        Waiver w = waiver(*state, &f);
        Result r = waiver_until(&w, *state, rows[i].until);
        assert_int_equal(r.kind, ERR_NONE);
        const Finding *now = matched(*state, &w, f);
        assert_int_equal(w.state, rows[i].state);
        assert_int_equal(now->waiver != NULL, rows[i].state == WAIVER_HOLDS);
    }
    static const char *const wrong[] = {"", "soon", "v0", "2026-02-30", "v", "1.5", "99999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Waiver w = {0};
        Result r = waiver_until(&w, *state, wrong[i]);
        assert_int_equal(r.kind, ERR_USAGE);
    }
}

static void a_rule_that_wants_two_people_gets_two_different_ones(void **state) {
    const Place given[] = {hair(1, 10, 0.1)};
    Finding f = lines(*state, 1, given, 1);
    f.nowaive = true;
    Waiver w = waiver(*state, &f);
    assert_null(matched(*state, &w, f)->waiver);
    assert_int_equal(w.state, WAIVER_HALF);
    w.second = "王磊";
    assert_null(matched(*state, &w, f)->waiver);
    w.second = "李芳";
    assert_non_null(matched(*state, &w, f)->waiver);
}

static void what_is_gone_leaves_its_waiver_unmatched(void **state) {
    const Place given[] = {hair(1, 10, 0.1)};
    Finding f = lines(*state, 1, given, 1);
    Waiver w = waiver(*state, &f);
    Report r = {.arena = *state};
    waivers_match(&r, &w, 1, today, 1);
    assert_int_equal(w.state, WAIVER_UNMATCHED);
    /* Not so when nobody could look. */
    RuleTally *t = ARENA_PUSH(*state, r.rules, r.rule_count, r.rule_capacity);
    *t = (RuleTally){.id = f.rule, .item = 7, .applicable = true, .unchecked = 1};
    waivers_match(&r, &w, 1, today, 1);
    assert_int_equal(w.state, WAIVER_UNKNOWN);
}

static void a_waiver_needs_a_reason_a_name_and_all_places(void **state) {
    const Place given[] = {hair(1, 10, 0.1)};
    static const char *const bad[] = {
        "",       "可以",    "    ", "line-weight-min", "LINE-WEIGHT-MIN", "0a1b2c3d4e5f",
        "aaaaaa", "。。。。"};
    Finding f = lines(*state, 1, given, 1);
    Waiver w;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Result r = waiver_of(&w, *state, &f, bad[i], "王磊");
        assert_int_equal(r.kind, ERR_USAGE);
    }
    Result r = waiver_of(&w, *state, &f, "客户同意的", " ");
    assert_int_equal(r.kind, ERR_USAGE);
    f.count = MOST_PLACES + 1;
    r = waiver_of(&w, *state, &f, "客户同意的", "王磊");
    assert_int_equal(r.kind, ERR_USAGE);
    assert_non_null(strstr(r.text.en, "too many"));
    f.count = 1;
    f.outcome = OUTCOME_UNCHECKED;
    r = waiver_of(&w, *state, &f, "客户同意的", "王磊");
    assert_int_equal(r.kind, ERR_USAGE);
}

static void places_come_back_from_the_record(void **state) {
    Place places[] = {hair(3, 10.1234, 0.1), hair(3, 50, NAN)};
    places[0].edge = EDGE_RIGHT;
    places[1].content = UINT64_C(0xfedcba9876543210);
    Finding f = lines(*state, 3, places, 2);
    Waiver w = waiver(*state, &f), again = {.rule = w.rule};
    Result r = waiver_take_places(&again, *state, waiver_places(*state, &w));
    assert_int_equal(r.kind, ERR_NONE);
    assert_string_equal(again.kind, "stroke");
    assert_true(again.origin_is_trim);
    assert_int_equal(again.worse, WORST_MIN);
    assert_int_equal(again.given_count, 2);
    assert_int_equal(again.given[0].edge, EDGE_RIGHT);
    assert_true(fabs(again.given[0].box.x0 - 10.123) < 1e-9);
    assert_true(isnan(again.given[1].value));
    assert_true(again.given[1].content == places[1].content);
    assert_non_null(matched(*state, &again, f)->waiver);
    static const char *const bad[] = {"", "{", "[]", "{\"schema\":\"chupin.places/2\"}",
                                      "{\"schema\":\"chupin.places/1\",\"worse\":\"min\","
                                      "\"origin\":\"trim\",\"places\":[[1,[1,2],null,0,null]]}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        r = waiver_take_places(&again, *state, str_of(bad[i]));
        assert_int_equal(r.kind, ERR_FILE);
    }
}

static void thousands_on_one_spot_are_matched_in_no_time(void **state) {
    Place *places = ARENA_ARRAY(*state, Place, MOST_PLACES);
    for (int i = 0; i < MOST_PLACES; i++)
        places[i] = hair(1, 10, 0.1);
    Finding half = lines(*state, 1, places, MOST_PLACES / 2);
    Waiver w = waiver(*state, &half);
    const Finding *now = matched(*state, &w, lines(*state, 1, places, MOST_PLACES));
    assert_int_equal(now->waived_places, MOST_PLACES / 2);
    assert_null(now->waiver);
}

static int arena_up(void **state) {
    *state = arena_new();
    return 0;
}

static int arena_down(void **state) {
    arena_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_up, arena_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_place_of_a_finding_is_waived),
        TEST(one_more_hit_on_the_page_keeps_it_open),
        TEST(a_second_hit_on_the_same_spot_is_one_more),
        TEST(an_export_that_moves_things_by_less_than_half_a_millimetre_is_the_same),
        TEST(which_hit_takes_which_place_does_not_hang_on_their_order),
        TEST(a_worse_value_is_not_covered_and_a_better_one_is),
        TEST(another_page_rule_kind_or_content_is_not_covered),
        TEST(a_waiver_ends_with_its_day_or_its_version),
        TEST(a_rule_that_wants_two_people_gets_two_different_ones),
        TEST(what_is_gone_leaves_its_waiver_unmatched),
        TEST(a_waiver_needs_a_reason_a_name_and_all_places),
        TEST(places_come_back_from_the_record),
        TEST(thousands_on_one_spot_are_matched_in_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
