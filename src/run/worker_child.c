#include "run/worker_child.h"

#include <fcntl.h>
#include <malloc.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Most children have no business writing files; what a library spools must stay small. */
enum { FILE_BYTES = 64 * 1024 * 1024, MOST_FILES = 256, STATUS_PIPE = 70 };

static void limit(int what, rlim_t value) {
    struct rlimit r = {value, value};
    setrlimit((__rlimit_resource_t)what, &r);
}

/* A sanitizer reserves terabytes of address space for itself, so there memory is not limited. */
static void limit_memory(size_t bytes) {
#ifdef __SANITIZE_ADDRESS__
    (void)bytes;
#else
    limit(RLIMIT_AS, bytes);
#endif
}

/* What one page gives back the next one asks for: given to the system, it would come back page
 * fault by page fault. */
static void keep_freed_memory(void) {
    enum { KEPT_BYTES = 16 * 1024 * 1024, OWN_MAPPING = 8 * 1024 * 1024 };
    mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
    mallopt(M_MMAP_THRESHOLD, OWN_MAPPING);
}

/* Whatever else the parent has open, a record, a journal, its output, could be written to. */
static int keep_only(int lines) {
    enum { LINES = STDERR_FILENO + 1 };
    if (lines != LINES)
        dup2(lines, LINES);
    close_range(LINES + 1, ~0U, 0);
    return LINES;
}

void worker_child(const WorkerTask *task, const WorkerLimits *limits, pid_t parent, int lines,
                  int said) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) /* it ended before we asked */
        _exit(STATUS_PIPE);
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(said, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
    lines = keep_only(lines);
    signal(SIGPIPE, SIG_DFL);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NPROC, 0);
    limit(RLIMIT_NOFILE, MOST_FILES);
    limit(RLIMIT_FSIZE, limits->file ? limits->file : FILE_BYTES);
    limit(RLIMIT_CPU, (rlim_t)ceil(limits->seconds) + 1);
    limit_memory(limits->memory);
    keep_freed_memory();
    if (!sandbox_enter(&task->box))
        _exit(WORKER_NOT_WALLED);
    Arena *a = arena_new();
    Sink sink = sink_fd(a, lines);
    task->work(task->self, &sink);
    sink_flush(&sink);
    /* Neither exit handlers nor buffers of the parent's copy are ours to run. */
    _exit(sink.error ? STATUS_PIPE : EXIT_SUCCESS);
}
