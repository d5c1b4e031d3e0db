/* Code in a worker that is not ours, as if a file had taken it over: loaded with LD_PRELOAD, it does what the name of the file
 * says, attack-<what>.…, as soon as the worker opens it. The parent opens such files too; nothing happens there. What came of it
 * goes to standard error, which the parent shows once the worker is dead. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int plain_open(const char *path, int flags, mode_t mode) {
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

static void say_and_die(const char *what, int got) {
    dprintf(STDERR_FILENO, "%s: %d got through\n", what, got);
    abort();
}

static void read_others(void) {
    static const char *const paths[] = {"/etc/passwd", "/etc/hostname", "/proc/self/maps", "/proc/1/status", "/", "/tmp"};
    const char *secret = getenv("ATTACK_SECRET");
    int got = secret && plain_open(secret, O_RDONLY, 0) >= 0;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        got += plain_open(paths[i], O_RDONLY, 0) >= 0;
    say_and_die("read", got);
}

static void write_somewhere(const char *input) {
    const char *secret = getenv("ATTACK_SECRET");
    const char *const paths[] = {input, secret, "/tmp/chupin-attack", "/dev/shm/chupin-attack", "chupin-attack"};
    int got = 0;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        got += plain_open(paths[i], O_WRONLY | O_CREAT, 0600) >= 0;
        got += plain_open(paths[i], O_RDWR, 0) >= 0;
        got += unlink(paths[i]) == 0;
        got += truncate(paths[i], 0) == 0;
        got += chmod(paths[i], 0777) == 0;
        got += link(paths[i], "chupin-link") == 0;
        got += rename(paths[i], "chupin-renamed") == 0;
    }
    got += mkdir("chupin-folder", 0700) == 0;
    /* 0 to 2 are pipes to the parent, and so is 3. */
    for (int fd = 4; fd < 256; fd++)
        got += write(fd, "gone", 4) == 4;
    say_and_die("write", got);
}

static void connect_out(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(80)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    say_and_die("connect", fd >= 0 || connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
}

static void fork_bomb(void) {
    int got = 0;
    for (int i = 0; i < 2000; i++) {
        pid_t child = fork();
        if (!child)
            for (;;)
                pause();
        got += child > 0;
    }
    got += kill(getppid(), SIGTERM) == 0;
    got += kill(-1, 0) == 0;
    say_and_die("fork", got);
}

static void eat_memory(void) {
    size_t got = 0;
    for (char *p; (p = malloc(1 << 20)); got++)
        for (size_t i = 0; i < 1 << 20; i += 1 << 16)
            p[i] = 1;
    say_and_die("memory", got > 4096);
}

static void lie(void) {
    static const char line[] = "file and page and nothing that makes sense\n";
    for (int i = 0; i < 100; i++)
        if (write(3, line, sizeof line - 1) < 0)
            break;
    _exit(0);
}

static void attack(const char *what, const char *input) {
    if (!strncmp(what, "read", 4))
        read_others();
    else if (!strncmp(what, "write", 5))
        write_somewhere(input);
    else if (!strncmp(what, "connect", 7))
        connect_out();
    else if (!strncmp(what, "fork", 4))
        fork_bomb();
    else if (!strncmp(what, "memory", 6))
        eat_memory();
    else if (!strncmp(what, "program", 7))
        execl("/bin/sh", "sh", "-c", "touch chupin-attack", (char *)NULL);
    else if (!strncmp(what, "hang", 4))
        for (;;)
            ;
    else if (!strncmp(what, "sleep", 5))
        for (;;)
            pause();
    else if (!strncmp(what, "lie", 3))
        lie();
    else
        raise(SIGSEGV);
}

/* Asking is forbidden to a worker and to nobody else. */
static int in_worker(void) {
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) < 0;
}

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    const char *what = path ? strstr(path, "attack-") : NULL;
    if (what && in_worker())
        attack(what + strlen("attack-"), path);
    return plain_open(path, flags, mode);
}

int open64(const char *path, int flags, ...) __attribute__((alias("open")));
