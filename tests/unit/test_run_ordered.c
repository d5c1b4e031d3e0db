/* What leaves a batch leaves in order; what a batch is made of. */
#include "run/file_list.h"
#include "run/ordered.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "with_arena.h"

static void put(Ordered *o, size_t i) {
    char piece[16];
    int n = snprintf(piece, sizeof piece, "%zu;", i);
    ordered_put(o, i, (Str){piece, (size_t)n});
}

static void pieces_leave_in_their_order(void **state) {
    static const size_t orders[][5] = {
        {0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}, {1, 2, 3, 4, 0}, {0, 4, 3, 1, 2}};
    for (size_t k = 0; k < sizeof orders / sizeof *orders; k++) {
        Sink to = sink_memory(*state);
        Ordered o = ordered_open(*state, &to, 5);
        for (size_t i = 0; i < 5; i++)
            put(&o, orders[k][i]);
        ordered_close(&o, true);
        assert_int_equal(o.error, 0);
        assert_true(str_is(sink_text(&to), "0;1;2;3;4;"));
    }
}

static void what_stands_between_stands_between_alone(void **state) {
    Sink to = sink_memory(*state);
    Ordered o = ordered_open(*state, &to, 4);
    o.between = ",";
    put(&o, 3), put(&o, 0), put(&o, 2), put(&o, 1);
    ordered_close(&o, true);
    assert_true(str_is(sink_text(&to), "0;,1;,2;,3;"));
}

static void what_waits_behind_one_that_never_came(void **state) {
    for (int rest = 0; rest < 2; rest++) {
        Sink to = sink_memory(*state);
        Ordered o = ordered_open(*state, &to, 5);
        put(&o, 0), put(&o, 2), put(&o, 4);
        ordered_close(&o, rest);
        assert_true(str_is(sink_text(&to), rest ? "0;2;4;" : "0;"));
    }
}

static void large_pieces_wait_whole(void **state) {
    enum { LARGE = 300000 };
    char *bytes = arena_alloc(*state, LARGE);
    memset(bytes, 'x', LARGE);
    Sink to = sink_memory(*state);
    Ordered o = ordered_open(*state, &to, 3);
    ordered_put(&o, 2, (Str){bytes, LARGE});
    ordered_put(&o, 1, (Str){bytes, LARGE});
    put(&o, 0);
    ordered_close(&o, true);
    assert_int_equal(sink_text(&to).n, 2 * LARGE + 2);
}

/* ---- files ---- */

typedef struct Folder {
    Arena *a;
    char *path;
} Folder;

static const char *made(const Folder *f, const char *name, const char *text) {
    char *path = arena_printf(f->a, "%s/%s", f->path, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    return path;
}

static FileList listed(const Folder *f, const char *what) {
    FileList list = {.arena = f->a};
    assert_false(file_list_add(&list, what, false).kind);
    file_list_sort(&list);
    return list;
}

static void a_folder_gives_its_artwork(void **state) {
    Folder f = {*state, arena_strdup(*state, "/tmp/chupin-list.XXXXXX")};
    static const char *const names[] = {"b.pdf",      "a.TIF",     ".hidden.pdf",
                                        "~$open.pdf", "half.part", "notes.txt",
                                        "c.ai",       "d.ai",      "a.pdf.chupin.yaml"};
    assert_non_null(mkdtemp(f.path));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        made(&f, names[i], strcmp(names[i], "c.ai") ? "text" : "%!PS %PDF-1.6");
    FileList list = listed(&f, f.path);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.paths[0] + strlen(f.path), "/a.TIF");
    assert_string_equal(list.paths[1] + strlen(f.path), "/b.pdf");
    assert_string_equal(list.paths[2] + strlen(f.path), "/c.ai");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(arena_printf(f.a, "%s/%s", f.path, names[i]));
    assert_int_equal(rmdir(f.path), 0);
}

static void a_list_is_taken_as_it_is(void **state) {
    Folder f = {*state, arena_strdup(*state, "/tmp/chupin-list.XXXXXX")};
    assert_non_null(mkdtemp(f.path));
    const char *path = made(&f, "list.txt", "z.pdf\r\n\nnot there.doc\na b.pdf\nz.pdf\nlast");
    FileList list = listed(&f, path);
    static const char *const want[] = {"a b.pdf", "last", "not there.doc", "z.pdf"};
    assert_int_equal(list.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(list.paths[i], want[i]);
    unlink(path);
    assert_int_equal(rmdir(f.path), 0);
}

static void what_is_not_there_is_said(void **state) {
    FileList list = {.arena = *state};
    assert_int_equal(file_list_add(&list, "/no/such/folder", false).kind, ERR_FILE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_ARENA(pieces_leave_in_their_order),
        WITH_ARENA(what_stands_between_stands_between_alone),
        WITH_ARENA(what_waits_behind_one_that_never_came),
        WITH_ARENA(large_pieces_wait_whole),
        WITH_ARENA(a_folder_gives_its_artwork),
        WITH_ARENA(a_list_is_taken_as_it_is),
        WITH_ARENA(what_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
