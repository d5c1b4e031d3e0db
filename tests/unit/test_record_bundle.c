/* A record goes out and comes in again as it was; what is left beside the artwork makes it anew. */
#include "record_room.h"

#include <fcntl.h>

static const char *written(Room *room, const char *name, const char *text) {
    const char *path = arena_printf(room->arena, "%s/%s", room->folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

static const char *exported(Room *room, Record *r, const char *job) {
    Sink out = sink_memory(room->arena);
    assert_fine(record_export(r, room->arena, job, &out));
    return arena_copy(room->arena, out.bytes, out.count);
}

static const char *read_file(Room *room, const char *path) {
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *text = arena_alloc(room->arena, 1 << 20);
    text[fread(text, 1, (1 << 20) - 1, f)] = '\0';
    fclose(f);
    return text;
}

static const char *replaced(Room *room, const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    assert_non_null(at);
    return arena_printf(room->arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static RecordImport import(Room *room, const char *place, const char *bundle) {
    RecordImport out;
    assert_fine(record_import(&out, room->arena, place, &stamp_of_li, bundle));
    return out;
}

static Record *open_at(Room *room, const char *place, RecordMode mode) {
    Record *r;
    assert_fine(record_open(&r, room->arena, place, mode, &stamp_of_li));
    return r;
}

/* ---- bundles ---- */

static void a_new_record_takes_the_chain_as_it_is(void **state) {
    Room *room = *state;
    Record *r = room_full(room), *other;
    RecordHead here, there;
    const char *text = exported(room, r, NULL), *place = room_place(room, "new");
    RecordImport in = import(room, place, written(room, "a.json", text));
    assert_true(in.same_chain);
    assert_int_equal(in.known, 0);
    other = open_at(room, place, RECORD_READ);
    assert_fine(record_head(&here, r));
    assert_fine(record_head(&there, other));
    assert_string_equal(here.hash, there.hash);
    assert_intact(room, other);
    assert_string_equal(exported(room, other, NULL), text);
    record_close(other);
    record_close(r);
}

static void importing_twice_changes_nothing(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    const char *bundle = written(room, "a.json", exported(room, r, NULL));
    const char *place = room_place(room, "new");
    record_close(r);
    import(room, place, bundle);
    const char *before = read_file(room, place);
    RecordImport in = import(room, place, bundle);
    assert_int_equal(in.events, 0);
    assert_int_equal(in.known, 14);
    assert_string_equal(read_file(room, place), before);
}

static void a_record_that_went_on_takes_what_is_new(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    const char *place = room_place(room, "new");
    import(room, place, written(room, "a.json", exported(room, r, NULL)));
    room_answer(room, r, 'b', 10, HUMAN_YES);
    RecordImport in = import(room, place, written(room, "b.json", exported(room, r, NULL)));
    assert_true(in.same_chain);
    assert_int_equal(in.events, 1);
    in = import(room, place, written(room, "a.json", exported(room, r, NULL)));
    assert_int_equal(in.events, 0);
    record_close(r);
}

/* Two people each began a record of their own. */
static void two_records_take_each_other_over(void **state) {
    Room *room = *state;
    const Answer *answers[CHECKLIST_ITEMS];
    const char *place = room_place(room, "new");
    Record *r = room_full(room), *other = open_at(room, place, RECORD_CREATE);
    bool added;
    RecordRun run = room_run(room, 'c');
    assert_fine(record_add_run(other, &stamp_of_li, &run, &room_job, &added));
    assert_fine(record_answer(other, &stamp_of_li, &run.subject, 6,
                              &(Answer){.state = HUMAN_YES, .note = ""}));
    const char *from_other = written(room, "o.json", exported(room, other, NULL));
    record_close(other);
    RecordImport in = import(room, place, written(room, "r.json", exported(room, r, NULL)));
    assert_false(in.same_chain);
    record_close(r);
    import(room, room->place, from_other);
    in = import(room, room->place, from_other);
    assert_int_equal(in.events, 0);
    /* What came from here is not taken back as something new. */
    other = open_at(room, place, RECORD_READ);
    const char *all = written(room, "o.json", exported(room, other, NULL));
    record_close(other);
    in = import(room, room->place, all);
    assert_int_equal(in.events, 0);
    r = open_at(room, room->place, RECORD_READ);
    assert_intact(room, r);
    assert_fine(record_answers(answers, r, room->arena, &run.subject));
    assert_string_equal(answers[6]->by, "李雷");
    record_close(r);
}

static void one_job_goes_out_alone(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordRun run = room_run(room, 'd');
    run.subject.job = "J-2";
    bool added;
    const RecordJob *jobs;
    size_t count;
    assert_fine(record_add_run(r, &stamp_of_wang, &run, NULL, &added));
    assert_true(added);
    Sink out = sink_memory(room->arena);
    assert_trouble(record_export(r, room->arena, "J-3", &out), ERR_USAGE, "没有工作单");
    const char *place = room_place(room, "new");
    RecordImport in = import(room, place, written(room, "j.json", exported(room, r, "J-2")));
    assert_int_equal(in.events, 2);
    record_close(r);
    r = open_at(room, place, RECORD_READ);
    assert_fine(record_jobs(&jobs, &count, r, room->arena));
    assert_int_equal(count, 1);
    assert_string_equal(jobs[0].number, "J-2");
    assert_intact(room, r);
    record_close(r);
}

static void a_bundle_that_was_changed_is_refused_whole(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    const char *text = exported(room, r, NULL), *place = room_place(room, "new");
    static const struct {
        const char *from, *to, *told;
    } changes[] = {
        {"看过原稿", "没看原稿", "指纹不符"},
        {"\"prev\": \"0", "\"prev\": \"1", "指纹不符"},
        {"\"hash\": \"", "\"hash\": \"0", "最后几条"},
        {"\"bytes\":", "\"bites\":", NULL},
        {"\"text\": \"", "\"text\": \" ", "指纹不符"},
        {"\"base64\": \"", "\"base64\": \"!", "指纹不符"},
        {"chupin.bundle/1", "chupin.bundle/9", "不是 chupin job export"},
        {"{", "", "不是 JSON"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        RecordImport in;
        const char *bundle =
            written(room, "x.json", replaced(room, text, changes[i].from, changes[i].to));
        Result result = record_import(&in, room->arena, place, &stamp_of_li, bundle);
        if (!changes[i].told) /* says nothing that is relied upon */
            assert_fine(result);
        else
            assert_trouble(result, ERR_FILE, changes[i].told);
        unlink(place);
    }
    record_close(r);
}

/* Its hashes are right, since whoever makes up a bundle can compute them. */
static const char *made_up(Room *room, const char *kind, const char *body) {
    char hash[SHA256_HEX];
    const char *prev = event_no_prev;
    Sink out = sink_memory(room->arena);
    Json j = json_to(&out, 0);
    const char *const events[][2] = {
        {"record.made", "{\"format\":\"chupin.record/1\",\"version\":1}"},
        {"version.added", "{\"item\":\"x\",\"sha256\":\"aa\",\"n\":9223372036854775807}"},
        {kind, body}};
    json_open(&j, '{');
    json_key(&j, "schema"), json_str(&j, BUNDLE_SCHEMA);
    json_key(&j, "whole"), json_bool(&j, true);
    json_key(&j, "events"), json_open(&j, '[');
    for (int i = 0; i < 3; i++) {
        RecordEvent e = {.seq = i + 1,
                         .at = "2026-01-17 14:03",
                         .actor = "x",
                         .kind = events[i][0],
                         .job = "J",
                         .body_json = events[i][1],
                         .prev = prev};
        event_hash(&e, hash);
        e.hash = prev = arena_strdup(room->arena, hash);
        event_write(&j, &e);
    }
    json_close(&j);
    json_key(&j, "head"), json_open(&j, '{');
    json_key(&j, "hash"), json_str(&j, prev), json_close(&j);
    json_close(&j);
    return arena_copy(room->arena, out.bytes, out.count);
}

static void made_up_events_are_refused_whole(void **state) {
    Room *room = *state;
    static const char *const events[][2] = {
        {"answer.given", "not json"},
        {"answer.given", "[]"},
        {"answer.given", "{\"item\":\"x\",\"sha256\":\"aa\",\"row\":15,\"state\":\"yes\"}"},
        {"answer.given", "{\"item\":\"x\",\"sha256\":\"aa\",\"row\":1,\"state\":\"maybe\"}"},
        {"answer.given", "{\"item\":\"x\",\"sha256\":\"bb\",\"row\":1,\"state\":\"yes\"}"},
        {"signature.given", "{\"item\":\"x\",\"sha256\":\"aa\",\"party\":\"king\"}"},
        {"waiver.revoked", "{\"waiver\":\"1234\"}"},
        {"run.added", "{\"item\":\"x\",\"sha256\":\"aa\",\"run\":\"1\",\"report\":\"ff\"}"},
        {"event.imported", "{\"kind\":\"event.imported\",\"body\":\"{}\",\"hash\":\"00\"}"},
        {"record.made", "{}"},
        {"no.such", "{}"},
    };
    const char *place = room_place(room, "new");
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        RecordImport in;
        const char *bundle = written(room, "x.json", made_up(room, events[i][0], events[i][1]));
        Result result = record_import(&in, room->arena, place, &stamp_of_li, bundle);
        if (!result.kind)
            fail_msg("%s %s was taken in", events[i][0], events[i][1]);
        Record *r;
        assert_int_not_equal(record_open(&r, room->arena, place, RECORD_READ, &stamp_of_li).kind,
                             ERR_NONE);
    }
    const char *fine = made_up(room, "answer.given",
                               "{\"item\":\"x\",\"sha256\":\"aa\",\"row\":1,\"state\":\"yes\"}");
    import(room, place, written(room, "x.json", fine));
    Record *r = open_at(room, place, RECORD_READ);
    assert_intact(room, r);
    record_close(r);
}

/* ---- sidecars ---- */

static const char *artwork(Room *room) {
    return arena_printf(room->arena, "%s/260117开盘画册_正稿_v4.pdf", room->folder);
}

static const char *sidecar(Room *room, Record *r, char letter) {
    const char *path;
    RecordSubject subject = room_subject(room, letter);
    assert_fine(sidecar_write(r, room->arena, artwork(room), &subject, &path));
    return path;
}

static void a_sidecar_is_json_with_the_report_in_it(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    const char *path = sidecar(room, r, 'a');
    assert_non_null(strstr(path, "/检查结果/260117开盘画册_正稿_v4.pdf.aaaaaaaa.chupin.json"));
    json_t *root = json_load_file(path, 0, NULL);
    assert_non_null(root);
    const json_t *report = json_object_get(root, "report");
    assert_string_equal(json_string_value(json_object_get(report, "schema")), "chupin.report/1");
    json_decref(root);
    record_close(r);
}

static void a_record_is_made_anew_from_sidecars(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordRebuild rebuilt;
    const RecordRun *run;
    const RecordWaiver *waivers;
    const RecordEvent *events;
    size_t count;
    Standing s;
    Str scan;
    sidecar(room, r, 'b');
    sidecar(room, r, 'a');
    record_close(r);
    unlink(room->place);
    assert_fine(record_rebuild(&rebuilt, room->arena, room->place, room->folder, &stamp_of_li));
    assert_int_equal(rebuilt.sidecars, 2);
    assert_int_equal(rebuilt.trouble_count, 0);
    r = room_open(room, RECORD_WRITE);
    assert_intact(room, r);
    RecordSubject b = room_subject(room, 'b');
    RecordRun was = room_run(room, 'a');
    assert_fine(record_standing(&s, r, room->arena, &b));
    assert_int_equal(s.version, 2);
    assert_int_equal(s.answers[8]->carried_from, 1);
    assert_string_equal(s.answers[8]->at, "2026-01-17 14:03");
    assert_int_equal(s.signed_version.version, 1);
    assert_fine(record_find_run(&run, r, room->arena, &was.identity));
    assert_int_equal(run->report.n, was.report.n);
    assert_memory_equal(run->report.p, was.report.p, was.report.n);
    assert_fine(record_waivers(&waivers, &count, r, room->arena, "J-2026-0117", NULL, false));
    assert_int_equal(count, 1);
    assert_string_equal(waivers[0].waiver.second, "李雷");
    RecordSubject a = room_subject(room, 'a');
    const Signature *signatures;
    assert_fine(record_signatures(&signatures, &count, r, room->arena, &a));
    assert_fine(record_content(&scan, r, room->arena, signatures[0].scan_sha256));
    assert_memory_equal(scan.p, "\xff\xd8 scan \x00 of it", scan.n);
    assert_fine(record_events(&events, &count, r, room->arena, NULL));
    assert_non_null(strstr(events[0].body_json, "sidecars"));
    assert_string_equal(events[0].actor, "李雷");
    /* It goes on from there. */
    sidecar(room, r, 'a');
    record_close(r);
    assert_trouble(record_rebuild(&rebuilt, room->arena, room->place, room->folder, &stamp_of_li),
                   ERR_USAGE, "已经有记录");
}

static void damaged_sidecars_are_told_and_the_others_taken(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordRebuild rebuilt;
    sidecar(room, r, 'a');
    const char *path = sidecar(room, r, 'b'), *text = read_file(room, path);
    record_close(r);
    unlink(room->place);
    written(room, "检查结果/half.chupin.json", arena_printf(room->arena, "%.900s", text));
    written(room, "检查结果/changed.chupin.json", replaced(room, text, "1.2 mm", "3.0 mm"));
    written(room, "检查结果/copy.chupin.json", text);
    assert_fine(record_rebuild(&rebuilt, room->arena, room->place, room->folder, &stamp_of_li));
    assert_int_equal(rebuilt.sidecars, 3);
    assert_int_equal(rebuilt.trouble_count, 2);
    assert_non_null(strstr(rebuilt.troubles[0].zh, "报告被改过"));
    r = room_open(room, RECORD_READ);
    assert_intact(room, r);
    record_close(r);
}

static void nothing_to_rebuild_from_is_said(void **state) {
    Room *room = *state;
    RecordRebuild rebuilt;
    assert_trouble(record_rebuild(&rebuilt, room->arena, room->place, room->folder, &stamp_of_li),
                   ERR_FILE, "没有东西可重建");
    assert_int_not_equal(access(room->place, F_OK), 0);
}

static void what_is_not_ours_is_never_written_over(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject a = room_subject(room, 'a');
    const char *path = sidecar(room, r, 'a'), *theirs = "[1, 2, 3]";
    written(room, path + strlen(room->folder) + 1, theirs);
    assert_trouble(sidecar_write(r, room->arena, artwork(room), &a, NULL), ERR_OUTPUT,
                   "没有覆盖它");
    assert_string_equal(read_file(room, path), theirs);
    record_close(r);
}

/* The record was lost and somebody began a new one: what people had said is still in the folder. */
static void answers_that_the_record_never_heard_are_kept(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject a = room_subject(room, 'a');
    sidecar(room, r, 'a');
    record_close(r);
    unlink(room->place);
    r = room_open(room, RECORD_CREATE);
    room_check(room, r, 'a');
    assert_trouble(sidecar_write(r, room->arena, artwork(room), &a, NULL), ERR_OUTPUT,
                   "job rebuild");
    record_close(r);
}

static void an_answer_that_was_given_again_is_no_reason_to_refuse(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    sidecar(room, r, 'a');
    room_answer(room, r, 'a', 8, HUMAN_NO);
    const char *path = sidecar(room, r, 'a');
    assert_null(strstr(read_file(room, path), "看过原稿\\\",\\\"row\\\":8,\\\"sha256\\\":\\\""
                                              "aaaaaaaa\\\",\\\"state\\\":\\\"yes"));
    record_close(r);
}

/* The answer came from another machine, and was then given otherwise. */
static void an_answer_from_another_record_is_known_too(void **state) {
    Room *room = *state;
    const char *place = room_place(room, "new");
    Record *r = room_full(room), *other = open_at(room, place, RECORD_CREATE);
    room_check(room, other, 'c');
    record_close(other);
    import(room, place, written(room, "r.json", exported(room, r, NULL)));
    record_close(r);
    room->place = place;
    r = room_open(room, RECORD_WRITE);
    sidecar(room, r, 'a');
    room_answer(room, r, 'a', 8, HUMAN_NO);
    sidecar(room, r, 'a');
    record_close(r);
}

static void what_a_killed_writer_left_is_removed(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    sidecar(room, r, 'a');
    const char *old = written(room, "检查结果/.chupin-abcdef", "half");
    const char *young = written(room, "检查结果/.chupin-ghijkl", "half");
    const struct timespec long_ago[2] = {{1700000000, 0}, {1700000000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, old, long_ago, 0), 0);
    sidecar(room, r, 'a');
    assert_int_not_equal(access(old, F_OK), 0);
    assert_int_equal(access(young, F_OK), 0);
    record_close(r);
}

static void a_folder_without_a_record_remembers_in_its_sidecar(void **state) {
    Room *room = *state;
    RecordRun run = room_run(room, 'a'), again = room_run(room, 'a');
    RecordRebuild rebuilt;
    const RecordRun *runs;
    const char *path;
    size_t count;
    again.identity.as_of = "2026-01-18";
    assert_fine(
        sidecar_add_run(room->arena, artwork(room), &stamp_of_wang, &run, &room_job, &path));
    assert_fine(
        sidecar_add_run(room->arena, artwork(room), &stamp_of_li, &again, &room_job, &path));
    assert_int_not_equal(access(room->place, F_OK), 0);
    assert_fine(record_rebuild(&rebuilt, room->arena, room->place, room->folder, &stamp_of_li));
    Record *r = room_open(room, RECORD_READ);
    assert_fine(record_runs(&runs, &count, r, room->arena, NULL, 0));
    assert_int_equal(count, 1);
    assert_string_equal(runs[0].identity.as_of, "2026-01-18");
    record_close(r);
}

static void long_names_are_cut_between_letters(void **state) {
    Room *room = *state;
    char name[256] = "/x/";
    while (strlen(name) + 8 < 250)
        strcat(name, "画");
    const char *path = sidecar_path(room->arena, strcat(name, ".pdf"), "0123456789", "_批注.pdf");
    assert_true(text_valid(path, strlen(path)));
    assert_true(strlen(strrchr(path, '/') + 1) < 255);
    assert_non_null(strstr(path, ".01234567_批注.pdf"));
}

static const struct CMUnitTest tests[] = {
    room_test(a_new_record_takes_the_chain_as_it_is),
    room_test(importing_twice_changes_nothing),
    room_test(a_record_that_went_on_takes_what_is_new),
    room_test(two_records_take_each_other_over),
    room_test(one_job_goes_out_alone),
    room_test(a_bundle_that_was_changed_is_refused_whole),
    room_test(made_up_events_are_refused_whole),
    room_test(a_sidecar_is_json_with_the_report_in_it),
    room_test(a_record_is_made_anew_from_sidecars),
    room_test(damaged_sidecars_are_told_and_the_others_taken),
    room_test(nothing_to_rebuild_from_is_said),
    room_test(what_is_not_ours_is_never_written_over),
    room_test(answers_that_the_record_never_heard_are_kept),
    room_test(an_answer_that_was_given_again_is_no_reason_to_refuse),
    room_test(an_answer_from_another_record_is_known_too),
    room_test(what_a_killed_writer_left_is_removed),
    room_test(a_folder_without_a_record_remembers_in_its_sidecar),
    room_test(long_names_are_cut_between_letters),
};

int main(void) {
    return room_run_tests(tests);
}
