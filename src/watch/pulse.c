#include "watch/pulse.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { PULSE_BYTES = 512 };

static const char *read_file(Arena *a, const char *path) {
    char *text = arena_alloc(a, PULSE_BYTES);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    ssize_t n = fd < 0 ? -1 : read(fd, text, PULSE_BYTES - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = 0;
    text[strcspn(text, "\n")] = 0;
    return n > 0 ? text : NULL;
}

/* This boot of this machine, and the numbering of processes we live in: only within it does a
 * number name a process. */
static const char *machine(Arena *a) {
    char space[64];
    const char *boot = read_file(a, "/proc/sys/kernel/random/boot_id");
    ssize_t n = readlink("/proc/self/ns/pid", space, sizeof space - 1);
    space[n > 0 ? n : 0] = 0;
    return arena_printf(a, "%s %s", boot ? boot : "-", *space ? space : "-");
}

/* proc(5): field 22 of stat, after a name that may hold anything but ends with the last ")". A
 * number of a process is given again; with its start it is not. */
static const char *started(Arena *a, const char *process) {
    const char *stat = read_file(a, arena_printf(a, "/proc/%s/stat", process));
    const char *p = stat ? strrchr(stat, ')') : NULL;
    for (int field = 2; p && field < 22; field++)
        p = (p = strchr(p, ' ')) ? p + 1 : NULL;
    if (!p)
        return NULL;
    if (stat[0] && strstr(stat, ") Z "))
        return NULL; /* it has ended and nobody has asked how */
    return arena_copy(a, p, strcspn(p, " "));
}

const char *pulse_watcher_name(Arena *a) {
    char host[HOST_NAME_MAX + 1] = "";
    uint32_t random = 0;
    gethostname(host, sizeof host - 1);
    (void)!getrandom(&random, sizeof random, GRND_NONBLOCK);
    for (char *p = host; *p; p++)
        if (!isalnum((unsigned char)*p) && *p != '-')
            *p = '-';
    return arena_printf(a, "%.40s-%d-%08" PRIx32, *host ? host : "chupin", (int)getpid(), random);
}

int pulse_write(Arena *a, const char *folder, uint64_t beat) {
    const char *me = arena_printf(a, "%d", (int)getpid()), *since = started(a, me);
    const char *text =
        arena_printf(a, "%020" PRIu64 " %s %s %s\n", beat, machine(a), me, since ? since : "-");
    int fd = open(arena_printf(a, "%s/" PULSE_NAME, folder),
                  O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return errno;
    size_t n = strlen(text);
    int error = pwrite(fd, text, n, 0) == (ssize_t)n ? 0 : errno ? errno : EIO;
    return close(fd) == 0 ? error : errno;
}

PulseState pulse_read(Arena *a, const char *folder, uint64_t *beat) {
    const char *text = read_file(a, arena_printf(a, "%s/" PULSE_NAME, folder));
    const char *here = machine(a), *p = text ? strchr(text, ' ') : NULL;
    *beat = text ? strtoull(text, NULL, 10) : 0;
    if (!p || !str_starts(str_of(p + 1), here) || p[1 + strlen(here)] != ' ')
        return PULSE_UNSURE;
    p += 1 + strlen(here) + 1;
    const char *process = arena_copy(a, p, strcspn(p, " ")), *since = strchr(p, ' ');
    const char *runs = started(a, process);
    /* Where /proc hides what others run, that one is there is all there is to know. */
    if (!runs && kill((pid_t)atoi(process), 0) != 0 && errno == EPERM)
        return PULSE_UNSURE;
    return runs && since && streq(runs, since + 1) ? PULSE_BEATS : PULSE_STOPPED;
}
