#include "run/sandbox_parts.h"

#include <sys/prctl.h>

bool sandbox_enter(const Sandbox *box) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        return false;
    int version = landlock_version();
    return (!version || landlock_enter(box, version)) && filter_enter(box->writes != NULL);
}

SandboxState sandbox_state(Arena *a) {
    /* A kernel without filters of calls refuses even to say whether one is set. */
    SandboxState s = {.calls = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0,
                      .landlock = landlock_version()};
    if (s.calls && s.landlock)
        s.text = (Text){
            arena_printf(a, "系统调用过滤（seccomp）和文件隔离（Landlock %d）都有", s.landlock),
            arena_printf(a, "system calls (seccomp) and files (Landlock %d) are walled",
                         s.landlock)};
    else if (s.calls)
        s.text =
            (Text){"有系统调用过滤（seccomp），没有文件隔离（Landlock）：检查时不能写、不能联网，"
                   "但读得到别的文件；换 5.13 以上的内核，或开机参数加 lsm=landlock",
                   "system calls are filtered (seccomp), files are not (no Landlock): workers "
                   "cannot write or connect, but can read other files; use a kernel from 5.13 "
                   "on, or boot with lsm=landlock"};
    else
        s.text = (Text){"内核没有 seccomp，检查进程没有隔离；请换一台机器或内核再查外来的文件",
                        "this kernel has no seccomp, so workers are not isolated; check files from "
                        "elsewhere on another machine or kernel"};
    return s;
}
