/* A document that several workers check: who takes a page, who closes, and what is put together. */
#include "check/page_shares.h"
#include "ink/measure/measure.h"
#include "run/checking_parts.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "with_arena.h"

enum { PAGES = 4 };

static void a_page_is_taken_once_and_the_last_one_closes(void **state) {
    PageShares *all = page_shares_new();
    CheckShare one = {.all = all, .first = true}, two = {.all = all}, late = {.all = all};
    assert_non_null(all);
    assert_true(page_share_begin(&one));
    assert_true(page_share_begin(&two));
    assert_true(page_share_take(&one, 1));
    assert_false(page_share_take(&two, 1));
    assert_true(page_share_take(&two, 2));
    assert_false(page_share_arrive(&two));
    assert_true(page_share_arrive(&one));
    assert_false(page_share_begin(&late));
    page_shares_free(all);
    (void)state;
}

static void one_that_dies_lets_nobody_close(void **state) {
    PageShares *all = page_shares_new();
    CheckShare one = {.all = all, .first = true}, dies = {.all = all};
    assert_true(page_share_begin(&one));
    assert_true(page_share_begin(&dies));
    assert_true(page_share_take(&dies, 1));
    assert_false(page_share_arrive(&one));
    page_shares_free(all);
    (void)state;
}

static void pages_beyond_the_table_are_the_first_one_s(void **state) {
    PageShares *all = page_shares_new();
    CheckShare one = {.all = all, .first = true}, two = {.all = all};
    assert_true(page_share_take(&one, MOST_SHARED_PAGES + 1));
    assert_false(page_share_take(&two, MOST_SHARED_PAGES + 1));
    page_shares_free(all);
    (void)state;
}

/* Pages 1 and 3 look the same; each is known to another worker alone. */
static void who_closes_knows_the_pages_of_others(void **state) {
    PageShares *all = page_shares_new();
    CheckShare one = {.all = all, .first = true}, two = {.all = all};
    Facts *facts = facts_new();
    for (int i = 0; i < PAGES; i++) {
        Page *row = facts_add(facts, FACT_page), seen = *row;
        row->number = seen.number = i + 1;
        seen.blank = i == 1;
        seen.ink_peak = i;
        seen.same_as = 0;
        PageLook look = {.known = i != 1, .hash = {i == 2 ? 0 : (uint64_t)i, 5}};
        page_share_done(i % 2 ? &one : &two, &seen, look);
    }
    page_share_join(&one, facts);
    const Page *last = facts_at(facts, FACT_page, PAGES - 1),
               *third = facts_at(facts, FACT_page, 2);
    assert_int_equal(third->same_as, 1);
    assert_int_equal(last->same_as, 0);
    assert_int_equal(((const Page *)facts_at(facts, FACT_page, 1))->blank, 1);
    assert_true(last->ink_peak > 2.5);
    facts_free(facts);
    page_shares_free(all);
    (void)state;
}

/* ---- put together ---- */

typedef struct Pair {
    ToldShare shares[2];
    File file;
    Document document;
    Arena *arena;
} Pair;

static void tell_finding(ToldShare *s, int page, size_t places) {
    static const Place all[MOST_FILE_PLACES];
    Finding f = {.rule = "r", .page = page, .all = all, .all_count = places, .fingerprint = "x"};
    CheckTeller to = told_teller(s);
    to.finding(to.self, &f);
}

static void tell_page(ToldShare *s, int number, int undrawn) {
    CheckTeller to = told_teller(s);
    PageSummary page = {.number = number};
    Unproven line = {{"页", arena_printf(s->arena, "page %d", number)}, {"因", "why"}};
    for (int i = 0; i < undrawn; i++)
        to.unproven(to.self, &line);
    to.page(to.self, &page);
}

static void tell_tally(ToldShare *s, int pass, bool applicable) {
    CheckTeller to = told_teller(s);
    RuleTally t = {.id = "r", .item = 1, .pass = pass, .fail = 1, .applicable = applicable};
    to.tally(to.self, &t);
}

/* The first checks pages 1 and 4, the second 2 and 3, and the second closes. */
static Pair pair_of(Arena *a, size_t places, int undrawn) {
    static const int taken[2][2] = {{1, 4}, {2, 3}};
    Pair p = {.arena = a};
    for (int i = 0; i < 2; i++) {
        ToldShare *s = &p.shares[i];
        s->arena = a;
        CheckTeller to = told_teller(s);
        File file = {.sha256 = "abc", .format = FORMAT_PDF};
        Document document = {.page_count = PAGES};
        to.file(to.self, &file, &document);
        if (!i)
            tell_finding(s, 0, 1);
        for (int k = 0; k < 2; k++) {
            tell_finding(s, taken[i][k], places);
            tell_page(s, taken[i][k], undrawn);
        }
        s->closed = i == 1;
        if (i)
            tell_finding(s, 0, 2);
        if (i)
            to.unproven(to.self, &(Unproven){{"坏", "damage"}, {"因", "why"}});
        tell_tally(s, 10 + i, i == 1);
    }
    return p;
}

static Report *joined(Arena *a, const Pair *p) {
    Report *r = ARENA_NEW(a, Report);
    r->arena = a;
    CheckTeller to = report_teller(r);
    assert_true(told_whole(p->shares, 2, a));
    told_join(p->shares, 2, a, &to);
    return r;
}

static void what_two_tell_is_in_the_order_of_one(void **state) {
    static const int pages[] = {0, 1, 2, 3, 4, 0};
    Pair p = pair_of(*state, 3, 1);
    const Report *r = joined(*state, &p);
    assert_int_equal(r->finding_count, 6);
    for (size_t i = 0; i < r->finding_count; i++)
        assert_int_equal(r->findings[i].page, pages[i]);
    assert_int_equal(r->page_count, PAGES);
    assert_int_equal(r->unproven_count, 1 + PAGES);
    assert_string_equal(r->unproven[0].what.en, "damage");
    assert_string_equal(r->unproven[2].what.en, "page 2");
    assert_int_equal(r->rules[0].pass, 21);
    assert_int_equal(r->rules[0].fail, 2);
    assert_true(r->rules[0].applicable);
}

static void limits_of_a_file_hold_for_all_of_them_together(void **state) {
    Pair p = pair_of(*state, MOST_FILE_PLACES / 2, MOST_UNDRAWN / 3);
    const Report *r = joined(*state, &p);
    /* 1, a half, not a second half, none of the rest, 2. */
    assert_int_equal(r->findings[0].all_count, 1);
    assert_int_equal(r->findings[1].all_count, MOST_FILE_PLACES / 2);
    assert_int_equal(r->findings[2].all_count, 0);
    assert_int_equal(r->findings[4].all_count, 0);
    assert_int_equal(r->findings[5].all_count, 2);
    assert_int_equal(r->unproven_count, 1 + MOST_UNDRAWN);
}

static void what_does_not_fit_together_is_not_believed(void **state) {
    Pair p = pair_of(*state, 1, 0);
    p.shares[0].closed = true;
    assert_false(told_whole(p.shares, 2, *state));
    p = pair_of(*state, 1, 0);
    p.shares[1].closed = false;
    assert_false(told_whole(p.shares, 2, *state));
    p = pair_of(*state, 1, 0);
    p.shares[1].page_count--;
    assert_false(told_whole(p.shares, 2, *state));
    p = pair_of(*state, 1, 0);
    tell_page(&p.shares[1], 1, 0);
    assert_false(told_whole(p.shares, 2, *state));
    p = pair_of(*state, 1, 0);
    p.shares[1].unsure = true;
    assert_false(told_whole(p.shares, 2, *state));
    p = pair_of(*state, 1, 0);
    File other = {.sha256 = "another"};
    p.shares[1].file = &other;
    assert_false(told_whole(p.shares, 2, *state));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_taken_once_and_the_last_one_closes),
        cmocka_unit_test(one_that_dies_lets_nobody_close),
        cmocka_unit_test(pages_beyond_the_table_are_the_first_one_s),
        cmocka_unit_test(who_closes_knows_the_pages_of_others),
        WITH_ARENA(what_two_tell_is_in_the_order_of_one),
        WITH_ARENA(limits_of_a_file_hold_for_all_of_them_together),
        WITH_ARENA(what_does_not_fit_together_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
