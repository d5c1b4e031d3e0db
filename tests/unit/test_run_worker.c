#include "run/worker.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Seen {
    int lines;
    char last[64];
    bool refuse;
} Seen;

static bool see(void *self, const char *line, size_t n) {
    Seen *seen = self;
    seen->lines++;
    snprintf(seen->last, sizeof seen->last, "%.*s", (int)n, line);
    return !seen->refuse;
}

static WorkerEnd run(Arena *a, Seen *seen, void (*work)(void *self, Sink *lines),
                     WorkerLimits limits) {
    return worker_run(a, &(WorkerTask){.self = seen, .work = work, .line = see}, &limits);
}

static void three_lines(void *self, Sink *lines) {
    (void)self;
    sink_str(lines, "one\ntwo\nthree\n");
    printf("this stays in the worker\n");
    fflush(stdout);
}

static void whole_lines_arrive_and_prints_are_kept_apart(void **state) {
    Seen seen = {0};
    WorkerEnd end = run(*state, &seen, three_lines, worker_limits(10, 0));
    assert_int_equal(end.kind, WORKER_DONE);
    assert_int_equal(seen.lines, 3);
    assert_string_equal(seen.last, "three");
    assert_string_equal(end.said, "this stays in the worker\n");
}

static void tell_and_crash(void *self, Sink *lines) {
    (void)self;
    sink_str(lines, "told\nhalf a li");
    sink_flush(lines);
    signal(SIGABRT, SIG_DFL);
    abort();
}

static void what_was_told_before_a_crash_is_kept(void **state) {
    Seen seen = {0};
    WorkerLimits limits = worker_limits(10, 0);
    WorkerEnd end = run(*state, &seen, tell_and_crash, limits);
    assert_int_equal(end.kind, WORKER_CRASHED);
    assert_int_equal(end.signal, SIGABRT);
    assert_string_equal(seen.last, "told");
    assert_non_null(worker_reason(*state, &end, &limits).zh);
}

static void sleep_long(void *self, Sink *lines) {
    (void)self, (void)lines;
    sleep(60);
}

static void a_worker_that_hangs_is_ended(void **state) {
    Seen seen = {0};
    WorkerEnd end = run(*state, &seen, sleep_long, worker_limits(0.2, 0));
    assert_int_equal(end.kind, WORKER_TIMEOUT);
}

static void close_and_sleep(void *self, Sink *lines) {
    (void)self, (void)lines;
    for (int fd = 0; fd < 64; fd++)
        close(fd);
    sleep(60);
}

static void one_that_closes_its_pipes_and_hangs_is_ended_too(void **state) {
    Seen seen = {0};
    WorkerEnd end = run(*state, &seen, close_and_sleep, worker_limits(0.2, 0));
    assert_int_equal(end.kind, WORKER_TIMEOUT);
}

static void flood(void *self, Sink *lines) {
    (void)self;
    for (;;)
        sink_str(lines, "no end to this line ");
}

static void a_line_without_end_is_cut_off(void **state) {
    Seen seen = {0};
    WorkerLimits limits = worker_limits(10, 0);
    limits.line = 1 << 16;
    assert_int_equal(run(*state, &seen, flood, limits).kind, WORKER_OVERFLOW);
    assert_int_equal(seen.lines, 0);
}

static void a_line_that_is_refused_ends_the_worker(void **state) {
    Seen seen = {.refuse = true};
    assert_int_equal(run(*state, &seen, three_lines, worker_limits(10, 0)).kind, WORKER_GARBLED);
    assert_int_equal(seen.lines, 1);
}

static void stop_the_parent(void *self, Sink *lines) {
    (void)self, (void)lines;
    kill(getppid(), SIGINT);
    sleep(60);
}

static void an_interrupt_ends_the_worker_and_is_told(void **state) {
    Seen seen = {0};
    WorkerEnd end = run(*state, &seen, stop_the_parent, worker_limits(10, 0));
    assert_int_equal(end.kind, WORKER_INTERRUPTED);
    assert_int_equal(end.signal, SIGINT);
}

#ifndef __SANITIZE_ADDRESS__
static void eat_memory(void *self, Sink *lines) {
    (void)self, (void)lines;
    Arena *a = arena_new();
    for (;;)
        memset(arena_alloc(a, 1 << 20), 1, 1 << 20);
}

static void memory_has_a_limit(void **state) {
    Seen seen = {0};
    WorkerLimits limits = worker_limits(10, 0);
    limits.memory = (size_t)256 << 20;
    assert_int_equal(run(*state, &seen, eat_memory, limits).kind, WORKER_CRASHED);
}
#endif

static int begin(void **state) {
    *state = arena_new();
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whole_lines_arrive_and_prints_are_kept_apart, begin, end),
        cmocka_unit_test_setup_teardown(what_was_told_before_a_crash_is_kept, begin, end),
        cmocka_unit_test_setup_teardown(a_worker_that_hangs_is_ended, begin, end),
        cmocka_unit_test_setup_teardown(one_that_closes_its_pipes_and_hangs_is_ended_too, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_line_without_end_is_cut_off, begin, end),
        cmocka_unit_test_setup_teardown(a_line_that_is_refused_ends_the_worker, begin, end),
        cmocka_unit_test_setup_teardown(an_interrupt_ends_the_worker_and_is_told, begin, end),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test_setup_teardown(memory_has_a_limit, begin, end),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
