#include "run/worker.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct Seen {
    int lines;
    char last[64];
    bool refuse;
    volatile char *here, *other; /* memory that workers share */
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

/* Whoever sits at the terminal. */
static pid_t interrupt_soon(void) {
    pid_t parent = getpid(), person = fork();
    if (person)
        return person;
    usleep(200000);
    kill(parent, SIGINT);
    _exit(0);
}

static void an_interrupt_ends_the_worker_and_is_told(void **state) {
    Seen seen = {0};
    worker_hold_signals();
    pid_t person = interrupt_soon();
    WorkerEnd end = run(*state, &seen, sleep_long, worker_limits(10, 0));
    assert_int_equal(waitpid(person, NULL, 0), person);
    assert_int_equal(end.kind, WORKER_INTERRUPTED);
    assert_int_equal(end.signal, SIGINT);
}

static void wait_for_the_other(void *self, Sink *lines) {
    const Seen *seen = self;
    *seen->here = 1;
    for (int i = 0; i < 5000 && !*seen->other; i++)
        usleep(1000);
    sink_str(lines, *seen->other ? "met\n" : "alone\n");
}

static volatile char *shared_bytes(size_t n) {
    void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(p != MAP_FAILED);
    return p;
}

static void several_run_side_by_side(void **state) {
    Seen seen[2] = {0};
    WorkerTask tasks[2];
    WorkerEnd ends[2];
    WorkerLimits limits = worker_limits(10, 0);
    volatile char *bytes = shared_bytes(2);
    for (int i = 0; i < 2; i++) {
        seen[i].here = bytes + i, seen[i].other = bytes + 1 - i;
        tasks[i] = (WorkerTask){&seen[i], wait_for_the_other, see, {0}, {0}};
    }
    worker_run_all(ends, *state, tasks, 2, &limits);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ends[i].kind, WORKER_DONE);
        assert_string_equal(seen[i].last, "met");
    }
    munmap((void *)(uintptr_t)bytes, 2);
}

/* Whether its own part was told it, and whether another's part can be reached. */
static void look_at_memory(void *self, Sink *lines) {
    const Seen *seen = self;
    unsigned char there;
    *seen->here = 7;
    bool reached = mincore((void *)(uintptr_t)seen->other, 1, &there) == 0;
    sink_format(lines, "%s\n", reached ? "reached" : "not there");
}

static void memory_is_shared_with_workers_of_the_same_task_alone(void **state) {
    enum { BYTES = 4096 };
    Seen seen[2] = {0};
    WorkerTask tasks[2];
    WorkerEnd ends[2];
    WorkerLimits limits = worker_limits(10, 0);
    for (int i = 0; i < 2; i++) {
        seen[i].here = shared_bytes(BYTES);
        assert_int_equal(madvise((void *)(uintptr_t)seen[i].here, BYTES, MADV_DONTFORK), 0);
    }
    for (int i = 0; i < 2; i++) {
        seen[i].other = seen[1 - i].here;
        tasks[i] = (WorkerTask){&seen[i], look_at_memory, see, {0}, {0}};
        tasks[i].memory.at = (void *)(uintptr_t)seen[i].here, tasks[i].memory.bytes = BYTES;
    }
    worker_run_all(ends, *state, tasks, 2, &limits);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ends[i].kind, WORKER_DONE);
        assert_string_equal(seen[i].last, "not there");
        assert_int_equal(*seen[i].here, 7);
        munmap((void *)(uintptr_t)seen[i].here, BYTES);
    }
}

static void one_that_breaks_down_leaves_the_others_alone(void **state) {
    Seen seen[3] = {0};
    WorkerTask tasks[] = {{&seen[0], three_lines, see, {0}, {0}},
                          {&seen[1], tell_and_crash, see, {0}, {0}},
                          {&seen[2], three_lines, see, {0}, {0}}};
    WorkerEnd ends[3];
    WorkerLimits limits = worker_limits(10, 0);
    worker_run_all(ends, *state, tasks, 3, &limits);
    assert_int_equal(ends[0].kind, WORKER_DONE);
    assert_int_equal(ends[1].kind, WORKER_CRASHED);
    assert_int_equal(ends[2].kind, WORKER_DONE);
    assert_int_equal(seen[0].lines + seen[2].lines, 6);
}

static void write_much(void *self, Sink *lines) {
    FILE *f = fopen("chupin-much", "wb");
    static char block[1 << 20];
    (void)self, (void)lines;
    if (!f)
        _exit(1);
    for (int i = 0; i < 4; i++)
        fwrite(block, 1, sizeof block, f);
    fflush(f);
}

static void files_have_a_limit(void **state) {
    Seen seen = {0};
    WorkerLimits limits = worker_limits(10, 0);
    char folder[] = "/tmp/chupin-files.XXXXXX", before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    WorkerTask task = {&seen, write_much, see, {.writes = folder}, {0}};
    limits.file = 2 << 20;
    assert_int_equal(worker_run(*state, &task, &limits).signal, SIGXFSZ);
    limits.file = 8 << 20;
    assert_int_equal(worker_run(*state, &task, &limits).kind, WORKER_DONE);
    assert_int_equal(unlink("chupin-much"), 0);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(rmdir(folder), 0);
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
        cmocka_unit_test_setup_teardown(several_run_side_by_side, begin, end),
        cmocka_unit_test_setup_teardown(memory_is_shared_with_workers_of_the_same_task_alone, begin,
                                        end),
        cmocka_unit_test_setup_teardown(one_that_breaks_down_leaves_the_others_alone, begin, end),
        cmocka_unit_test_setup_teardown(files_have_a_limit, begin, end),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test_setup_teardown(memory_has_a_limit, begin, end),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
