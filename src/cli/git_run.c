#include "cli/git.h"

#include "base/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int spawn_program(pid_t *pid, const char *program, const char *const *argv, const Spawn *ends) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t how;
    sigset_t none;
    const int from[] = {ends->in, ends->out, ends->err};
    sigemptyset(&none);
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    error = posix_spawnattr_init(&how);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
    for (int to = 0; to < 3 && !error; to++)
        if (from[to] >= 0)
            error = posix_spawn_file_actions_adddup2(&actions, from[to], to);
    if (!error)
        error = posix_spawnp(pid, program, &actions, &how, (char *const *)argv, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int spawn_wait(pid_t pid) {
    enum { BY_SIGNAL = 128 };
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
}

static Str read_all(Arena *a, int fd) {
    Sink text = sink_memory(a);
    char part[1 << 16];
    for (ssize_t n; (n = read(fd, part, sizeof part)) > 0 || (n < 0 && errno == EINTR);)
        if (n > 0)
            sink_write(&text, part, (size_t)n);
    return sink_text(&text);
}

/* What goes in is laid down first, so that neither side waits for the other. */
static int laid_down(Str in) {
    int fd = memfd_create("chupin-git", MFD_CLOEXEC);
    for (size_t done = 0; fd >= 0 && done < in.n;) {
        ssize_t n = write(fd, in.p + done, in.n - done);
        if (n < 0 && errno != EINTR) {
            close(fd);
            return -1;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0)
        lseek(fd, 0, SEEK_SET);
    return fd;
}

/* git's exit code, or -1 with errno when there is no git. */
static int run(Str *out, Arena *a, const char *const *arguments, Str in, bool quiet) {
    enum { MOST_WORDS = 32 };
    const char *argv[MOST_WORDS] = {"git"};
    int ends[2], nowhere = quiet ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
    for (size_t i = 0; arguments[i] && i + 2 < MOST_WORDS; i++)
        argv[i + 1] = arguments[i];
    int from = laid_down(in);
    if (from < 0 || pipe2(ends, O_CLOEXEC)) {
        close(from);
        close(nowhere);
        return -1;
    }
    pid_t pid;
    int error = spawn_program(&pid, "git", argv, &(Spawn){from, ends[1], nowhere});
    close(from);
    close(ends[1]);
    close(nowhere);
    if (!error)
        *out = read_all(a, ends[0]);
    close(ends[0]);
    errno = error;
    return error ? -1 : spawn_wait(pid);
}

Result git_run(Str *out, Arena *a, const char *const *arguments, Str in) {
    int code = run(out, a, arguments, in, false);
    if (code < 0)
        return result_fail(a, ERR_FILE, (Where){0}, "运行不了 git：%s", "git cannot be run: %s",
                           strerror(errno));
    if (code)
        return result_fail(a, ERR_FILE, (Where){0},
                           "git %s 没有成功（退出码 %d），上面是它说的原因",
                           "git %s failed (exit %d); its reason is above", arguments[0], code);
    return OK;
}

bool git_ask(Str *out, Arena *a, const char *const *arguments) {
    return run(out, a, arguments, (Str){0}, true) == 0;
}

bool git_ask_line(const char **out, Arena *a, const char *const *arguments) {
    Str said;
    if (!git_ask(&said, a, arguments) || !said.n || said.p[said.n - 1] != '\n')
        return false;
    *out = arena_copy(a, said.p, said.n - 1);
    return true;
}
