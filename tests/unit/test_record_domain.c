/* What a record knows: jobs, versions, runs, and what people said of them. */
#include "record_room.h"

static void a_run_comes_back_byte_for_byte(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    room_check(room, r, 'a');
    RecordRun run = room_run(room, 'a');
    const RecordRun *found;
    assert_fine(record_find_run(&found, r, room->arena, &run.identity));
    assert_non_null(found);
    assert_int_equal(found->report.n, run.report.n);
    assert_memory_equal(found->report.p, run.report.p, run.report.n);
    assert_string_equal(found->name, run.name);
    assert_string_equal(found->subject.item, "开盘画册");
    assert_int_equal(found->version, 1);
    assert_int_equal(found->errors, 4);
    assert_string_equal(found->verdict, "fail");
    assert_int_equal(found->page_count, 4);
    assert_string_equal(found->pages[3], "p4");
    assert_null(found->pages[2]);
    record_close(r);
}

static void a_repeated_check_is_found_and_not_added(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    RecordHead before, after;
    RecordRun run = room_run(room, 'a');
    bool added;
    room_check(room, r, 'a');
    assert_fine(record_head(&before, r));
    assert_fine(record_add_run(r, &stamp_of_li, &run, &room_job, &added));
    assert_false(added);
    assert_fine(record_head(&after, r));
    assert_string_equal(before.hash, after.hash);
    record_close(r);
}

static void every_part_of_the_identity_makes_another_run(void **state) {
    (void)state;
    RunIdentity same = {.file = "a"};
    const char **const parts[] = {&same.file,  &same.live,  &same.confirmed, &same.job,
                                  &same.rules, &same.as_of, &same.tool};
    char first[SHA256_HEX], other[SHA256_HEX];
    run_id(&same, first);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *was = *parts[i];
        *parts[i] = "b";
        run_id(&same, other);
        assert_string_not_equal(first, other);
        *parts[i] = was;
    }
    same.live = "";
    run_id(&same, other);
    assert_string_equal(first, other);
}

static void a_run_is_found_by_the_first_digits_of_its_id(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    room_check(room, r, 'a');
    RecordRun run = room_run(room, 'a');
    const RecordRun *found;
    char id[SHA256_HEX], typed[16];
    run_id(&run.identity, id);
    snprintf(typed, sizeof typed, "%.4s-%.4s", id, id + 4);
    for (char *p = typed; *p; p++)
        *p = (char)(*p >= 'a' ? *p - 32 : *p);
    assert_fine(record_run(&found, r, room->arena, typed));
    assert_string_equal(found->id, id);
    assert_trouble(record_run(&found, r, room->arena, "ffff"), ERR_USAGE, "没有检查");
    assert_trouble(record_run(&found, r, room->arena, "abc"), ERR_USAGE, "没有检查");
    assert_trouble(record_run(&found, r, room->arena, "x' OR 1=1"), ERR_USAGE, "没有检查");
    record_close(r);
}

static void a_new_hash_is_a_new_version_without_ticks(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    const Answer *answers[CHECKLIST_ITEMS];
    const RecordVersion *versions;
    size_t count;
    room_check(room, r, 'a');
    room_answer(room, r, 'a', 8, HUMAN_YES);
    room_check(room, r, 'b');
    RecordSubject a = room_subject(room, 'a'), b = room_subject(room, 'b');
    assert_fine(record_answers(answers, r, room->arena, &a));
    assert_int_equal(answers[8]->state, HUMAN_YES);
    assert_string_equal(answers[8]->by, "王芳");
    assert_string_equal(answers[8]->role, "AE");
    assert_string_equal(answers[8]->note, "看过原稿");
    assert_fine(record_answers(answers, r, room->arena, &b));
    assert_null(answers[8]);
    assert_fine(record_versions(&versions, &count, r, room->arena, "J-2026-0117", NULL));
    assert_int_equal(count, 2);
    assert_int_equal(versions[1].number, 2);
    assert_string_equal(versions[1].subject.sha256, b.sha256);
    assert_non_null(versions[1].run);
    record_close(r);
}

static void an_item_is_the_same_however_it_is_typed(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    room_check(room, r, 'a');
    RecordRun run = room_run(room, 'b');
    run.subject.item = " 开盘 画册";
    bool added;
    const RecordVersion *version;
    assert_fine(record_add_run(r, &stamp_of_wang, &run, NULL, &added));
    assert_fine(record_find_version(&version, r, room->arena, &run.subject));
    assert_int_equal(version->number, 2);
    record_close(r);
}

static void the_last_answer_counts(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    const Answer *answers[CHECKLIST_ITEMS];
    RecordSubject a = room_subject(room, 'a');
    room_check(room, r, 'a');
    room_answer(room, r, 'a', 0, HUMAN_NO);
    room_answer(room, r, 'a', 0, HUMAN_NA);
    assert_fine(record_answers(answers, r, room->arena, &a));
    assert_int_equal(answers[0]->state, HUMAN_NA);
    record_close(r);
}

static void answers_are_offered_where_pages_did_not_change(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    static const char *const changed[] = {"p1", "px", NULL, "p4"};
    const RecordCarry *offers;
    size_t count;
    bool added;
    room_check(room, r, 'a');
    room_answer(room, r, 'a', 8, HUMAN_YES);
    RecordRun run = room_run(room, 'b');
    run.pages = changed;
    assert_fine(record_add_run(r, &stamp_of_wang, &run, NULL, &added));
    RecordSubject b = room_subject(room, 'b');
    assert_fine(record_carries(&offers, &count, r, room->arena, &b));
    assert_int_equal(count, 1);
    assert_int_equal(offers[0].row, 8);
    assert_int_equal(offers[0].version, 1);
    assert_int_equal(offers[0].unchanged_count, 2);
    assert_int_equal(offers[0].changed_count, 2);
    assert_int_equal(offers[0].changed[0], 2);
    assert_int_equal(offers[0].changed[1], 3);
    Answer carried = *offers[0].answer;
    carried.carried_from = offers[0].version;
    assert_fine(record_answer(r, &stamp_of_li, &b, 8, &carried));
    const Answer *answers[CHECKLIST_ITEMS];
    assert_fine(record_answers(answers, r, room->arena, &b));
    assert_int_equal(answers[8]->carried_from, 1);
    assert_fine(record_carries(&offers, &count, r, room->arena, &b));
    assert_int_equal(count, 0);
    assert_intact(room, r);
    record_close(r);
}

static void nothing_is_offered_where_no_page_is_known(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    const RecordCarry *offers;
    size_t count;
    bool added;
    room_check(room, r, 'a');
    room_answer(room, r, 'a', 8, HUMAN_YES);
    RecordRun run = room_run(room, 'b');
    run.page_count = 0;
    assert_fine(record_add_run(r, &stamp_of_wang, &run, NULL, &added));
    assert_fine(record_carries(&offers, &count, r, room->arena, &run.subject));
    assert_int_equal(count, 0);
    record_close(r);
}

static void people_speak_only_of_what_was_checked(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    RecordSubject a = room_subject(room, 'a');
    RecordStamp nobody = {"2026-01-17 14:03", "", ""};
    Answer yes = {.state = HUMAN_YES, .note = ""}, none = {.state = HUMAN_PENDING};
    assert_trouble(record_answer(r, &stamp_of_wang, &a, 3, &yes), ERR_USAGE, "没有检查过");
    room_check(room, r, 'a');
    assert_trouble(record_answer(r, &nobody, &a, 3, &yes), ERR_USAGE, "--by");
    assert_trouble(record_answer(r, &stamp_of_wang, &a, 15, &yes), ERR_USAGE, "0 到 14");
    assert_trouble(record_answer(r, &stamp_of_wang, &a, 3, &none), ERR_USAGE, "是、否");
    record_close(r);
}

static void a_group_stands_or_falls_as_one(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    room_check(room, r, 'a');
    RecordSubject a = room_subject(room, 'a'), unknown = room_subject(room, 'c');
    const Answer *answers[CHECKLIST_ITEMS];
    Answer yes = {.state = HUMAN_YES, .note = ""};
    assert_fine(record_begin(r));
    room_answer(room, r, 'a', 1, HUMAN_YES);
    /* A refusal writes nothing and spoils nothing. */
    assert_int_equal(record_answer(r, &stamp_of_wang, &unknown, 2, &yes).kind, ERR_USAGE);
    room_answer(room, r, 'a', 2, HUMAN_YES);
    assert_fine(record_commit(r));
    assert_fine(record_begin(r));
    room_answer(room, r, 'a', 3, HUMAN_YES);
    record_rollback(r);
    assert_fine(record_answers(answers, r, room->arena, &a));
    assert_non_null(answers[1]);
    assert_non_null(answers[2]);
    assert_null(answers[3]);
    assert_intact(room, r);
    record_close(r);
}

static void a_waiver_holds_until_it_is_revoked(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    const RecordWaiver *waivers;
    size_t count;
    RecordWaiver w = room_waiver(room, 'a', false);
    room_check(room, r, 'a');
    assert_fine(record_waive(r, &stamp_of_wang, &w));
    assert_trouble(record_waive(r, &stamp_of_li, &w), ERR_USAGE, "已经由 王芳");
    assert_fine(record_waivers(&waivers, &count, r, room->arena, "J-2026-0117", "开盘画册", false));
    assert_int_equal(count, 1);
    assert_string_equal(waivers[0].waiver.why, "印厂确认可做");
    assert_int_equal(waivers[0].waiver.until_version, 4);
    assert_int_equal(waivers[0].waiver.given_count, 1);
    assert_true(waivers[0].waiver.given[0].box.x0 == 207);
    assert_fine(record_revoke(r, &stamp_of_li, "J-2026-0117", waivers[0].id, "改好了"));
    assert_trouble(record_revoke(r, &stamp_of_li, "J-2026-0117", waivers[0].id, "改好了"),
                   ERR_USAGE, "没有可撤回");
    assert_fine(record_waivers(&waivers, &count, r, room->arena, "J-2026-0117", NULL, false));
    assert_int_equal(count, 0);
    assert_fine(record_waivers(&waivers, &count, r, room->arena, "J-2026-0117", NULL, true));
    assert_int_equal(count, 1);
    assert_string_equal(waivers[0].revoked_by, "李雷");
    assert_fine(record_waive(r, &stamp_of_li, &w));
    assert_intact(room, r);
    record_close(r);
}

static void a_second_person_has_to_be_another(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    const RecordWaiver *waivers;
    size_t count;
    RecordWaiver w = room_waiver(room, 'a', true);
    room_check(room, r, 'a');
    assert_fine(record_waive(r, &stamp_of_wang, &w));
    assert_trouble(record_waive(r, &(RecordStamp){"2026-01-17 16:00", "王 芳", ""}, &w), ERR_USAGE,
                   "请另一位");
    const char *first_why = w.waiver.why;
    w.waiver.why = "印厂说可以裁";
    assert_fine(record_waive(r, &stamp_of_li, &w));
    assert_fine(record_waivers(&waivers, &count, r, room->arena, "J-2026-0117", NULL, false));
    assert_int_equal(count, 1);
    assert_string_equal(waivers[0].waiver.second, "李雷");
    assert_string_equal(waivers[0].waiver.why, first_why);
    assert_string_equal(waivers[0].waiver.second_why, "印厂说可以裁");
    record_close(r);
}

static void an_expired_waiver_can_be_given_anew(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    const RecordWaiver *waivers;
    size_t count;
    RecordWaiver w = room_waiver(room, 'a', false);
    w.waiver.until_date = "2026-01-20";
    room_check(room, r, 'a');
    assert_fine(record_waive(r, &stamp_of_wang, &w));
    assert_int_equal(record_waive(r, &(RecordStamp){"2026-01-20 09:00", "李雷", ""}, &w).kind,
                     ERR_USAGE);
    assert_fine(record_waive(r, &(RecordStamp){"2026-01-21 09:00", "李雷", ""}, &w));
    assert_fine(record_waivers(&waivers, &count, r, room->arena, "J-2026-0117", NULL, false));
    assert_int_equal(count, 1);
    assert_string_equal(waivers[0].waiver.by, "李雷");
    record_close(r);
}

static void the_client_signed_version_is_found(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject b = room_subject(room, 'b');
    const RecordVersion *version;
    const Signature *signature;
    Str scan;
    assert_fine(record_signed_version(&version, &signature, r, room->arena, &b, PARTY_CLIENT));
    assert_int_equal(version->number, 1);
    assert_int_equal(signature->decision, DECISION_APPROVE);
    assert_string_equal(signature->scan_name, "签字.jpg");
    assert_fine(record_content(&scan, r, room->arena, signature->scan_sha256));
    assert_memory_equal(scan.p, "\xff\xd8 scan \x00 of it", scan.n);
    RecordSubject a = room_subject(room, 'a');
    static const Decision others[] = {DECISION_WITH_CHANGES, DECISION_REJECT};
    for (int i = 0; i < 2; i++) { /* what follows is to differ */
        assert_fine(record_sign(
            r, &stamp_of_li, &a,
            &(Signature){.party = PARTY_CLIENT, .decision = others[i], .note = "电话错了"}, NULL));
        assert_fine(record_signed_version(&version, NULL, r, room->arena, &b, PARTY_CLIENT));
        assert_null(version);
    }
    record_close(r);
}

static void a_standing_says_all_that_is_known(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject b = room_subject(room, 'b');
    Standing s;
    RecordHead head;
    assert_fine(record_standing(&s, r, room->arena, &b));
    assert_fine(record_head(&head, r));
    assert_string_equal(s.head, head.hash);
    assert_int_equal(s.head_seq, head.seq);
    assert_int_equal(s.version, 2);
    assert_non_null(s.run);
    assert_int_equal(s.answers[8]->carried_from, 1);
    assert_null(s.answers[10]);
    assert_int_equal(s.signature_count, 0);
    assert_int_equal(s.waiver_count, 1);
    assert_string_equal(s.waivers[0].second, "李雷");
    assert_int_equal(s.before.version, 1);
    assert_int_equal(s.before.report->finding_count, room_report(room, 'a')->finding_count);
    assert_int_equal(s.earlier_count, 1);
    assert_string_equal(s.earlier[0].signed_by, "李雷");
    assert_int_equal(s.signed_version.version, 1);
    assert_false(s.signed_version.same_bytes);
    record_close(r);
}

static void a_comparison_with_the_signed_version_is_kept(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject b = room_subject(room, 'b');
    Standing s;
    assert_fine(record_standing(&s, r, room->arena, &b));
    assert_true(s.signed_version.compared);
    assert_false(s.signed_version.same_look);
    assert_int_equal(s.difference_count, 2);
    assert_true(s.differences[0].boxed);
    assert_true(s.differences[0].x == 12.345);
    assert_string_equal(s.differences[0].what.zh, "电话不同");
    assert_int_equal(s.differences[1].page, 0);
    assert_false(s.differences[1].boxed);
    assert_string_equal(s.signed_version.made_with, "");
    s.signed_version.same_look = true;
    s.signed_version.made_with = "chupin 9\nabc";
    s.difference_count = 0;
    assert_fine(record_put_comparison(r, &stamp_of_li, &b, &s));
    assert_fine(record_standing(&s, r, room->arena, &b));
    assert_true(s.signed_version.same_look);
    assert_string_equal(s.signed_version.made_with, "chupin 9\nabc");
    assert_int_equal(s.difference_count, 0);
    assert_intact(room, r);
    record_close(r);
}

static void a_file_that_was_never_checked_stands_as_the_next_version(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject c = room_subject(room, 'c');
    Standing s;
    assert_fine(record_standing(&s, r, room->arena, &c));
    assert_int_equal(s.version, 3);
    assert_null(s.run);
    assert_int_equal(s.before.version, 2);
    record_close(r);
}

static void lists_tell_jobs_runs_and_events(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    const RecordJob *jobs;
    const RecordRun *runs;
    const RecordEvent *events;
    const RecordAttachment *files;
    size_t count;
    assert_fine(record_jobs(&jobs, &count, r, room->arena));
    assert_int_equal(count, 1);
    assert_string_equal(jobs[0].client, "华庭置业");
    assert_int_equal(jobs[0].items, 1);
    assert_int_equal(jobs[0].versions, 2);
    assert_fine(record_runs(&runs, &count, r, room->arena, NULL, 0));
    assert_int_equal(count, 2);
    assert_int_equal(runs[0].version, 2);
    assert_fine(record_events(&events, &count, r, room->arena, NULL));
    assert_int_equal(events[0].seq, 1);
    assert_string_equal(events[4].told.zh, "王芳 对 开盘画册（aaaaaaaa）第 8 项回答：是 看过原稿");
    RecordSubject a = room_subject(room, 'a');
    assert_fine(record_attachments(&files, &count, r, room->arena, &a));
    assert_int_equal(count, 1);
    assert_string_equal(files[0].name, "微信.txt");
    record_close(r);
}

static void a_job_is_there_before_anything_is_checked(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    const RecordJob *job;
    assert_fine(record_put_job(r, &stamp_of_wang, &room_job));
    assert_fine(record_find_job(&job, r, room->arena, "J-2026-0117"));
    assert_non_null(job);
    assert_string_equal(job->client, "华庭置业");
    assert_int_equal(job->versions, 0);
    assert_fine(record_find_job(&job, r, room->arena, "J-2"));
    assert_null(job);
    record_close(r);
}

static void hostile_text_is_kept_as_text(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    RecordRun run = room_run(room, 'a');
    run.name = "\xff\xfe<script>\x1b[31m\xe2\x80\xae.pdf";
    run.subject.item = "');DROP TABLE run;--";
    bool added;
    const RecordVersion *version;
    assert_fine(record_add_run(r, &stamp_of_wang, &run, NULL, &added));
    assert_fine(record_find_version(&version, r, room->arena, &run.subject));
    assert_non_null(version);
    assert_true(text_valid(version->name, strlen(version->name)));
    assert_non_null(strstr(version->name, "<script>"));
    assert_intact(room, r);
    record_close(r);
}

static const struct CMUnitTest tests[] = {
    room_test(a_run_comes_back_byte_for_byte),
    room_test(a_repeated_check_is_found_and_not_added),
    room_test(every_part_of_the_identity_makes_another_run),
    room_test(a_run_is_found_by_the_first_digits_of_its_id),
    room_test(a_new_hash_is_a_new_version_without_ticks),
    room_test(an_item_is_the_same_however_it_is_typed),
    room_test(the_last_answer_counts),
    room_test(answers_are_offered_where_pages_did_not_change),
    room_test(nothing_is_offered_where_no_page_is_known),
    room_test(people_speak_only_of_what_was_checked),
    room_test(a_group_stands_or_falls_as_one),
    room_test(a_waiver_holds_until_it_is_revoked),
    room_test(a_second_person_has_to_be_another),
    room_test(an_expired_waiver_can_be_given_anew),
    room_test(the_client_signed_version_is_found),
    room_test(a_standing_says_all_that_is_known),
    room_test(a_comparison_with_the_signed_version_is_kept),
    room_test(a_file_that_was_never_checked_stands_as_the_next_version),
    room_test(lists_tell_jobs_runs_and_events),
    room_test(a_job_is_there_before_anything_is_checked),
    room_test(hostile_text_is_kept_as_text),
};

int main(void) {
    return room_run_tests(tests);
}
