/* A folder of its own for each test, and records in it: whatever is tested here is tested over
 * every row of stores.def. */
#ifndef CHUPIN_TESTS_RECORD_ROOM_H
#define CHUPIN_TESTS_RECORD_ROOM_H

#include "record/bundle.h"
#include "record/inside.h"
#include "record/sidecar.h"
#include "sample_report.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const RecordStamp stamp_of_wang = {"2026-01-17 14:03", "王芳", "AE"};
static const RecordStamp stamp_of_li = {"2026-01-17 15:20", "李雷", "总监"};

/* The store that the tests run over at the moment. */
static const StoreKind *room_kind;

typedef struct Room {
    Arena *arena;
    char folder[64];
    const char *place; /* of a record that is not there yet */
    const StoreKind *kind;
} Room;

/* A place of the store; one on another machine would be a database of its own here. */
static inline const char *room_place(Room *room, const char *name) {
    return arena_printf(room->arena, "%s/%s.%s", room->folder, name, room->kind->name);
}

static int room_setup(void **state) {
    Room *room = calloc(1, sizeof *room);
    room->arena = arena_new();
    strcpy(room->folder, "/tmp/chupin-record-XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    room->kind = room_kind;
    room->place = room_place(room, "chupin");
    *state = room;
    return 0;
}

static int room_remove(const char *path, const struct stat *info, int type, struct FTW *at) {
    (void)info, (void)type, (void)at;
    return remove(path);
}

static int room_teardown(void **state) {
    Room *room = *state;
    nftw(room->folder, room_remove, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(room->arena);
    free(room);
    return 0;
}

#define room_test(f) cmocka_unit_test_setup_teardown(f, room_setup, room_teardown)

static inline int room_run_all(const struct CMUnitTest *tests, size_t count) {
    int failed = 0;
    for (size_t i = 0; (room_kind = store_kind(i)); i++)
        failed += _cmocka_run_group_tests(room_kind->name, tests, count, NULL, NULL);
    return failed;
}
#define room_run_tests(tests) room_run_all(tests, sizeof(tests) / sizeof *(tests))

static inline void assert_fine(Result r) {
    if (r.kind)
        fail_msg("%s", r.text.en);
}

/* Trouble of that kind, told in both languages in one line. */
static inline void assert_trouble(Result r, ErrKind kind, const char *zh) {
    assert_int_equal(r.kind, kind);
    assert_non_null(r.text.zh);
    assert_non_null(r.text.en);
    if (!strstr(r.text.zh, zh))
        fail_msg("\"%s\" is not in: %s", zh, r.text.zh);
    assert_null(strchr(r.text.zh, '\n'));
}

/* The same letter is the same file. */
static inline const char *room_sha256(Room *room, char letter) {
    char *hash = arena_alloc(room->arena, SHA256_HEX);
    memset(hash, letter, SHA256_HEX - 1);
    return hash;
}

static inline RecordSubject room_subject(Room *room, char letter) {
    return (RecordSubject){"J-2026-0117", "开盘画册", room_sha256(room, letter)};
}

static inline Report *room_report(Room *room, char letter) {
    Report *report = sample_report(room->arena);
    report->file.sha256 = room_sha256(room, letter);
    return report;
}

static inline RecordRun room_run(Room *room, char letter) {
    static const char *const pages[] = {"p1", "p2", NULL, "p4"};
    const char *json =
        sample_written(room->arena, room_report(room, letter), "json", &(ReportStyle){0});
    return (RecordRun){.identity = {.file = room_sha256(room, letter),
                                    .job = room_sha256(room, 'e'),
                                    .rules = room_sha256(room, 'f'),
                                    .as_of = "2026-01-17",
                                    .tool = "chupin 0.1.0"},
                       .subject = room_subject(room, letter),
                       .name = "260117开盘画册_正稿_v4.pdf",
                       .stage = "正稿",
                       .format = "pdf",
                       .bytes = 40055603,
                       .page_count = 4,
                       .pages = pages,
                       .report = str_of(json)};
}

static const RecordJob room_job = {.number = "J-2026-0117",
                                   .client = "华庭置业",
                                   .project = "山水华庭",
                                   .owner = "王芳",
                                   .sheet_name = "chupin.yaml",
                                   .sheet_sha256 = "5e88"};

static inline Record *room_open(Room *room, RecordMode mode) {
    Record *r;
    assert_fine(record_open(&r, room->arena, room->place, mode, &stamp_of_wang));
    return r;
}

static inline void room_check(Room *room, Record *r, char letter) {
    bool added;
    RecordRun run = room_run(room, letter);
    assert_fine(record_add_run(r, &stamp_of_wang, &run, &room_job, &added));
    assert_true(added);
}

static inline void room_answer(Room *room, Record *r, char letter, int row, HumanState state) {
    RecordSubject subject = room_subject(room, letter);
    assert_fine(record_answer(r, &stamp_of_wang, &subject, row,
                              &(Answer){.state = state, .note = "看过原稿"}));
}

static inline RecordWaiver room_waiver(Room *room, char letter, bool two_people) {
    static const Place given[] = {
        {.page = 7, .boxed = true, .box = {207, 0, 210, 285}, .edge = EDGE_RIGHT, .value = 1.2}};
    return (RecordWaiver){.subject = room_subject(room, letter),
                          .waiver = {.fingerprint = "0a1b2c3d4e5f",
                                     .rule = "bleed-declared",
                                     .why = "印厂确认可做",
                                     .by = "王芳",
                                     .until_version = 4,
                                     .two_people = two_people,
                                     .kind = "page",
                                     .origin_is_trim = true,
                                     .given = given,
                                     .given_count = 1}};
}

static inline void room_compare(Room *room, Record *r) {
    static const PageDifference differences[] = {
        {.page = 3,
         .what = {"电话不同", "the phone number differs"},
         .boxed = true,
         .x = 12.345,
         .y = -1,
         .w = 30,
         .h = 4},
        {.page = 0, .what = {"少一页", "a page is missing"}}};
    RecordSubject b = room_subject(room, 'b');
    Standing s = {.differences = differences, .difference_count = 2};
    s.signed_version.sha256 = room_sha256(room, 'a');
    s.signed_version.compared = true;
    assert_fine(record_put_comparison(r, &stamp_of_wang, &b, &s));
}

/* Something of everything that a record can hold. */
static inline Record *room_full(Room *room) {
    Record *r = room_open(room, RECORD_CREATE);
    RecordSubject a = room_subject(room, 'a');
    RecordWaiver waiver = room_waiver(room, 'a', true);
    room_check(room, r, 'a');
    room_answer(room, r, 'a', 8, HUMAN_YES);
    room_answer(room, r, 'a', 10, HUMAN_NA);
    assert_fine(record_waive(r, &stamp_of_wang, &waiver));
    assert_fine(record_waive(r, &stamp_of_li, &waiver));
    assert_fine(record_sign(r, &stamp_of_li, &a,
                            &(Signature){.party = PARTY_CLIENT,
                                         .decision = DECISION_APPROVE,
                                         .note = "第 3 页电话"},
                            &(RecordScan){"签字.jpg", STR("\xff\xd8 scan \x00 of it")}));
    assert_fine(record_attach(r, &stamp_of_wang, &a, "message",
                              &(RecordScan){"微信.txt", STR("可以，发吧")}));
    room_check(room, r, 'b');
    RecordSubject b = room_subject(room, 'b');
    assert_fine(record_answer(r, &stamp_of_wang, &b, 8,
                              &(Answer){.state = HUMAN_YES, .note = "", .carried_from = 1}));
    room_compare(room, r);
    return r;
}

static inline RecordVerdict room_verify(Room *room, Record *r, const char *head) {
    RecordVerdict verdict;
    assert_fine(record_verify(&verdict, r, room->arena, head));
    return verdict;
}

static inline void assert_intact(Room *room, Record *r) {
    RecordVerdict verdict = room_verify(room, r, NULL);
    if (!verdict.intact)
        fail_msg("event %lld, %s %s: %s", (long long)verdict.seq, verdict.table, verdict.key,
                 verdict.what.en);
}

#endif
