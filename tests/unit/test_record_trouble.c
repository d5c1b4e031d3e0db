/* Trouble is told in one clear line, and nothing that was recorded before is lost. */
#include "record_room.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* Runs `work` in another process, so that its rights and limits end with it; cmocka's checks there
 * end that process with another code than 0. */
static void in_child(Room *room, void (*work)(Room *)) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        work(room);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void need(bool fine, int code) {
    if (!fine)
        _exit(code);
}

static bool tells(Result r, ErrKind kind, const char *zh) {
    if (r.kind != kind || !strstr(r.text.zh, zh))
        fprintf(stderr, "%d: %s\n", r.kind, r.text.zh ? r.text.zh : "fine");
    return r.kind == kind && strstr(r.text.zh, zh);
}

static void write_text(const char *path, const char *text) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static Result reopen(Room *room, RecordMode mode) {
    Record *r = NULL;
    Result result = record_open(&r, room->arena, room->place, mode, &stamp_of_wang);
    record_close(r);
    return result;
}

static void a_record_from_a_newer_version_is_left_alone(void **state) {
    Room *room = *state;
    static const RecordMode modes[] = {RECORD_READ, RECORD_WRITE, RECORD_CREATE};
    Record *r = room_full(room);
    assert_fine(store_exec(r->store, "UPDATE record SET version = 7", 0, NULL));
    record_close(r);
    for (int i = 0; i < 3; i++)
        assert_trouble(reopen(room, modes[i]), ERR_FILE, "更新的 chupin");
}

static void an_older_record_is_brought_up_to_date(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject b = room_subject(room, 'b');
    const Answer *answers[CHECKLIST_ITEMS];
    assert_fine(store_exec(r->store, "UPDATE record SET version = 0", 0, NULL));
    assert_fine(store_exec(r->store, "DROP TABLE answer", 0, NULL));
    record_close(r);
    assert_trouble(reopen(room, RECORD_READ), ERR_FILE, "旧格式");
    r = room_open(room, RECORD_WRITE);
    assert_fine(record_answers(answers, r, room->arena, &b));
    assert_non_null(answers[8]);
    assert_intact(room, r);
    record_close(r);
    assert_fine(reopen(room, RECORD_READ));
}

static void what_is_no_record_is_left_alone(void **state) {
    Room *room = *state;
    static const RecordMode modes[] = {RECORD_READ, RECORD_WRITE, RECORD_CREATE};
    for (int i = 0; i < 3; i++) {
        write_text(room->place, "%PDF-1.4 this is some other file of some length\n");
        assert_trouble(reopen(room, modes[i]), ERR_FILE, "不是出品记录");
        Store *s;
        unlink(room->place);
        assert_fine(store_open(&s, room->arena, room->place, STORE_CREATE));
        assert_fine(store_exec(s, "CREATE TABLE photos (name TEXT)", 0, NULL));
        store_close(s);
        assert_trouble(reopen(room, modes[i]), ERR_FILE, "不是出品记录");
        unlink(room->place);
    }
    write_text(room->place, "");
    assert_trouble(reopen(room, RECORD_WRITE), ERR_FILE, "不是出品记录");
}

static void a_place_that_is_a_folder_is_told(void **state) {
    Room *room = *state;
    assert_int_equal(mkdir(room->place, 0777), 0);
    assert_int_not_equal(reopen(room, RECORD_READ).kind, ERR_NONE);
    assert_int_not_equal(reopen(room, RECORD_CREATE).kind, ERR_NONE);
}

static void a_record_that_is_not_there_is_told(void **state) {
    Room *room = *state;
    assert_trouble(reopen(room, RECORD_READ), ERR_FILE, "没有记录");
    assert_trouble(reopen(room, RECORD_WRITE), ERR_FILE, "没有记录");
    assert_int_not_equal(access(room->place, F_OK), 0);
}

static void a_full_disk_loses_nothing(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject a = room_subject(room, 'a');
    const StoreValue *row;
    assert_fine(store_one(&row, room->arena, r->store, "PRAGMA page_count", 1, 0, NULL));
    /* The store may not grow any more. */
    assert_fine(store_exec(
        r->store, arena_printf(room->arena, "PRAGMA max_page_count = %d", (int)row[0].number), 0,
        NULL));
    char *scan = arena_alloc(room->arena, 100000);
    memset(scan, 'x', 100000);
    assert_trouble(
        record_attach(r, &stamp_of_wang, &a, "scan", &(RecordScan){"大.jpg", {scan, 100000}}),
        ERR_OUTPUT, "磁盘满了");
    assert_intact(room, r);
    assert_fine(store_exec(r->store, "PRAGMA max_page_count = 1000000", 0, NULL));
    room_answer(room, r, 'a', 5, HUMAN_YES);
    assert_intact(room, r);
    record_close(r);
}

static void a_group_on_a_full_disk_is_undone_whole(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordSubject a = room_subject(room, 'a');
    const Answer *answers[CHECKLIST_ITEMS];
    char *scan = arena_alloc(room->arena, 100000);
    memset(scan, 'x', 100000);
    assert_fine(record_begin(r));
    room_answer(room, r, 'a', 5, HUMAN_YES);
    assert_fine(store_exec(r->store, "PRAGMA max_page_count = 1", 0, NULL));
    assert_int_equal(
        record_attach(r, &stamp_of_wang, &a, "scan", &(RecordScan){"大.jpg", {scan, 100000}}).kind,
        ERR_OUTPUT);
    assert_trouble(record_commit(r), ERR_USAGE, "都没有记下");
    assert_fine(record_answers(answers, r, room->arena, &a));
    assert_null(answers[5]);
    assert_intact(room, r);
    record_close(r);
}

static void write_beyond_a_limit(Room *room) {
    signal(SIGXFSZ, SIG_IGN);
    Record *r = room_open(room, RECORD_WRITE);
    RecordSubject a = room_subject(room, 'a');
    struct stat info;
    need(stat(room->place, &info) == 0, 10);
    struct rlimit limit = {(rlim_t)info.st_size, (rlim_t)info.st_size};
    need(setrlimit(RLIMIT_FSIZE, &limit) == 0, 11);
    char *scan = arena_alloc(room->arena, 200000);
    memset(scan, 'x', 200000);
    need(
        tells(record_attach(r, &stamp_of_wang, &a, "scan", &(RecordScan){"大.jpg", {scan, 200000}}),
              ERR_OUTPUT, "磁盘满了"),
        12);
    record_close(r);
}

static void a_limit_on_the_size_of_files_loses_nothing(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    in_child(room, write_beyond_a_limit);
    Record *r = room_open(room, RECORD_WRITE);
    assert_intact(room, r);
    room_answer(room, r, 'a', 5, HUMAN_YES);
    record_close(r);
}

enum { SOMEBODY = 65534 };

static void give_up_rights(void) {
    if (getuid() == 0)
        need(setresgid(SOMEBODY, SOMEBODY, SOMEBODY) == 0 &&
                 setresuid(SOMEBODY, SOMEBODY, SOMEBODY) == 0,
             20);
}

static void read_without_rights(Room *room) {
    give_up_rights();
    Record *r;
    need(tells(reopen(room, RECORD_WRITE), ERR_OUTPUT, "不让写"), 21);
    need(tells(reopen(room, RECORD_CREATE), ERR_OUTPUT, "不让写"), 22);
    need(!record_open(&r, room->arena, room->place, RECORD_READ, NULL).kind, 23);
    need(room_verify(room, r, NULL).intact, 24);
    record_close(r);
    room->place = room_place(room, "new");
    need(tells(reopen(room, RECORD_CREATE), ERR_OUTPUT, "不让写"), 25);
}

static void a_read_only_folder_is_read_and_told(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    assert_int_equal(chmod(room->place, 0444), 0);
    assert_int_equal(chmod(room->folder, 0555), 0);
    in_child(room, read_without_rights);
    chmod(room->folder, 0755);
}

static void write_sidecar_without_rights(Room *room) {
    give_up_rights();
    Record *r;
    RecordSubject a = room_subject(room, 'a');
    const char *artwork = arena_printf(room->arena, "%s/a.pdf", room->folder);
    need(!record_open(&r, room->arena, room->place, RECORD_READ, NULL).kind, 30);
    need(tells(sidecar_write(r, room->arena, artwork, &a, NULL), ERR_OUTPUT, "写不进去"), 31);
    record_close(r);
}

static void a_sidecar_that_can_not_be_written_is_told(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    assert_int_equal(chmod(room->folder, 0555), 0);
    in_child(room, write_sidecar_without_rights);
    chmod(room->folder, 0755);
}

static void who_waits_too_long_is_told(void **state) {
    Room *room = *state;
    Record *r = room_full(room), *other = room_open(room, RECORD_WRITE);
    RecordSubject a = room_subject(room, 'a');
    assert_fine(store_exec(other->store, "PRAGMA busy_timeout = 20", 0, NULL));
    assert_fine(record_begin(r));
    room_answer(room, r, 'a', 5, HUMAN_YES);
    assert_trouble(
        record_answer(other, &stamp_of_li, &a, 6, &(Answer){.state = HUMAN_YES, .note = ""}),
        ERR_OUTPUT, "正被别人使用");
    assert_fine(record_commit(r));
    assert_fine(
        record_answer(other, &stamp_of_li, &a, 6, &(Answer){.state = HUMAN_YES, .note = ""}));
    assert_intact(room, other);
    record_close(other);
    record_close(r);
}

enum { WRITERS = 4, ANSWERS_EACH = 10 };

static void answer_often(Room *room) {
    Record *r = room_open(room, RECORD_WRITE);
    for (int i = 0; i < ANSWERS_EACH; i++)
        room_answer(room, r, 'a', i, HUMAN_YES);
    record_close(r);
}

static void several_who_write_at_once_lose_nothing(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordHead before, after;
    assert_fine(record_head(&before, r));
    pid_t writers[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = fork();
        if (!writers[i]) {
            answer_often(room);
            _exit(0);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
        assert_int_equal(status, 0);
    }
    assert_fine(record_head(&after, r));
    assert_int_equal(after.seq - before.seq, WRITERS * ANSWERS_EACH);
    assert_intact(room, r);
    record_close(r);
}

static void create_at_once(Room *room) {
    record_close(room_open(room, RECORD_CREATE));
}

static void several_who_make_it_at_once_make_one(void **state) {
    Room *room = *state;
    pid_t makers[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        makers[i] = fork();
        if (!makers[i]) {
            create_at_once(room);
            _exit(0);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        assert_int_equal(waitpid(makers[i], &status, 0), makers[i]);
        assert_int_equal(status, 0);
    }
    RecordHead head;
    Record *r = room_open(room, RECORD_READ);
    assert_fine(record_head(&head, r));
    assert_int_equal(head.seq, 1);
    record_close(r);
}

static const struct CMUnitTest tests[] = {
    room_test(a_record_from_a_newer_version_is_left_alone),
    room_test(an_older_record_is_brought_up_to_date),
    room_test(what_is_no_record_is_left_alone),
    room_test(a_place_that_is_a_folder_is_told),
    room_test(a_record_that_is_not_there_is_told),
    room_test(a_full_disk_loses_nothing),
    room_test(a_group_on_a_full_disk_is_undone_whole),
    room_test(a_limit_on_the_size_of_files_loses_nothing),
    room_test(a_read_only_folder_is_read_and_told),
    room_test(a_sidecar_that_can_not_be_written_is_told),
    room_test(who_waits_too_long_is_told),
    room_test(several_who_write_at_once_lose_nothing),
    room_test(several_who_make_it_at_once_make_one),
};

int main(void) {
    return room_run_tests(tests);
}
