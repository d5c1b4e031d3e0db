/* The watch where a clock decides: it is given here, so that half a minute costs nothing. */
#include "watch/claims.h"
#include "watch/moves.h"
#include "watch/pulse.h"
#include "watch/seen.h"
#include "watch/sheets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Place {
    Arena *arena;
    char *root;
} Place;

static const char *at(const Place *p, const char *path) {
    return arena_printf(p->arena, "%s/%s", p->root, path);
}

static void put(const Place *p, const char *path, const char *text) {
    assert_int_equal(folders_make(p->arena, p->root, at(p, path)), 0);
    FILE *f = fopen(at(p, path), "we");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static bool there(const Place *p, const char *path) {
    return access(at(p, path), F_OK) == 0;
}

static int setup(void **state) {
    static Place p;
    p = (Place){.arena = arena_new()};
    p.root = arena_strdup(p.arena, "/tmp/chupin-test-watch-XXXXXX");
    *state = &p;
    if (!mkdtemp(p.root))
        return -1;
    for (HotStage s = 0; s < HOT_STAGES; s++)
        if (mkdir(at(&p, hot_stage_folder(s)), 0700))
            return -1;
    return 0;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *f) {
    (void)s, (void)kind, (void)f;
    return remove(path);
}

static int teardown(void **state) {
    Place *p = *state;
    nftw(p->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(p->arena);
    return 0;
}

/* ---- watchers that died ---- */

#define ELSEWHERE "处理中/elsewhere-1-ff"

static void pulse_elsewhere(const Place *p, int beat) {
    put(p, ELSEWHERE "/.pulse", arena_printf(p->arena, "%020d boot pid:[1] 1 2\n", beat));
}

static void another_machine(void **state) {
    const Place *p = *state;
    Claims c;
    pulse_elsewhere(p, 1);
    put(p, ELSEWHERE "/J-9/left.pdf", "left");
    claims_open(&c, p->arena, p->root);
    assert_int_equal(claims_beat(&c, 100), 0);
    claims_recover(&c, 100, NULL, NULL);
    claims_recover(&c, 100 + DEAD_SECONDS - 1, NULL, NULL);
    assert_true(there(p, ELSEWHERE "/J-9/left.pdf"));

    pulse_elsewhere(p, 2); /* it lives */
    claims_recover(&c, 100 + DEAD_SECONDS + 1, NULL, NULL);
    claims_recover(&c, 100 + 2 * DEAD_SECONDS, NULL, NULL);
    assert_true(there(p, ELSEWHERE "/J-9/left.pdf"));

    claims_recover(&c, 100 + 2 * DEAD_SECONDS + 1, NULL, NULL); /* it does not */
    assert_true(there(p, "待检/J-9/left.pdf"));
    assert_false(there(p, ELSEWHERE));
    claims_close(&c);
}

/* What somebody put into 处理中 by hand. */
static void strays(void **state) {
    const Place *p = *state;
    Claims c;
    put(p, "处理中/stray.pdf", "stray");
    assert_int_equal(mkdir(at(p, ELSEWHERE), 0700), 0); /* half cleared away */
    claims_open(&c, p->arena, p->root);
    claims_recover(&c, 100, NULL, NULL);
    assert_true(there(p, "处理中/stray.pdf"));
    assert_false(there(p, ELSEWHERE));
    claims_recover(&c, 100 + DEAD_SECONDS, NULL, NULL);
    assert_true(there(p, "待检/stray.pdf"));
    claims_close(&c);
}

static void one_of_two(void **state) {
    const Place *p = *state;
    Claims first, second;
    const char *claim, *other, *back;
    put(p, "待检/J-1/a.pdf", "a");
    claims_open(&first, p->arena, p->root);
    claims_open(&second, p->arena, p->root);
    assert_int_equal(claims_beat(&first, 0), 0);
    assert_int_equal(claims_beat(&second, 0), 0);
    assert_int_equal(claims_take(&first, p->arena, "J-1/a.pdf", &claim), 0);
    assert_int_equal(claims_take(&second, p->arena, "J-1/a.pdf", &other), ENOENT);
    claims_recover(&second, 10 * DEAD_SECONDS, NULL, NULL); /* the first one runs: it is us */
    assert_int_equal(access(claim, F_OK), 0);

    put(p, "待检/J-1/a.pdf", "another");
    assert_int_equal(claims_give_back(&first, p->arena, claim, &back), 0);
    assert_string_equal(back, "J-1/a_2.pdf");
    claims_close(&first);
    claims_close(&second);
    assert_true(there(p, "待检/J-1/a.pdf"));
}

/* ---- what settles ---- */

static Seen *look(const Place *p, SeenList *list, double now) {
    seen_look(list, &(SeenAsk){.folder = p->root, .counted = true, .now = now});
    return seen_find(list, "待检/a.pdf");
}

static void set_date(const Place *p, time_t date) {
    const struct timespec times[] = {{.tv_sec = date}, {.tv_sec = date}};
    assert_int_equal(utimensat(AT_FDCWD, at(p, "待检/a.pdf"), times, 0), 0);
}

/* Only whether the date of a file changes counts: clocks of shares, cameras and other machines show
 * anything, and ours may be set at any moment. */
static void dates_that_jump(void **state) {
    const Place *p = *state;
    SeenList list = {0};
    put(p, "待检/a.pdf", "a");
    set_date(p, 4102444800); /* 2100 */
    assert_int_equal(look(p, &list, 10)->looks, 1);
    assert_int_equal(look(p, &list, 12)->looks, 2);
    set_date(p, 0); /* 1970 */
    Seen *s = look(p, &list, 14);
    assert_int_equal(s->looks, 1);
    assert_int_equal((int)s->since, 14);
    assert_int_equal((int)s->first, 10);
    s = look(p, &list, 16);
    assert_int_equal(s->looks, 2);
    assert_int_equal((int)s->since, 14);
    seen_free(&list);
}

static void replaced(void **state) {
    const Place *p = *state;
    SeenList list = {0};
    put(p, "待检/a.pdf", "a");
    set_date(p, 1000);
    look(p, &list, 10);
    assert_int_equal(look(p, &list, 12)->looks, 2);
    put(p, "待检/b.pdf", "b"); /* the same size, and soon the same date */
    assert_int_equal(rename(at(p, "待检/b.pdf"), at(p, "待检/a.pdf")), 0);
    set_date(p, 1000);
    assert_int_equal(look(p, &list, 14)->looks, 1);
    seen_free(&list);
}

/* ---- the sheet of a file that is renamed ---- */

static void sheet_along(void **state) {
    const Place *p = *state;
    Arena *a = p->arena;
    char text[32] = "";
    assert_int_equal(sheet_goes_along(a, p->root, "J-1/a.pdf", "J-1/a_2.pdf"), 0);
    put(p, "待检/J-1/a.pdf.chupin.yaml", "size: A4\n");
    assert_int_equal(sheet_goes_along(a, p->root, "J-1/a.pdf", "J-1/a.pdf"), 0);
    assert_int_equal(sheet_goes_along(a, p->root, "J-1/a.pdf", "J-1/a_2.pdf"), 0);
    FILE *f = fopen(at(p, "待检/J-1/a_2.pdf.chupin.yaml"), "re");
    assert_non_null(f);
    assert_non_null(fgets(text, sizeof text, f));
    fclose(f);
    assert_string_equal(text, "size: A4\n");

    put(p, "待检/J-1/a_3.pdf.chupin.yaml", "size: A3\n"); /* one that somebody wrote stays */
    assert_int_equal(sheet_goes_along(a, p->root, "J-1/a.pdf", "J-1/a_3.pdf"), 0);
    f = fopen(at(p, "待检/J-1/a_3.pdf.chupin.yaml"), "re");
    assert_non_null(fgets(text, sizeof text, f));
    fclose(f);
    assert_string_equal(text, "size: A3\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_machine, setup, teardown),
        cmocka_unit_test_setup_teardown(strays, setup, teardown),
        cmocka_unit_test_setup_teardown(one_of_two, setup, teardown),
        cmocka_unit_test_setup_teardown(dates_that_jump, setup, teardown),
        cmocka_unit_test_setup_teardown(replaced, setup, teardown),
        cmocka_unit_test_setup_teardown(sheet_along, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
