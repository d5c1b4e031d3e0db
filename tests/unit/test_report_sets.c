/* What files of a batch have to do with each other. */
#include "report/batch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "with_arena.h"

enum { MOST_FILES = 8 };

/* Files are named without their ending, ended by NULL; each has bytes and a size of its own. */
static Batch batch_of(Arena *a, const char *const *names) {
    Batch b = {.arena = a, .files = ARENA_ARRAY(a, BatchFile, MOST_FILES)};
    for (; names[b.count]; b.count++) {
        BatchFile *f = &b.files[b.count];
        const char *path = arena_printf(a, "%s.pdf", names[b.count]), *slash = strrchr(path, '/');
        *f = (BatchFile){.path = path,
                         .shown = path,
                         .folder = slash ? arena_copy(a, path, (size_t)(slash - path)) : ".",
                         .settled = true,
                         .trim_w = 210,
                         .trim_h = 285};
        snprintf(f->sha256, sizeof f->sha256, "%064zu", b.count + 1);
    }
    return b;
}

static int found(const Batch *b, SetCheckId check) {
    int n = 0;
    for (size_t i = 0; i < b->set_count; i++)
        n += b->sets[i].check == check;
    return n;
}

static Batch checked(Arena *a, const char *const *names) {
    Batch b = batch_of(a, names);
    batch_check_sets(&b);
    return b;
}

#define CHECKED(...) checked(*state, (const char *const[]){__VA_ARGS__, NULL})

static void fronts_want_backs(void **state) {
    Batch b = CHECKED("x/名片正面", "x/名片背面", "x/请柬正面", "y/请柬背面");
    assert_int_equal(found(&b, SET_MISSING_SIDE), 2);
    b = CHECKED("x/名片正面", "x/名片反面");
    assert_int_equal(found(&b, SET_MISSING_SIDE), 0);
    b = CHECKED("x/Card_FRONT", "x/card_back");
    assert_int_equal(found(&b, SET_MISSING_SIDE), 0);
    b = CHECKED("x/票Ａ面");
    assert_int_equal(found(&b, SET_MISSING_SIDE), 1);
}

static void one_version_is_sent_out(void **state) {
    Batch b = CHECKED("x/260110单张_正稿_v1", "x/260117单张_正稿_v2", "x/260117海报_正稿");
    assert_int_equal(found(&b, SET_TWO_VERSIONS), 1);
    assert_int_equal(b.sets[0].also_count, 1);
    b = CHECKED("x/单张_初稿_v1", "x/单张_正稿_v2");
    assert_int_equal(found(&b, SET_TWO_VERSIONS), 0);
    b = CHECKED("x/海报_500x700mm_正稿_v1", "x/海报_600x900mm_正稿_v2");
    assert_int_equal(found(&b, SET_TWO_VERSIONS), 0);
}

static void pages_of_one_thing_have_one_size(void **state) {
    Batch b = batch_of(*state, (const char *const[]){"x/楼书P01", "x/楼书P02", "x/楼书P03", NULL});
    b.files[2].trim_w = 216;
    batch_check_sets(&b);
    assert_int_equal(found(&b, SET_MIXED_SIZES), 1);
    b = batch_of(*state, (const char *const[]){"x/楼书P01", "x/楼书P02", NULL});
    b.files[1].trim_w += 0.2;
    b.files[0].trim_h = NAN;
    batch_check_sets(&b);
    assert_int_equal(found(&b, SET_MIXED_SIZES), 0);
}

static void the_same_bytes_are_told_once(void **state) {
    Batch b = batch_of(*state, (const char *const[]){"x/a", "y/b", "z/c", "z/d", NULL});
    memcpy(b.files[2].sha256, b.files[0].sha256, SHA256_HEX);
    memcpy(b.files[1].sha256, b.files[0].sha256, SHA256_HEX);
    batch_check_sets(&b);
    assert_int_equal(found(&b, SET_SAME_ARTWORK), 1);
    assert_int_equal(b.sets[0].also_count, 2);
}

static void artwork_that_was_saved_again_is_told(void **state) {
    Batch b = batch_of(*state, (const char *const[]){"x/a", "y/b", "z/c", "z/d", NULL});
    strcpy(b.files[0].look, "one");
    strcpy(b.files[2].look, "one");
    strcpy(b.files[3].look, "other");
    batch_check_sets(&b);
    assert_int_equal(found(&b, SET_SAME_ARTWORK), 1);
    assert_string_equal(b.sets[0].also[0], "z/c.pdf");
    /* The same bytes are told once, not once more for their look. */
    b.set_count = 0;
    memcpy(b.files[2].sha256, b.files[0].sha256, SHA256_HEX);
    batch_check_sets(&b);
    assert_int_equal(found(&b, SET_SAME_ARTWORK), 1);
}

static void pages_make_the_look(void **state) {
    PageSummary pages[] = {{.number = 1, .looked = true, .look_low = 5},
                           {.number = 2, .looked = true}};
    Report r = {.pages = pages, .page_count = 2, .file = {.pages = 2}};
    char one[SHA256_HEX], other[SHA256_HEX];
    (void)state;
    batch_look(one, &r);
    assert_int_equal(strlen(one), SHA256_HEX - 1);
    pages[1].look_high = 1;
    batch_look(other, &r);
    assert_string_not_equal(one, other);
    pages[1].looked = false;
    batch_look(other, &r);
    assert_string_equal(other, "");
    pages[1] = (PageSummary){.number = 2, .looked = true};
    pages[0].look_low = 0;
    batch_look(other, &r);
    assert_string_equal(other, "");
}

static void what_was_not_read_is_like_nothing(void **state) {
    Batch b = batch_of(*state, (const char *const[]){"x/a", "x/b", NULL});
    *b.files[0].sha256 = *b.files[1].sha256 = '\0';
    batch_check_sets(&b);
    assert_int_equal(b.set_count, 0);
}

static void what_a_sheet_wants_is_there_or_told(void **state) {
    Batch b = batch_of(*state, (const char *const[]){"x/260117手提袋_正稿", "x/易拉宝", NULL});
    SetWish wishes[] = {{"s", "chupin.yaml", "*手提袋*.pdf", false},
                        {"s", "chupin.yaml", "*信封*.pdf", false},
                        {"s", "chupin.yaml", "易拉宝", true},
                        {"s", "chupin.yaml", "道旗", true},
                        {"other", "chupin.yaml", "*手提袋*.pdf", false}};
    b.wishes = wishes;
    b.wish_count = sizeof wishes / sizeof *wishes;
    b.files[0].sheet = b.files[1].sheet = "s";
    batch_check_sets(&b);
    assert_int_equal(found(&b, SET_MISSING_FILE), 2);
    assert_int_equal(found(&b, SET_MISSING_MATERIAL), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH_ARENA(fronts_want_backs),
        WITH_ARENA(one_version_is_sent_out),
        WITH_ARENA(pages_of_one_thing_have_one_size),
        WITH_ARENA(the_same_bytes_are_told_once),
        WITH_ARENA(artwork_that_was_saved_again_is_told),
        WITH_ARENA(pages_make_the_look),
        WITH_ARENA(what_was_not_read_is_like_nothing),
        WITH_ARENA(what_a_sheet_wants_is_there_or_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
