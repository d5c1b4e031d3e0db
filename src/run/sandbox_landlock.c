/* Landlock by its system calls: https://docs.kernel.org/userspace-api/landlock.html. Headers may be
 * older than the kernel, so what came after version 1 is written out here. */
#include "run/sandbox_parts.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    FS_FIRST_VERSION = (1 << 13) - 1, /* EXECUTE to MAKE_SYM */
    FS_REFER = 1 << 13,               /* from 2 */
    FS_TRUNCATE = 1 << 14,            /* from 3 */
    FS_IOCTL_DEV = 1 << 15,           /* from 5 */
    NET_TCP = 3,                      /* bind and connect, from 4 */
    SCOPE_SOCKETS_AND_SIGNALS = 3,    /* from 6 */
    REFER_VERSION = 2,
    TRUNCATE_VERSION = 3,
    NET_VERSION = 4,
    IOCTL_VERSION = 5,
    SCOPE_VERSION = 6,
};

/* landlock_ruleset_attr of version 6; an older kernel takes it as long as what it does not know is
 * zero. */
typedef struct Handled {
    uint64_t fs, net, scoped;
} Handled;

static const char *const system_paths[] = {
#define SYSTEM_PATH(path) path,
#include "run/sandbox_paths.def"
#undef SYSTEM_PATH
#ifdef __SANITIZE_ADDRESS__
    "/proc/self", /* a sanitizer looks up its own memory and code there */
#endif
};

int landlock_version(void) {
    long v = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return v > 0 ? (int)v : 0;
}

static Handled handled(int version) {
    return (Handled){.fs = FS_FIRST_VERSION | (version >= REFER_VERSION ? FS_REFER : 0) |
                           (version >= TRUNCATE_VERSION ? FS_TRUNCATE : 0) |
                           (version >= IOCTL_VERSION ? FS_IOCTL_DEV : 0),
                     .net = version >= NET_VERSION ? NET_TCP : 0,
                     .scoped = version >= SCOPE_VERSION ? SCOPE_SOCKETS_AND_SIGNALS : 0};
}

/* A path that is not there gives no right, which is no trouble: whoever wants it will say so. */
static bool allow(int ruleset, const char *path, uint64_t rights) {
    int fd = open(path, O_PATH | O_CLOEXEC);
    struct stat s;
    if (fd < 0)
        return true;
    bool folder = fstat(fd, &s) == 0 && S_ISDIR(s.st_mode);
    struct landlock_path_beneath_attr rule = {
        .allowed_access = folder ? rights : rights & ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = fd};
    long error = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return error == 0;
}

static bool allow_all(int ruleset, const Sandbox *box, int version) {
    const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
                   writing = reading | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                             LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             (version >= TRUNCATE_VERSION ? FS_TRUNCATE : 0) |
                             (version >= REFER_VERSION ? FS_REFER : 0);
    const char *profiles = getenv("CHUPIN_PROFILE_DIR");
    bool done = !profiles || !*profiles || allow(ruleset, profiles, reading);
    for (size_t i = 0; done && i < sizeof system_paths / sizeof *system_paths; i++)
        done = allow(ruleset, system_paths[i], reading);
    for (const char *const *path = box->reads; done && path && *path; path++)
        done = allow(ruleset, *path, reading);
    return done && (!box->writes || allow(ruleset, box->writes, writing));
}

bool landlock_enter(const Sandbox *box, int version) {
    Handled all = handled(version);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (ruleset < 0)
        return false;
    bool done =
        allow_all(ruleset, box, version) && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return done;
}
