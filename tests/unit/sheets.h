/* Job sheets for tests: a folder of its own for each test, the shipped data files, errors as text.
 */
#ifndef CHUPIN_TESTS_SHEETS_H
#define CHUPIN_TESTS_SHEETS_H

#include "check/job.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Bench {
    Arena *arena;
    Errors errors;
    RuleData *data;
    char folder[64];
} Bench;

static int bench_up(void **state) {
    Arena *a = arena_new();
    Bench *b = ARENA_NEW(a, Bench);
    *b = (Bench){.arena = a, .errors = {.arena = a}};
    snprintf(b->folder, sizeof b->folder, "/tmp/chupin-test-XXXXXX");
    assert_non_null(mkdtemp(b->folder));
    Result r = rule_data_load(&b->data, a, CHUPIN_RULES, "agency", &b->errors);
    assert_int_equal(r.kind, ERR_NONE);
    *state = b;
    return 0;
}

static int bench_down(void **state) {
    Bench *b = *state;
    char *command = arena_printf(b->arena, "rm -r '%s'", b->folder);
    int gone = system(command);
    arena_free(b->arena);
    return gone;
}

__attribute__((unused)) static const char *in_folder(Bench *b, const char *name) {
    return arena_printf(b->arena, "%s/%s", b->folder, name);
}

static void write_bytes(Bench *b, const char *name, const char *bytes, size_t n) {
    FILE *f = fopen(in_folder(b, name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

__attribute__((unused)) static void write_sheet(Bench *b, const char *name, const char *text) {
    write_bytes(b, name, text, strlen(text));
}

/* The jobs of an artwork of that name in the folder; errors stay in the bench. */
__attribute__((unused)) static Jobs *jobs_with(Bench *b, const char *artwork,
                                               const JobOptions *options) {
    static const JobOptions none = {.as_of = "2026-01-17"};
    Jobs *jobs = NULL;
    Result r = jobs_load(&jobs, b->arena, b->data, in_folder(b, artwork), options ? options : &none,
                         &b->errors);
    assert_int_equal(r.kind, b->errors.count ? ERR_USAGE : ERR_NONE);
    return jobs;
}

__attribute__((unused)) static Jobs *jobs_of(Bench *b, const char *sheet) {
    write_sheet(b, "chupin.yaml", sheet);
    Jobs *jobs = jobs_with(b, "a.pdf", NULL);
    if (b->errors.count)
        fail_msg("%s", errors_render(b->arena, &b->errors, LANG_EN));
    return jobs;
}

/* The errors of a sheet as the English text a person sees. */
__attribute__((unused)) static const char *errors_of(Bench *b, const char *sheet) {
    write_sheet(b, "chupin.yaml", sheet);
    jobs_with(b, "a.pdf", NULL);
    assert_true(b->errors.count > 0);
    return errors_render(b->arena, &b->errors, LANG_EN);
}

__attribute__((unused)) static void assert_has(const char *text, const char *part) {
    if (!text || !strstr(text, part))
        fail_msg("\"%s\" is not in \"%s\"", part, text ? text : "(null)");
}

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-6)

#endif
