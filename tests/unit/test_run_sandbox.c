#include "run/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* A folder with a file that is allowed, one that is not, and a folder to write into. */
typedef struct Room {
    Arena *a;
    char *folder, *allowed, *secret, *own;
    int open;       /* what the parent has open for writing */
    char said[128]; /* the last line of the worker */
} Room;

static bool take(void *self, const char *line, size_t n) {
    Room *room = self;
    snprintf(room->said, sizeof room->said, "%.*s", (int)n, line);
    return true;
}

static WorkerEnd enter(Room *room, void (*work)(void *self, Sink *lines), const char *writes,
                       double seconds) {
    const char *reads[] = {room->allowed, NULL};
    WorkerLimits limits = worker_limits(seconds, 0);
    limits.memory = (size_t)512 << 20;
    WorkerTask task = {room, work, take, {reads, writes}, {0}};
    room->said[0] = '\0';
    return worker_run(room->a, &task, &limits);
}

static void put(const char *path) {
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs("text", f);
    fclose(f);
}

static bool opens(const char *path, int flags) {
    int fd = open(path, flags, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static void read_both(void *self, Sink *lines) {
    const Room *room = self;
    sink_format(lines, "%d %d %d\n", opens(room->allowed, O_RDONLY), opens(room->secret, O_RDONLY),
                opens("/etc/passwd", O_RDONLY));
}

static void only_what_is_listed_can_be_read(void **state) {
    Room *room = *state;
    if (!sandbox_state(room->a).landlock)
        skip();
    assert_int_equal(enter(room, read_both, NULL, 10).kind, WORKER_DONE);
    assert_string_equal(room->said, "1 0 0");
}

static void write_everywhere(void *self, Sink *lines) {
    const Room *room = self;
    int made = 0;
    const char *const paths[] = {room->allowed, room->secret,
                                 arena_printf(room->a, "%s/new", room->folder), "/tmp/chupin-new",
                                 "/dev/shm/chupin-new"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        made += opens(paths[i], O_WRONLY | O_CREAT) + opens(paths[i], O_RDWR) +
                opens(paths[i], O_RDONLY | O_TRUNC) + (creat(paths[i], 0600) >= 0) +
                (unlink(paths[i]) == 0) + (truncate(paths[i], 0) == 0) +
                (chmod(paths[i], 0777) == 0) + (link(paths[i], "/tmp/chupin-link") == 0);
    made += mkdir(arena_printf(room->a, "%s/folder", room->folder), 0700) == 0;
    sink_format(lines, "%d\n", made);
}

static void nothing_can_be_written(void **state) {
    Room *room = *state;
    assert_int_equal(enter(room, write_everywhere, NULL, 10).kind, WORKER_DONE);
    assert_string_equal(room->said, "0");
    struct stat s;
    assert_int_equal(stat(room->allowed, &s), 0);
    assert_int_equal(s.st_size, 4);
}

/* A record, a journal, the output of the parent: open, they need no path. */
static void write_what_is_open(void *self, Sink *lines) {
    const Room *room = self;
    int written = 0;
    for (int fd = STDERR_FILENO + 2; fd < 64; fd++)
        written += write(fd, "gone", 4) == 4 || pwrite(fd, "gone", 4, 0) == 4;
    sink_format(lines, "%d %d\n", room->open, written);
}

static void what_the_parent_has_open_is_closed(void **state) {
    Room *room = *state;
    char text[8] = "";
    room->open = open(room->secret, O_RDWR);
    assert_true(room->open > STDERR_FILENO);
    /* The highest of them, so that nothing of the worker's own stands there. */
    int high = fcntl(room->open, F_DUPFD, 40);
    assert_int_equal(enter(room, write_what_is_open, NULL, 10).kind, WORKER_DONE);
    assert_string_equal(room->said, arena_printf(room->a, "%d 0", room->open));
    assert_int_equal(pread(high, text, 4, 0), 4);
    assert_string_equal(text, "text");
    close(room->open), close(high);
}

static void write_own(void *self, Sink *lines) {
    const Room *room = self;
    const char *name = arena_printf(room->a, "%s/plate", room->own);
    sink_format(lines, "%d ", opens(name, O_WRONLY | O_CREAT | O_TRUNC));
    sink_format(lines, "%d ", rename(name, arena_printf(room->a, "%s/done", room->own)) == 0);
    sink_format(lines, "%d %d\n", opens(room->secret, O_WRONLY), opens(room->secret, O_RDONLY));
}

static void a_folder_can_be_written_into_and_no_other(void **state) {
    Room *room = *state;
    if (!sandbox_state(room->a).landlock)
        skip();
    assert_int_equal(enter(room, write_own, room->own, 10).kind, WORKER_DONE);
    assert_string_equal(room->said, "1 1 0 0");
}

static void connect_out(void *self, Sink *lines) {
    (void)self;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sink_format(lines, "%d\n", fd);
}

static void run_program(void *self, Sink *lines) {
    (void)self, (void)lines;
    execl("/bin/true", "true", (char *)NULL);
}

static void trace_parent(void *self, Sink *lines) {
    (void)self, (void)lines;
    ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static void what_no_library_does_ends_the_worker(void **state) {
    Room *room = *state;
    void (*const works[])(void *self, Sink *lines) = {connect_out, run_program, trace_parent};
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        WorkerEnd end = enter(room, works[i], NULL, 10);
        WorkerLimits limits = worker_limits(10, 0);
        assert_int_equal(end.kind, WORKER_CRASHED);
        assert_int_equal(end.signal, SIGSYS);
        assert_string_equal(room->said, "");
        assert_non_null(strstr(worker_reason(room->a, &end, &limits).en, "may not do"));
    }
}

static void fork_without_end(void *self, Sink *lines) {
    (void)self;
    int forked = 0;
    for (int i = 0; i < 1000; i++) {
        pid_t child = fork();
        if (child == 0)
            _exit(0);
        forked += child > 0;
    }
    sink_format(lines, "%d %d\n", forked, kill(getppid(), SIGTERM) == 0);
}

static void neither_a_process_nor_a_signal_comes_out(void **state) {
    Room *room = *state;
    assert_int_equal(enter(room, fork_without_end, NULL, 10).kind, WORKER_DONE);
    assert_string_equal(room->said, "0 0");
}

static void spin(void *self, Sink *lines) {
    (void)self, (void)lines;
    for (volatile int i = 0;; i++)
        ;
}

static void one_that_never_ends_is_ended(void **state) {
    assert_int_equal(enter(*state, spin, NULL, 0.2).kind, WORKER_TIMEOUT);
}

#ifndef __SANITIZE_ADDRESS__
static void eat_memory(void *self, Sink *lines) {
    (void)self;
    size_t got = 0;
    for (char *p; (p = malloc(1 << 20)); got++)
        memset(p, 1, 1 << 20);
    sink_format(lines, "%d\n", got < 512);
}

static void memory_ends_at_its_limit(void **state) {
    Room *room = *state;
    assert_int_equal(enter(room, eat_memory, NULL, 10).kind, WORKER_DONE);
    assert_string_equal(room->said, "1");
}

static void nothing(void *self, Sink *lines) {
    (void)self, (void)lines;
}

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The walls themselves, in a child that is forked for it. The best of several: other work goes on
 * beside. */
static void walls_are_up_in_a_millisecond(void **state) {
    Room *room = *state;
    double best = 1;
    const char *reads[] = {room->allowed, NULL};
    for (int i = 0; i < 20; i++) {
        int result[2];
        assert_int_equal(pipe(result), 0);
        pid_t child = fork();
        if (child == 0) {
            double begun = seconds();
            bool in = sandbox_enter(&(Sandbox){.reads = reads});
            double took = in ? seconds() - begun : 1;
            _exit(write(result[1], &took, sizeof took) != sizeof took);
        }
        double took = 1;
        assert_int_equal(read(result[0], &took, sizeof took), sizeof took);
        assert_int_equal(waitpid(child, NULL, 0), child);
        close(result[0]), close(result[1]);
        best = took < best ? took : best;
    }
    printf("walls: %.3f ms\n", best * 1000);
    assert_true(best < 0.001);
    assert_int_equal(enter(room, nothing, NULL, 10).kind, WORKER_DONE);
}
#endif

static void the_kernel_says_what_it_has(void **state) {
    SandboxState s = sandbox_state(((Room *)*state)->a);
    assert_true(s.calls);
    assert_non_null(s.text.zh);
    assert_non_null(s.text.en);
}

static int begin(void **state) {
    Arena *a = arena_new();
    Room *room = ARENA_NEW(a, Room);
    room->a = a;
    room->folder = arena_strdup(a, "/var/tmp/chupin-room.XXXXXX");
    assert_non_null(mkdtemp(room->folder));
    room->allowed = arena_printf(a, "%s/allowed", room->folder);
    room->secret = arena_printf(a, "%s/secret", room->folder);
    room->own = arena_printf(a, "%s/own", room->folder);
    put(room->allowed);
    put(room->secret);
    mkdir(room->own, 0700);
    *state = room;
    return 0;
}

static int end(void **state) {
    Room *room = *state;
    unlink(arena_printf(room->a, "%s/done", room->own));
    rmdir(room->own);
    unlink(room->allowed);
    unlink(room->secret);
    int left = rmdir(room->folder);
    arena_free(room->a);
    return left;
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(only_what_is_listed_can_be_read),
        IN_A_ROOM(what_the_parent_has_open_is_closed),
        IN_A_ROOM(nothing_can_be_written),
        IN_A_ROOM(a_folder_can_be_written_into_and_no_other),
        IN_A_ROOM(what_no_library_does_ends_the_worker),
        IN_A_ROOM(neither_a_process_nor_a_signal_comes_out),
        IN_A_ROOM(one_that_never_ends_is_ended),
#ifndef __SANITIZE_ADDRESS__
        IN_A_ROOM(memory_ends_at_its_limit),
        IN_A_ROOM(walls_are_up_in_a_millisecond),
#endif
        IN_A_ROOM(the_kernel_says_what_it_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
