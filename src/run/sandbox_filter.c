#include "run/sandbox_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool rule(scmp_filter_ctx f, uint32_t action, int call) {
    return call == __NR_SCMP_ERROR || seccomp_rule_add(f, action, call, 0) == 0;
}

static bool rule_if(scmp_filter_ctx f, int call, struct scmp_arg_cmp condition) {
    return seccomp_rule_add_array(f, SCMP_ACT_ALLOW, call, 1, &condition) == 0;
}

static bool plain_calls(scmp_filter_ctx f, bool writing) {
    bool done = true;
#define CALL(name)    done = done && rule(f, SCMP_ACT_ALLOW, SCMP_SYS(name));
#define WRITING(name) done = done && (!writing || rule(f, SCMP_ACT_ALLOW, SCMP_SYS(name)));
#define DEADLY(name)  done = done && rule(f, SCMP_ACT_KILL_PROCESS, SCMP_SYS(name));
#include "run/sandbox_calls.def"
#undef CALL
#undef WRITING
#undef DEADLY
    return done;
}

/* Opening: anything where a folder may be written into (Landlock says which), else for reading. */
static bool opening(scmp_filter_ctx f, bool writing) {
    const scmp_datum_t changes = O_ACCMODE | O_CREAT | O_TRUNC;
    if (writing)
        return rule(f, SCMP_ACT_ALLOW, SCMP_SYS(open)) && rule(f, SCMP_ACT_ALLOW, SCMP_SYS(openat));
    return rule_if(f, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, changes, O_RDONLY)) &&
           rule_if(f, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, changes, O_RDONLY));
}

/* It may abort itself, ask what a terminal is, and read its own limits. */
static bool calls_by_argument(scmp_filter_ctx f) {
    return rule_if(f, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) &&
           rule_if(f, SCMP_SYS(ioctl), SCMP_A1(SCMP_CMP_EQ, TCGETS)) &&
           rule_if(f, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0));
}

bool filter_enter(bool writing) {
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!f)
        return false;
    bool done = plain_calls(f, writing) && opening(f, writing) && calls_by_argument(f) &&
                seccomp_load(f) == 0;
    seccomp_release(f);
    return done;
}
