/* Results that are kept, and the journal of a batch: whole or not there, whatever was cut off or
 * altered. */
#include "run/journal.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Home {
    Arena *a;
    char *folder;
    ResultCache cache;
    char key[SHA256_HEX];
} Home;

static Str kept(Home *h) {
    return cache_get(&h->cache, h->a, h->key);
}

static bool keeps(Home *h, const char *text) {
    Str s = kept(h);
    return s.p && s.n == strlen(text) && !memcmp(s.p, text, s.n);
}

static char *entry(const Home *h) {
    return arena_printf(h->a, "%s/%.2s/%s", h->cache.folder, h->key, h->key + 2);
}

static void what_was_put_comes_back(void **state) {
    Home *h = *state;
    assert_null(kept(h).p);
    cache_put(&h->cache, h->key, STR("one result"));
    assert_true(keeps(h, "one result"));
    cache_put(&h->cache, h->key, STR("another"));
    assert_true(keeps(h, "another"));
}

static void every_part_of_the_key_counts(void **state) {
    static const char *const parts[][3] = {
        {"a", "b", "c"}, {"ab", "", "c"}, {"a", "bc", ""}, {"a", "b", NULL}, {"", "a", "b"}};
    char keys[5][SHA256_HEX];
    (void)state;
    for (size_t i = 0; i < 5; i++)
        cache_key(keys[i], parts[i], 3);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(keys[i], keys[k]);
}

static void an_altered_entry_is_none(void **state) {
    Home *h = *state;
    for (off_t at = 0; at < 90; at += 7) {
        cache_put(&h->cache, h->key, STR("a result of some length that is kept"));
        int fd = open(entry(h), O_RDWR);
        char byte;
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= 1;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
        close(fd);
        assert_null(kept(h).p);
    }
}

static void an_entry_that_was_cut_off_is_none(void **state) {
    Home *h = *state;
    for (off_t length = 0; length < 100; length += 9) {
        cache_put(&h->cache, h->key, STR("a result of some length that is kept"));
        assert_int_equal(truncate(entry(h), length), 0);
        assert_null(kept(h).p);
    }
}

static void a_link_is_no_entry(void **state) {
    Home *h = *state;
    cache_put(&h->cache, h->key, STR("result"));
    char *other = arena_printf(h->a, "%s/elsewhere", h->folder);
    assert_int_equal(rename(entry(h), other), 0);
    assert_int_equal(symlink(other, entry(h)), 0);
    assert_null(kept(h).p);
    assert_int_equal(unlink(other), 0);
}

static void without_a_home_nothing_is_kept(void **state) {
    Home *h = *state;
    setenv("XDG_CACHE_HOME", "/dev/null/none", 1);
    ResultCache none = cache_open(h->a);
    assert_null(none.folder);
    cache_put(&none, h->key, STR("result"));
    assert_null(cache_get(&none, h->a, h->key).p);
    cache_close(&none);
    setenv("XDG_CACHE_HOME", h->folder, 1);
}

/* ---- the journal ---- */

static struct stat file_at(int64_t size) {
    return (struct stat){.st_size = size, .st_ino = 7, .st_mtim = {100, 5}};
}

static Journal begun(Home *h, bool resume) {
    Journal j = journal_open(h->a, &h->cache, h->key, resume);
    journal_begin(&j, "2026-01-17");
    return j;
}

static void what_was_finished_is_found_again(void **state) {
    Home *h = *state;
    Journal j = begun(h, false);
    struct stat one = file_at(10), two = file_at(20), other = file_at(21);
    journal_add(&j, "b with\nline end", &one, h->key, false);
    journal_add(&j, "a", &two, h->key, true);
    journal_close(&j, &h->cache);
    j = begun(h, true);
    assert_string_equal(j.as_of, "2026-01-17");
    const JournalLine *line = journal_find(&j, "b with\nline end", &one);
    assert_non_null(line);
    assert_string_equal(line->sha256, h->key);
    assert_false(line->unfinished);
    assert_true(journal_find(&j, "a", &two)->unfinished);
    assert_null(journal_find(&j, "a", &other));
    assert_null(journal_find(&j, "c", &two));
    journal_close(&j, &h->cache);
}

static void a_line_that_was_cut_off_is_not_there(void **state) {
    Home *h = *state;
    struct stat s = file_at(10), now;
    Journal j = begun(h, false);
    journal_add(&j, "first", &s, h->key, false);
    journal_add(&j, "second", &s, h->key, false);
    const char *path = j.path;
    journal_close(&j, &h->cache);
    assert_int_equal(stat(path, &now), 0);
    for (off_t cut = 1; cut < 60; cut++) {
        assert_int_equal(truncate(path, now.st_size - cut), 0);
        j = begun(h, true);
        assert_non_null(journal_find(&j, "first", &s));
        assert_null(journal_find(&j, "second", &s));
        journal_close(&j, &h->cache);
        /* What is added behind it is whole. */
        j = begun(h, true);
        journal_add(&j, "third", &s, h->key, false);
        journal_close(&j, &h->cache);
        j = begun(h, true);
        assert_non_null(journal_find(&j, "third", &s));
        journal_close(&j, &h->cache);
        j = begun(h, false);
        journal_add(&j, "first", &s, h->key, false);
        journal_add(&j, "second", &s, h->key, false);
        journal_close(&j, &h->cache);
    }
}

static void a_new_run_begins_anew(void **state) {
    Home *h = *state;
    struct stat s = file_at(10);
    Journal j = begun(h, false);
    journal_add(&j, "first", &s, h->key, false);
    journal_close(&j, &h->cache);
    j = begun(h, false);
    assert_null(journal_find(&j, "first", &s));
    journal_close(&j, &h->cache);
    j = begun(h, true);
    assert_null(journal_find(&j, "first", &s));
    journal_close(&j, &h->cache);
}

static int begin(void **state) {
    static const char *const parts[] = {"file", "job"};
    Arena *a = arena_new();
    Home *h = ARENA_NEW(a, Home);
    h->a = a;
    h->folder = arena_strdup(a, "/tmp/chupin-cache.XXXXXX");
    assert_non_null(mkdtemp(h->folder));
    setenv("XDG_CACHE_HOME", h->folder, 1);
    h->cache = cache_open(a);
    assert_non_null(h->cache.folder);
    cache_key(h->key, parts, 2);
    *state = h;
    return 0;
}

static int end(void **state) {
    Home *h = *state;
    const char *const folders[] = {"chupin/results", "chupin/runs", "chupin", ""};
    unlink(entry(h));
    rmdir(arena_printf(h->a, "%s/%.2s", h->cache.folder, h->key));
    unlink(arena_printf(h->a, "%s/chupin/runs/%.32s", h->folder, h->key));
    cache_close(&h->cache);
    int left = 0;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        left = rmdir(arena_printf(h->a, "%s/%s", h->folder, folders[i]));
    arena_free(h->a);
    return left;
}

#define AT_HOME(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        AT_HOME(what_was_put_comes_back),
        cmocka_unit_test(every_part_of_the_key_counts),
        AT_HOME(an_altered_entry_is_none),
        AT_HOME(an_entry_that_was_cut_off_is_none),
        AT_HOME(a_link_is_no_entry),
        AT_HOME(without_a_home_nothing_is_kept),
        AT_HOME(what_was_finished_is_found_again),
        AT_HOME(a_line_that_was_cut_off_is_not_there),
        AT_HOME(a_new_run_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
