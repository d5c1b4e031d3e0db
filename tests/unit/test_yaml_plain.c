/* Where the plain reader gives nodes, libyaml gives the same: over every rule file as it is and
 * changed at random, and over texts that tempt it. */
#include "base/yaml_plain.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool same(const YamlNode *a, const YamlNode *b) {
    if (a->kind != b->kind || a->quoted != b->quoted || a->count != b->count ||
        a->at.line != b->at.line || a->at.column != b->at.column || !streq(a->at.file, b->at.file))
        return false;
    if (a->kind == YAML_SCALAR)
        return streq(a->scalar, b->scalar) && a->scalar_bytes == b->scalar_bytes &&
               strlen(a->scalar) == a->scalar_bytes;
    for (size_t i = 0; i < a->count; i++)
        if (!same(a->items[i], b->items[i]) ||
            (a->kind == YAML_MAP && !same(a->keys[i], b->keys[i])))
            return false;
    return true;
}

/* Whether the text is read plainly; then libyaml must agree. */
static bool read_both(Arena *a, Str text) {
    YamlText t = {.file = "f.yaml", .text = text};
    Errors errors = {.arena = a};
    const YamlNode *plain = yaml_plain(a, &t);
    if (!plain)
        return false;
    const YamlNode *full = yaml_full(a, &t, &errors);
    if (!full || !same(plain, full))
        fail_msg("libyaml reads this differently:\n%.*s", (int)text.n, text.p);
    return true;
}

static bool is_plain(const char *text) {
    Arena *a = arena_new();
    bool plain = read_both(a, str_of(text));
    arena_free(a);
    return plain;
}

static void what_rule_files_are_made_of_is_plain(void **state) {
    (void)state;
    assert_true(is_plain("a: b\n"));
    assert_true(is_plain("# first\n\na: b c # more\nb: -1.5\n"));
    assert_true(is_plain("标题: {zh: 线条, en: a line}\n列表: [甲, \"乙: #\", []]"));
    assert_true(is_plain("a:\n  - x\n  - {y: z}\nb:\n- x\n- k: v\n  l:\n    m: n\n"));
    assert_true(is_plain("a: >-\n  one: two # three\n  four\nb: http://c\n"));
    assert_true(is_plain("- a\n- b: c\n  d: \"\"\n"));
    assert_true(is_plain("a: # where it goes\n  b: c\n"));
}

static void whatever_else_yaml_has_is_declined(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",
        "# only\n",
        "text\n",
        "a:\n",
        "a: &x b\n",
        "a: *x\n",
        "a: !t b\n",
        "a: |\n  b\n",
        "a: >\n  b\n",
        "a: >-\n  b\n\n  c\n",
        "a: b\n  c",
        "a: 'b'\n",
        "a: \"\\n\"\n",
        "a: \"b\n  c\"",
        "a: b: c\n",
        "a: b\na: c",
        "a: [b,\n  c]",
        "a: [b, ]\n",
        "a: [b: c]\n",
        "a: {b}\n",
        "a: b\tc\n",
        "a: b\r\n",
        "? a\n: b\n",
        "--- a\n",
        "a: b\n---\nb: c\n",
        "a: @b\n",
        "a: b\n b: c\n",
        "- a\nb: c\n",
        "\"a\": b\n",
        "a: [b]c\n",
        "a:b\n",
        "- - a\n",
        "a: \"b\" \"c\"",
        "\xEF\xBB\xBF"
        "a: b\n",
        "a: \xC2\x85\n",
        "a: \xFF\n",
        "a: {b: }\n",
        "- a: b\n c: d",
        "a: [b\n",
        "a: >-\n  b\n   c\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (is_plain(texts[i]))
            fail_msg("not declined: %s", texts[i]);
}

static uint32_t chance(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)*seed * below >> 32);
}

/* Changes, drops or puts in a few bytes, mostly those that mean something to YAML. */
static Str changed(Arena *a, Str text, uint32_t *seed) {
    static const char marks[] = " \n:-#[]{},\"'>|&*!%@`?\\~.a1\t\r\x80\xE3";
    char *s = arena_alloc(a, text.n + 8);
    size_t n = text.n;
    memcpy(s, text.p, n);
    for (uint32_t times = 1 + chance(seed, 4); times && n; times--) {
        size_t at = chance(seed, (uint32_t)n);
        char mark = marks[chance(seed, sizeof marks - 1)];
        uint32_t how = chance(seed, 3);
        if (how == 1)
            memmove(s + at, s + at + 1, --n - at);
        if (how == 2)
            memmove(s + at + 1, s + at, n++ - at);
        if (how != 1)
            s[at] = mark;
    }
    return (Str){s, n};
}

static int read_file(const char *path, const struct stat *info, int type, struct FTW *where) {
    (void)info, (void)where;
    enum { TIMES = 200 };
    uint32_t seed = 1;
    Arena *a = arena_new();
    YamlText text;
    if (type == FTW_F && strstr(path, ".yaml") && !yaml_load(&text, a, path).kind) {
        read_both(a, text.text);
        ArenaMark mark = arena_mark(a);
        for (int i = 0; i < TIMES; i++) {
            uint32_t whole = (uint32_t)text.text.n,
                     length = chance(&seed, 2) ? whole : 1 + chance(&seed, whole);
            read_both(a, changed(a, (Str){text.text.p, length}, &seed));
            arena_rewind(a, mark);
        }
    }
    arena_free(a);
    return 0;
}

static void rule_files_read_the_same_as_they_are_and_changed(void **state) {
    (void)state;
    assert_int_equal(nftw(CHUPIN_RULES, read_file, 8, 0), 0);
}

static void a_small_text_reads_the_same_however_changed(void **state) {
    (void)state;
    enum { TIMES = 20000 };
    static const char text[] = "a: >-\n  b # c\n  d\ne:\n- f: [g, \"h\", {i: -j}]\n  k: l m # n\n"
                               "- \"o\" # p\nq:\n  r: s:t\n";
    uint32_t seed = 7;
    size_t plain = 0;
    Arena *a = arena_new();
    ArenaMark mark = arena_mark(a);
    for (int i = 0; i < TIMES; i++) {
        plain += read_both(a, changed(a, str_of(text), &seed));
        arena_rewind(a, mark);
    }
    arena_free(a);
    assert_true(plain > TIMES / 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_rule_files_are_made_of_is_plain),
        cmocka_unit_test(whatever_else_yaml_has_is_declined),
        cmocka_unit_test(rule_files_read_the_same_as_they_are_and_changed),
        cmocka_unit_test(a_small_text_reads_the_same_however_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
