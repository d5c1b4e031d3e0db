#include "run/transport.h"
#include "sample_report.h"

#include <setjmp.h>
#include <stdarg.h>

#include <stdio.h>

#include <cmocka.h>

typedef struct Heard {
    Arena *arena;
    Finding finding;
    PageSummary page;
    RuleTally tally;
    Unproven unproven;
    char file_name[32];
    int count;
} Heard;

static void hear_file(void *self, const File *file, const Document *document) {
    Heard *h = self;
    snprintf(h->file_name, sizeof h->file_name, "%s", file->name);
    assert_null(document);
    assert_true(isnan(file->bytes));
    assert_int_equal(file->format, FORMAT_PDF);
    h->count++;
}

static void hear_page(void *self, const PageSummary *page) {
    ((Heard *)self)->page = *page, ((Heard *)self)->count++;
}

static void hear_finding(void *self, const Finding *finding) {
    ((Heard *)self)->finding = *finding, ((Heard *)self)->count++;
}

static void hear_unproven(void *self, const Unproven *line) {
    ((Heard *)self)->unproven = *line, ((Heard *)self)->count++;
}

static void hear_tally(void *self, const RuleTally *tally) {
    ((Heard *)self)->tally = *tally, ((Heard *)self)->count++;
}

static Receiver receiver(Heard *h) {
    return (Receiver){.arena = h->arena,
                      .to = {h, hear_file, hear_page, hear_finding, hear_unproven, hear_tally}};
}

static bool take_all(Receiver *r, Str text) {
    for (const char *p = text.p, *stop; p < text.p + text.n; p = stop + 1) {
        stop = memchr(p, '\n', text.n - (size_t)(p - text.p));
        if (!transport_take(r, p, (size_t)(stop - p)))
            return false;
    }
    return true;
}

static void what_is_told_arrives_the_same(void **state) {
    Heard heard = {.arena = *state};
    Receiver r = receiver(&heard);
    Sink lines = sink_memory(*state);
    CheckTeller to = transport_teller(&lines);
    Report *sample = sample_report(*state);
    File file;
    row_clear(entity_of(FACT_file), &file);
    file.name = "a\nb\037\\.pdf", file.format = FORMAT_PDF;
    to.file(to.self, &file, NULL);
    Place all[30];
    for (int i = 0; i < 30; i++)
        all[i] = (Place){.page = 7, .value = i, .content = UINT64_MAX - (uint64_t)i};
    sample->findings[0].all = all, sample->findings[0].all_count = 30;
    sample->findings[0].kind = "bleed_edge", sample->findings[0].worse = WORST_MAX;
    sample->findings[0].nowaive = true;
    to.finding(to.self, &sample->findings[0]);
    to.page(to.self, &sample->pages[0]);
    to.unproven(to.self, &sample->unproven[0]);
    to.tally(to.self,
             &(RuleTally){
                 .id = "page-size", .item = 13, .fail = 2, .off = true, .title = sample_reason});
    transport_end(&lines, OK);
    assert_true(take_all(&r, sink_text(&lines)));
    assert_true(r.ended);
    assert_int_equal(heard.count, 5);
    assert_string_equal(heard.file_name, "a\nb\037\\.pdf");
    assert_string_equal(heard.finding.rule, "bleed-declared");
    assert_string_equal(heard.finding.required.from.zh, "工作单 chupin.yaml");
    assert_int_equal(heard.finding.place_count, 1);
    assert_int_equal(heard.finding.places[0].edge, EDGE_RIGHT);
    assert_true(heard.finding.places[0].box.x1 == 210);
    assert_int_equal(heard.finding.all_count, 30);
    assert_true(heard.finding.all[29].value == 29);
    assert_true(heard.finding.all[29].content == UINT64_MAX - 29);
    assert_string_equal(heard.finding.kind, "bleed_edge");
    assert_int_equal(heard.finding.worse, WORST_MAX);
    assert_true(heard.finding.nowaive);
    assert_true(isnan(heard.page.bleed[1]) && heard.page.bleed[0] == 3);
    assert_string_equal(heard.unproven.why.en, "switched off by the job sheet");
    assert_true(heard.tally.off && heard.tally.fail == 2);
}

/* 1.0 as it travels. */
#define ONE "\0373ff0000000000000"
/* Two halves of a hash. */
#define LOOK "\0371\0370123456789abcdef\037fedcba9876543210"
/* A page whose plates were not made. */
#define INK "\0370" ONE ONE LOOK "\0370"

static void what_makes_no_sense_is_refused(void **state) {
    static const char *const lines[] = {
        "",
        "page",
        "page\037",
        "pages\0371" ONE ONE "\0371" ONE ONE ONE ONE INK,
        "page\037-1" ONE ONE "\0371" ONE ONE ONE ONE INK,
        "page\0371" ONE ONE "\037200" ONE ONE ONE ONE INK,
        "page\0371\037one" ONE "\0371" ONE ONE ONE ONE INK,
        "page\0371\0377ff0000000000000" ONE "\0371" ONE ONE ONE ONE INK,
        "page\0371" ONE ONE "\0371" ONE ONE ONE INK,
        "page\0371" ONE ONE "\0371" ONE ONE ONE ONE "\0371" ONE ONE LOOK "\0371",
        "page\0371" ONE ONE "\0371" ONE ONE ONE ONE "\0371" ONE ONE LOOK "\0371\037-" ONE,
        "page\0371" ONE ONE "\0371" ONE ONE ONE ONE "\0371" ONE ONE LOOK "\03799999",
        "page\0371" ONE ONE "\0371" ONE ONE ONE ONE ONE INK,
        "file\0371",
        "finding\037=../../x",
        "tally\037=page-size\03713",
        "unproven\037-\037-\037-\037-",
        "unproven\037=a\037=\\x\037=b\037=b",
        "unproven\037=a\037=\xff\037=b\037=b",
        "unproven\037=a\037-\037=b\037=b",
        "result\03799\037-\037-",
        "result\0372\037-\037-",
        "\xff\xfe",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        Heard heard = {.arena = *state};
        Receiver r = receiver(&heard);
        if (transport_take(&r, lines[i], strlen(lines[i])))
            fail_msg("believed: %s", lines[i]);
        assert_int_equal(heard.count, 0);
    }
}

static void the_line_that_the_refused_ones_are_made_from_is_taken(void **state) {
    static const char line[] =
        "page\0371" ONE ONE "\0371" ONE ONE ONE ONE "\0371" ONE ONE LOOK "\0371\037=Cyan" ONE;
    Heard heard = {.arena = *state};
    Receiver r = receiver(&heard);
    assert_true(transport_take(&r, line, sizeof line - 1));
    assert_int_equal(heard.page.number, 1);
    assert_true(heard.page.trim_w == 1);
    assert_true(heard.page.inked && heard.page.ink_peak == 1);
    assert_true(heard.page.looked && heard.page.look_low == 0x0123456789abcdef &&
                heard.page.look_high == 0xfedcba9876543210);
    assert_string_equal(heard.page.plates[0].ink, "Cyan");
}

static void nothing_is_taken_after_the_end(void **state) {
    Heard heard = {.arena = *state};
    Receiver r = receiver(&heard);
    Sink lines = sink_memory(*state);
    transport_end(&lines, OK);
    transport_end(&lines, OK);
    assert_false(take_all(&r, sink_text(&lines)));
}

static int begin(void **state) {
    *state = arena_new();
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_told_arrives_the_same, begin, end),
        cmocka_unit_test_setup_teardown(what_makes_no_sense_is_refused, begin, end),
        cmocka_unit_test_setup_teardown(the_line_that_the_refused_ones_are_made_from_is_taken,
                                        begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_taken_after_the_end, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
