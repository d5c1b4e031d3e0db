/* ICC profiles made of a header, a tag table and one description. */
#include "read/icc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { HEADER = 128, TABLE = HEADER + 4, TAG = TABLE + 12, ROOM = 512 };

typedef struct Draft {
    uint8_t p[ROOM];
    size_t n;
} Draft;

static void write32(uint8_t *p, size_t value) {
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* A profile whose only tag is its description. */
static Draft draft(const char *class, const char *space, int version, const void *tag, size_t n) {
    Draft d = {.n = TAG + n};
    write32(d.p, d.n);
    d.p[8] = (uint8_t)(version / 10);
    d.p[9] = (uint8_t)(version % 10 << 4);
    memcpy(d.p + 12, class, 4);
    memcpy(d.p + 16, space, 4);
    memcpy(d.p + 36, "acsp", 4);
    write32(d.p + HEADER, 1);
    memcpy(d.p + TABLE, "desc", 4);
    write32(d.p + TABLE + 4, TAG);
    write32(d.p + TABLE + 8, n);
    memcpy(d.p + TAG, tag, n);
    return d;
}

static const char ascii[] = "desc\0\0\0\0\0\0\0\7Coated";
static const char chinese_and_english[] = "mluc\0\0\0\0\0\0\0\2\0\0\0\14"
                                          "zhCN\0\0\0\4\0\0\0\50"
                                          "enUS\0\0\0\6\0\0\0\54"
                                          "\x51\xFA\x54\xC1\0I\0S\0O";
static const char gbk[] = "desc\0\0\0\0\0\0\0\5\xB3\xF6\xC6\xB7";

static Arena *arena;
static IccProfile icc;

static void read_draft(const Draft *d) {
    icc_read(&icc, arena, d->p, d->n);
}

static void a_sound_profile_is_valid(void **state) {
    (void)state;
    Draft d = draft("prtr", "CMYK", 24, ascii, sizeof ascii);
    read_draft(&d);
    assert_true(icc.valid);
    assert_string_equal(icc.fault.zh, "");
    assert_int_equal(icc.class, PROFILE_OUTPUT);
    assert_int_equal(icc.space, FAMILY_CMYK);
    assert_int_equal(icc.components, 4);
    assert_string_equal(icc.version, "2.4");
    assert_string_equal(icc.description, "Coated");
}

static void classes_and_spaces_are_told_apart(void **state) {
    (void)state;
    Draft d = draft("mntr", "RGB ", 42, ascii, sizeof ascii);
    read_draft(&d);
    assert_int_equal(icc.class, PROFILE_DISPLAY);
    assert_int_equal(icc.space, FAMILY_RGB);
    assert_string_equal(icc.version, "4.2");
    d = draft("scnr", "GRAY", 21, ascii, sizeof ascii);
    read_draft(&d);
    assert_int_equal(icc.class, PROFILE_INPUT);
    assert_int_equal(icc.components, 1);
    d = draft("link", "6CLR", 21, ascii, sizeof ascii);
    read_draft(&d);
    assert_int_equal(icc.class, PROFILE_LINK);
    assert_int_equal(icc.components, 6);
    assert_int_equal(icc.space, FAMILY_UNKNOWN);
    assert_true(icc.valid);
}

static void a_description_in_english_is_preferred(void **state) {
    (void)state;
    Draft d = draft("prtr", "CMYK", 42, chinese_and_english, sizeof chinese_and_english - 1);
    read_draft(&d);
    assert_string_equal(icc.description, "ISO");
    /* Without English the first one counts. */
    memcpy(d.p + TAG + 28, "jaJP", 4);
    read_draft(&d);
    assert_string_equal(icc.description, "出品");
}

static void a_description_in_gbk_is_understood(void **state) {
    (void)state;
    Draft d = draft("prtr", "CMYK", 21, gbk, sizeof gbk);
    read_draft(&d);
    assert_string_equal(icc.description, "出品");
}

static void expect_fault(const Draft *d) {
    read_draft(d);
    assert_false(icc.valid);
    assert_true(*icc.fault.zh && *icc.fault.en);
}

static void damage_is_named(void **state) {
    (void)state;
    const Draft sound = draft("prtr", "CMYK", 24, ascii, sizeof ascii);
    Draft d = sound;
    d.n = 100;
    expect_fault(&d);
    d = sound;
    d.n -= 5;
    expect_fault(&d);
    assert_int_equal(icc.space, FAMILY_CMYK);
    d = sound;
    d.p[36] = 'x';
    expect_fault(&d);
    assert_string_equal(icc.version, "");
    d = sound;
    write32(d.p + HEADER, 0xFFFFFFFF);
    expect_fault(&d);
    d = sound;
    write32(d.p + TABLE + 8, 0xFFFFFFF0);
    expect_fault(&d);
    assert_string_equal(icc.description, "");
    d = sound;
    memcpy(d.p + 12, "what", 4);
    expect_fault(&d);
    d = sound;
    memcpy(d.p + 16, "what", 4);
    expect_fault(&d);
    d = sound;
    d.p[8] = 9;
    expect_fault(&d);
    icc_read(&icc, arena, NULL, 0);
    assert_false(icc.valid);
}

static void padding_behind_a_profile_is_no_fault(void **state) {
    (void)state;
    Draft d = draft("prtr", "CMYK", 24, ascii, sizeof ascii);
    d.n += 3;
    read_draft(&d);
    assert_true(icc.valid);
}

static void every_cut_is_survived(void **state) {
    (void)state;
    const Draft sound =
        draft("prtr", "CMYK", 42, chinese_and_english, sizeof chinese_and_english - 1);
    for (size_t n = 0; n < sound.n; n++) {
        Draft d = sound;
        d.n = n;
        expect_fault(&d);
        write32(d.p, n);
        read_draft(&d);
        assert_false(icc.valid);
    }
}

static int make_arena(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int drop_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_profile_is_valid),
        cmocka_unit_test(classes_and_spaces_are_told_apart),
        cmocka_unit_test(a_description_in_english_is_preferred),
        cmocka_unit_test(a_description_in_gbk_is_understood),
        cmocka_unit_test(damage_is_named),
        cmocka_unit_test(padding_behind_a_profile_is_no_fault),
        cmocka_unit_test(every_cut_is_survived),
    };
    return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
