/* Every store keeps what it was given, one writer at a time, and says clearly when it can not. */
#include "record_room.h"

static Store *open_store(Room *room, StoreMode mode) {
    Store *s;
    assert_fine(store_open(&s, room->arena, room->place, mode));
    return s;
}

static Store *store_with_table(Room *room) {
    Store *s = open_store(room, STORE_CREATE);
    const StoreKind *k = room->kind;
    assert_fine(store_exec(s,
                           arena_printf(room->arena,
                                        "CREATE TABLE t (a %s NOT NULL, b %s, c %s, "
                                        "PRIMARY KEY (a))%s",
                                        k->integer, k->text, k->blob, k->after_table),
                           0, NULL));
    return s;
}

static void insert(Store *s, int64_t a, const char *b) {
    assert_fine(store_exec(s, "INSERT INTO t (a, b, c) VALUES (?, ?, ?)", 3,
                           (StoreValue[]){store_int(a), store_text(b), store_blob("\0\1\2", 3)}));
}

static int64_t count_rows(Room *room, Store *s) {
    const StoreValue *row;
    assert_fine(store_one(&row, room->arena, s, "SELECT COUNT(*) FROM t", 1, 0, NULL));
    return row[0].number;
}

static void values_come_back_as_they_went_in(void **state) {
    Room *room = *state;
    Store *s = store_with_table(room);
    const StoreValue *row;
    insert(s, INT64_MIN, "华庭 '; DROP TABLE t; --");
    insert(s, 2, NULL);
    assert_fine(store_one(&row, room->arena, s, "SELECT a, b, c FROM t ORDER BY a", 3, 0, NULL));
    assert_true(row[0].number == INT64_MIN);
    assert_string_equal(row[1].bytes, "华庭 '; DROP TABLE t; --");
    assert_int_equal(row[2].count, 3);
    assert_memory_equal(row[2].bytes, "\0\1\2", 3);
    StoreValue two = store_int(2);
    assert_fine(store_one(&row, room->arena, s, "SELECT b FROM t WHERE a = ?", 1, 1, &two));
    assert_int_equal(row[0].type, STORE_NULL);
    store_close(s);
}

static void text_is_ordered_byte_by_byte(void **state) {
    Room *room = *state;
    Store *s = store_with_table(room);
    static const char *const words[] = {"a", "B", "é", "张", "Z"};
    static const char *const ordered[] = {"B", "Z", "a", "é", "张"};
    for (int i = 0; i < 5; i++)
        insert(s, i, words[i]);
    StoreRows *rows;
    const StoreValue *row;
    assert_fine(store_select(&rows, s, "SELECT b FROM t ORDER BY b", 0, NULL));
    for (int i = 0; i < 5; i++) {
        assert_fine(store_next(rows, &row));
        assert_string_equal(row[0].bytes, ordered[i]);
    }
    assert_fine(store_next(rows, &row));
    assert_null(row);
    store_done(rows);
    store_close(s);
}

static void what_is_rolled_back_has_not_happened(void **state) {
    Room *room = *state;
    Store *s = store_with_table(room);
    assert_fine(store_begin(s, true));
    insert(s, 1, "gone");
    store_rollback(s);
    assert_fine(store_begin(s, true));
    insert(s, 2, "stays");
    assert_fine(store_commit(s));
    store_close(s);
    s = open_store(room, STORE_READ);
    assert_int_equal(count_rows(room, s), 1);
    store_close(s);
}

static void closing_undoes_what_was_not_committed(void **state) {
    Room *room = *state;
    Store *s = store_with_table(room);
    assert_fine(store_begin(s, true));
    insert(s, 1, "gone");
    store_close(s);
    s = open_store(room, STORE_WRITE);
    assert_int_equal(count_rows(room, s), 0);
    store_close(s);
}

static void a_reader_changes_nothing(void **state) {
    Room *room = *state;
    store_close(store_with_table(room));
    Store *s = open_store(room, STORE_READ);
    StoreValue one = store_int(1);
    Result r = store_exec(s, "INSERT INTO t (a) VALUES (?)", 1, &one);
    assert_int_equal(r.kind, ERR_OUTPUT);
    store_close(s);
}

static void rows_of_a_statement_can_be_read_within_each_other(void **state) {
    Room *room = *state;
    Store *s = store_with_table(room);
    insert(s, 1, "x"), insert(s, 2, "y");
    StoreRows *outer, *inner;
    const StoreValue *row;
    int pairs = 0;
    assert_fine(store_select(&outer, s, "SELECT a FROM t", 0, NULL));
    while (!store_next(outer, &row).kind && row) {
        assert_fine(store_select(&inner, s, "SELECT a FROM t", 0, NULL));
        while (!store_next(inner, &row).kind && row)
            pairs++;
        store_done(inner);
    }
    store_done(outer);
    assert_int_equal(pairs, 4);
    store_close(s);
}

static void a_protected_table_refuses_changes(void **state) {
    Room *room = *state;
    Store *s = store_with_table(room);
    assert_fine(store_protect(s, "t"));
    insert(s, 1, "x");
    assert_trouble(store_exec(s, "UPDATE t SET b = 'y'", 0, NULL), ERR_OUTPUT, "append-only");
    assert_trouble(store_exec(s, "DELETE FROM t", 0, NULL), ERR_OUTPUT, "append-only");
    assert_int_equal(count_rows(room, s), 1);
    store_close(s);
}

static void what_is_not_there_is_said(void **state) {
    Room *room = *state;
    Store *s;
    assert_trouble(store_open(&s, room->arena, room->place, STORE_READ), ERR_FILE, "没有记录");
    assert_trouble(store_open(&s, room->arena, room->place, STORE_WRITE), ERR_FILE, "没有记录");
    s = open_store(room, STORE_CREATE);
    bool any = true;
    assert_fine(store_has_table(s, NULL, &any));
    assert_false(any);
    store_close(s);
}

static const struct CMUnitTest tests[] = {
    room_test(values_come_back_as_they_went_in),
    room_test(text_is_ordered_byte_by_byte),
    room_test(what_is_rolled_back_has_not_happened),
    room_test(closing_undoes_what_was_not_committed),
    room_test(a_reader_changes_nothing),
    room_test(rows_of_a_statement_can_be_read_within_each_other),
    room_test(a_protected_table_refuses_changes),
    room_test(what_is_not_there_is_said),
};

int main(void) {
    return room_run_tests(tests);
}
