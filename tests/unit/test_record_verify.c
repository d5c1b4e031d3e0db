/* Whoever changes a row behind the record's back is found. */
#include "record_room.h"

#include "record/inside.h"
#include "record/tables.h"

/* Another connection, as somebody with a database tool has it. */
static Store *behind(Room *room) {
    Store *s;
    assert_fine(store_open(&s, room->arena, room->place, STORE_WRITE));
    return s;
}

static const char *const triggers[] = {"DROP TRIGGER event_no_update",
                                       "DROP TRIGGER event_no_delete",
                                       "DROP TRIGGER event_no_replace"};
enum { TRIGGERS = sizeof triggers / sizeof *triggers };

static void drop_triggers(Store *s) {
    for (size_t i = 0; i < TRIGGERS; i++)
        assert_fine(store_exec(s, triggers[i], 0, NULL));
}

static RecordVerdict verdict_of(Room *room) {
    Record *r = room_open(room, RECORD_VERIFY);
    RecordVerdict v = room_verify(room, r, NULL);
    record_close(r);
    return v;
}

static void assert_broken(Room *room, const char *table, const char *how) {
    RecordVerdict v = verdict_of(room);
    if (v.intact)
        fail_msg("%s in %s was not found", how, table);
    /* A content that is missing is missed by the event that names it. */
    if (!streq(table, "content"))
        assert_string_equal(v.table, table);
    assert_non_null(v.key);
    assert_non_null(v.what.zh);
}

static int64_t count_rows(Room *room, Store *s, const char *table) {
    const StoreValue *row;
    assert_fine(store_one(&row, room->arena, s,
                          arena_printf(room->arena, "SELECT COUNT(*) FROM %s", table), 1, 0, NULL));
    return row[0].number;
}

/* A copy of the record, so that each change starts from a whole one. */
static void copy_file(const char *from, const char *to) {
    char buffer[1 << 16];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in && out);
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, in)) > 0;)
        assert_int_equal(fwrite(buffer, 1, n, out), n);
    fclose(in);
    fclose(out);
}

typedef void Tamper(Room *room, Store *s, const Table *t, size_t column);

static void change_column(Room *room, Store *s, const Table *t, size_t column) {
    const char *name = t->columns[column].name;
    const char *key = t->columns[0].name;
    const char *value = t->columns[column].type == STORE_INT    ? " + 1000"
                        : t->columns[column].type == STORE_TEXT ? " || 'x'"
                                                                : NULL;
    const char *sql =
        arena_printf(room->arena, "UPDATE %s SET %s = %s%s WHERE %s = (SELECT MAX(%s) FROM %s)",
                     t->name, name, value ? name : "x'00'", value ? value : "", key, key, t->name);
    assert_fine(store_exec(s, sql, 0, NULL));
}

static void delete_row(Room *room, Store *s, const Table *t, size_t column) {
    (void)column;
    const char *key = t->columns[0].name;
    assert_fine(
        store_exec(s,
                   arena_printf(room->arena, "DELETE FROM %s WHERE %s = (SELECT MAX(%s) FROM %s)",
                                t->name, key, key, t->name),
                   0, NULL));
}

static void restore_triggers(Store *s) {
    assert_fine(store_protect(s, "event"));
}

static void tampered(Room *room, const char *whole, const Table *t, size_t column, Tamper *tamper,
                     const char *how) {
    copy_file(whole, room->place);
    Store *s = behind(room);
    assert_true(count_rows(room, s, t->name) > 0);
    drop_triggers(s);
    tamper(room, s, t, column);
    restore_triggers(s);
    store_close(s);
    assert_broken(room, t->name, how);
}

static const char *whole_record(Room *room) {
    Record *r = room_full(room);
    assert_intact(room, r);
    record_close(r);
    /* Something from elsewhere, for the table of what was taken over. */
    const char *bundle = arena_printf(room->arena, "%s/other.json", room->folder);
    const char *place = room->place;
    room->place = room_place(room, "other");
    r = room_open(room, RECORD_CREATE);
    room_check(room, r, 'c');
    Sink out = sink_memory(room->arena);
    assert_fine(record_export(r, room->arena, NULL, &out));
    record_close(r);
    FILE *f = fopen(bundle, "wb");
    fwrite(out.bytes, 1, out.count, f);
    fclose(f);
    room->place = place;
    RecordImport import;
    assert_fine(record_import(&import, room->arena, place, &stamp_of_wang, bundle));
    assert_true(verdict_of(room).intact);
    const char *whole = room_place(room, "whole");
    copy_file(place, whole);
    return whole;
}

static void a_change_of_any_column_of_any_table_is_found(void **state) {
    Room *room = *state;
    const char *whole = whole_record(room);
    for (TableId id = 0; id < TABLE_COUNT; id++)
        for (size_t i = 0; i < table_of(id)->column_count; i++)
            tampered(room, whole, table_of(id), i, change_column, table_of(id)->columns[i].name);
}

static void a_row_that_is_taken_away_is_found(void **state) {
    Room *room = *state;
    const char *whole = whole_record(room);
    for (TableId id = 0; id < TABLE_COUNT; id++)
        /* The last event alone is a cut tail: its rows stay behind and are found. */
        if (id != TABLE_event)
            tampered(room, whole, table_of(id), 0, delete_row, "a row taken away");
}

static void a_row_that_nobody_wrote_is_found(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    Store *s = behind(room);
    assert_fine(store_exec(s,
                           "INSERT INTO content (sha256, bytes) VALUES ('e3b0c44298fc1c149afbf4c"
                           "8996fb92427ae41e4649b934ca495991b7852b855', x'')",
                           0, NULL));
    store_close(s);
    assert_broken(room, "content", "a row added");
}

static void the_first_broken_event_is_named(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    Store *s = behind(room);
    drop_triggers(s);
    assert_fine(store_exec(s, "UPDATE event SET actor = '总监' WHERE seq IN (5, 7)", 0, NULL));
    restore_triggers(s);
    store_close(s);
    RecordVerdict v = verdict_of(room);
    assert_false(v.intact);
    assert_int_equal(v.seq, 5);
}

static void a_missing_event_is_named(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    Store *s = behind(room);
    drop_triggers(s);
    assert_fine(store_exec(s, "DELETE FROM event WHERE seq = 6", 0, NULL));
    restore_triggers(s);
    store_close(s);
    RecordVerdict v = verdict_of(room);
    assert_false(v.intact);
    assert_int_equal(v.seq, 6);
}

static void bytes_hidden_behind_a_nul_are_found(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    Store *s = behind(room);
    drop_triggers(s);
    assert_fine(store_exec(s,
                           "UPDATE event SET actor = actor || CAST(x'0041' AS TEXT) "
                           "WHERE seq = 5",
                           0, NULL));
    restore_triggers(s);
    store_close(s);
    assert_int_equal(verdict_of(room).seq, 5);
}

static void missing_triggers_are_found(void **state) {
    Room *room = *state;
    for (size_t i = 0; i < TRIGGERS; i++) {
        unlink(room->place);
        record_close(room_full(room));
        Store *s = behind(room);
        assert_fine(store_exec(s, triggers[i], 0, NULL));
        store_close(s);
        assert_broken(room, "event", "a missing trigger");
    }
}

static void events_can_not_be_changed(void **state) {
    Room *room = *state;
    record_close(room_full(room));
    Store *s = behind(room);
    assert_trouble(store_exec(s, "UPDATE event SET actor = 'x'", 0, NULL), ERR_OUTPUT,
                   "append-only");
    assert_trouble(store_exec(s, "DELETE FROM event", 0, NULL), ERR_OUTPUT, "append-only");
    assert_trouble(store_exec(s, "INSERT OR REPLACE INTO event SELECT * FROM event", 0, NULL),
                   ERR_OUTPUT, "append-only");
    store_close(s);
    assert_true(verdict_of(room).intact);
}

/* Somebody takes back the last thing that was said, rows and all: only a printed head tells. */
static void a_cut_tail_is_found_by_the_head_on_a_sheet(void **state) {
    Room *room = *state;
    RecordHead printed;
    Record *r = room_full(room);
    room_answer(room, r, 'b', 10, HUMAN_YES);
    assert_fine(record_head(&printed, r));
    record_close(r);
    Store *s = behind(room);
    drop_triggers(s);
    assert_fine(
        store_exec(s, "DELETE FROM event WHERE seq = (SELECT MAX(seq) FROM event)", 0, NULL));
    assert_fine(
        store_exec(s, "DELETE FROM answer WHERE seq = (SELECT MAX(seq) FROM answer)", 0, NULL));
    restore_triggers(s);
    store_close(s);
    r = room_open(room, RECORD_READ);
    assert_intact(room, r);
    RecordVerdict v = room_verify(room, r, printed.hash);
    assert_false(v.intact);
    assert_int_equal(v.seq, printed.seq);
    v = room_verify(room, r, v.head.hash);
    assert_true(v.intact);
    record_close(r);
}

static void a_head_may_be_typed_short_but_not_too_short(void **state) {
    Room *room = *state;
    Record *r = room_full(room);
    RecordHead head;
    assert_fine(record_head(&head, r));
    room_answer(room, r, 'b', 10, HUMAN_YES); /* what was printed may be long ago */
    assert_true(room_verify(room, r, arena_printf(room->arena, "%.8s", head.hash)).intact);
    assert_false(room_verify(room, r, arena_printf(room->arena, "%.7s", head.hash)).intact);
    assert_false(room_verify(room, r, "").intact);
    record_close(r);
}

/* Made with Python's hashlib from the words of event.h: anybody can check a chain without chupin.
 */
static void the_hash_of_an_event_is_as_its_header_says(void **state) {
    (void)state;
    char hash[SHA256_HEX];
    RecordEvent e = {.seq = 1,
                     .at = "2026-01-17 14:03",
                     .actor = "王芳",
                     .kind = "record.made",
                     .job = "",
                     .body_json = "{\"format\":\"chupin.record/1\",\"version\":1}",
                     .prev = event_no_prev};
    event_hash(&e, hash);
    assert_string_equal(hash, "784dc9d22ef379308eef7f7d7eed4465260f976c48344b382e85a5d4f1dac60d");
}

/* The events of a record applied to another store, those of runs as the first records had them:
 * with their report alone. */
static void apply_as_before(Room *room, Record *from, const Tables *to) {
    StoreRows *rows;
    const StoreValue *row;
    Applier applier = {to, from->store, room->arena};
    assert_fine(store_select(&rows, from->store, to->select[TABLE_event], 0, NULL));
    for (;;) {
        assert_fine(store_next(rows, &row));
        if (!row)
            break;
        RecordEvent e = event_of_row(row);
        json_t *body = json_loads(e.body_json, 0, NULL);
        if (event_is(&e, EVENT_run_added))
            assert_true(!json_object_del(body, "findings") && !json_object_del(body, "verdict"));
        char *text = json_dumps(body, 0);
        e.body_json = text;
        assert_fine(event_apply(&applier, &e));
        free(text);
        json_decref(body);
    }
    store_done(rows);
}

static void assert_same_rows(const Tables *a, const Tables *b, TableId id, size_t least) {
    StoreRows *rows[2];
    const StoreValue *one, *other;
    size_t count = 0;
    assert_fine(store_select(&rows[0], a->store, a->select[id], 0, NULL));
    assert_fine(store_select(&rows[1], b->store, b->select[id], 0, NULL));
    for (;; count++) {
        assert_fine(store_next(rows[0], &one));
        assert_fine(store_next(rows[1], &other));
        assert_true(!one == !other);
        if (!one)
            break;
        for (size_t i = 0; i < table_of(id)->column_count; i++)
            assert_true(store_value_eq(&one[i], &other[i]));
    }
    assert_true(count >= least);
    store_done(rows[0]);
    store_done(rows[1]);
}

static void a_run_whose_event_names_its_report_alone_has_the_same_rows(void **state) {
    Room *room = *state;
    Record *r = room_open(room, RECORD_CREATE);
    room_check(room, r, 'a');
    Store *memory;
    assert_fine(store_open(&memory, room->arena, STORE_MEMORY, STORE_CREATE));
    Tables made = tables_of(room->arena, memory);
    assert_fine(tables_make(memory, room->arena, true));
    apply_as_before(room, r, &made);
    assert_same_rows(&r->tables, &made, TABLE_run, 1);
    assert_same_rows(&r->tables, &made, TABLE_finding, room_report(room, 'a')->finding_count);
    store_close(memory);
    record_close(r);
}

static const struct CMUnitTest tests[] = {
    room_test(the_hash_of_an_event_is_as_its_header_says),
    room_test(a_change_of_any_column_of_any_table_is_found),
    room_test(a_row_that_is_taken_away_is_found),
    room_test(a_row_that_nobody_wrote_is_found),
    room_test(the_first_broken_event_is_named),
    room_test(a_missing_event_is_named),
    room_test(bytes_hidden_behind_a_nul_are_found),
    room_test(missing_triggers_are_found),
    room_test(events_can_not_be_changed),
    room_test(a_cut_tail_is_found_by_the_head_on_a_sheet),
    room_test(a_head_may_be_typed_short_but_not_too_short),
    room_test(a_run_whose_event_names_its_report_alone_has_the_same_rows),
};

int main(void) {
    return room_run_tests(tests);
}
