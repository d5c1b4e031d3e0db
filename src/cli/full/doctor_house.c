/* What belongs to the machine: the program and what it reads while it runs. */
#include "cli/full/doctor.h"

#include "ink/press/press.h"
#include "print/sheet.h"
#include "read/read.h"
#include "run/worker.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

Seen doctor_program(Patient *p) {
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = 0;
    const char *shown = text_printable(p->arena, self, strlen(self));
    return (Seen){.what = doctor_text(p, "chupin %s，poppler %s，lcms2 %s（%s）",
                                      "chupin %s, poppler %s, lcms2 %s (%s)", CHUPIN_VERSION,
                                      reader_versions(), press_version(), shown)};
}

Seen doctor_rules(Patient *p) {
    static const Text todo = {"运行 chupin rules lint 看全部；改不好就重装 chupin",
                              "chupin rules lint lists all of it; else install chupin again"};
    const char *dir, *profile = args_value(p->cli->args, OPTION_PROFILE);
    Errors errors = {.arena = p->arena};
    Result r = locate_rules(&dir, p->cli);
    if (!r.kind)
        r = rule_data_load(&p->book.data, p->arena, dir, profile ? profile : "agency", &errors);
    if (!r.kind)
        r = rules_load_to_run(&p->book.rules, p->arena, dir, &errors);
    if (errors.count)
        return doctor_errors(p, &errors, todo);
    if (r.kind)
        return doctor_trouble(p, HEALTH_BROKEN, &r, todo);
    p->has_rules = true;
    return (Seen){.what = doctor_text(p, "%zu 条，规则档 %s，%.8s（%s）",
                                      "%zu rules, profile %s, %.8s (%s)", p->book.rules.count,
                                      rule_data_profile(p->book.data), p->book.rules.sha256,
                                      text_printable(p->arena, dir, strlen(dir)))};
}

Seen doctor_fonts(Patient *p) {
    Result r = sheet_ready(p->arena);
    if (!r.kind)
        return (Seen){.what = {"Noto Sans CJK SC，检查单和批注用它",
                               "Noto Sans CJK SC, for sheets and annotated copies"}};
    return (Seen){HEALTH_BROKEN,
                  {"没有 Noto Sans CJK SC，检查单和批注做不出来",
                   "Noto Sans CJK SC is missing: no sheets, no annotated copies"},
                  {"sudo apt install fonts-noto-cjk", "sudo apt install fonts-noto-cjk"}};
}

Seen doctor_profile(Patient *p) {
    PressProfile press;
    Text why;
    if (!press_profile_carried(&press, p->arena, NULL, 0, NULL, &why))
        return (Seen){HEALTH_BROKEN,
                      why,
                      {"sudo apt install libgs-common；用了 CHUPIN_PROFILE_DIR 就看它指的文件夹",
                       "sudo apt install libgs-common; with CHUPIN_PROFILE_DIR, look into that "
                       "folder"}};
    return (Seen){.what = doctor_text(p, "%s，%.8s，稿件没写输出意图时用它",
                                      "%s, %.8s, for artwork without an output intent",
                                      text_printable(p->arena, press.name, strlen(press.name)),
                                      press.sha256)};
}

Seen doctor_poppler(Patient *p) {
    static const char *const maps[] = {"/usr/share/poppler/cMap/Adobe-GB1",
                                       "/usr/share/poppler/cMap/Adobe-CNS1"};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        if (access(maps[i], R_OK | X_OK))
            return (Seen){HEALTH_BROKEN,
                          doctor_text(p, "读不到 %s：没有嵌入编码的中文字认不出来",
                                      "%s cannot be read: Chinese text without an embedded "
                                      "encoding is not understood",
                                      maps[i]),
                          {"sudo apt install poppler-data", "sudo apt install poppler-data"}};
    return (Seen){
        .what = {"poppler-data 有简体和繁体", "poppler-data has Simplified and Traditional"}};
}

/* ---- isolation: what the kernel says it gives, and one worker that tries to get out ---- */

enum { GOT_FILE = 'f', GOT_DISK = 'w', GOT_DONE = 'z' };

typedef struct Tried {
    const char *folder; /* that anybody may write to */
    bool file, disk, done;
} Tried;

static void try_walls(void *self, Sink *lines) {
    const Tried *t = self;
    if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0)
        sink_format(lines, "%c\n", GOT_FILE);
    if (open(t->folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600) >= 0)
        sink_format(lines, "%c\n", GOT_DISK);
    sink_format(lines, "%c\n", GOT_DONE);
}

static bool heard(void *self, const char *line, size_t n) {
    Tried *t = self;
    t->file |= n > 0 && *line == GOT_FILE;
    t->disk |= n > 0 && *line == GOT_DISK;
    t->done |= n > 0 && *line == GOT_DONE;
    return true;
}

Seen doctor_sandbox(Patient *p) {
    SandboxState state = sandbox_state(p->arena);
    Tried tried = {.folder = "/tmp"};
    WorkerLimits limits = worker_limits(0, 0);
    WorkerTask task = {.self = &tried, .work = try_walls, .line = heard};
    WorkerEnd end = worker_run(p->arena, &task, &limits);
    if (end.kind != WORKER_DONE || !tried.done) {
        Text why = worker_reason(p->arena, &end, &limits);
        return (Seen){HEALTH_BROKEN,
                      {arena_printf(p->arena, "检查进程起不来：%s", why.zh),
                       arena_printf(p->arena, "a worker cannot work: %s", why.en)},
                      {"看看内存和进程数的上限（ulimit -a），还有容器的 seccomp 设置",
                       "look at the limits of memory and processes (ulimit -a) and at the seccomp "
                       "settings of the container"}};
    }
    if (!state.calls || tried.disk)
        return (Seen){HEALTH_BROKEN,
                      state.text,
                      {"换 Debian 12 的内核；在容器里，放开 seccomp(2)",
                       "use the kernel of Debian 12; in a container, allow seccomp(2)"}};
    if (!state.landlock || tried.file)
        return (Seen){HEALTH_LOOK,
                      state.text,
                      {"cat /sys/kernel/security/lsm 里没有 landlock 时，加到开机参数",
                       "when landlock is not in /sys/kernel/security/lsm, add it at boot"}};
    return (Seen){.what = state.text};
}

/* ---- clock ---- */

static bool zone_known(void) {
    const char *zone = getenv("TZ");
    return (zone && *zone) || access("/etc/localtime", R_OK) == 0;
}

Seen doctor_clock(Patient *p) {
    enum { DAY = 86400, ROOM = 32 };
    time_t now = time(NULL);
    struct tm local;
    struct stat self;
    char shown[ROOM] = "";
    struct timex state = {0};
    if (localtime_r(&now, &local))
        strftime(shown, sizeof shown, "%Y-%m-%d %H:%M %z", &local);
    /* The program was written to the disk in the past. */
    if (stat("/proc/self/exe", &self) == 0 && self.st_mtime > now + DAY)
        return (Seen){HEALTH_BROKEN,
                      doctor_text(p, "%s 比程序装上的时间还早，钟慢了",
                                  "%s is before the program was installed: the clock is slow",
                                  shown),
                      {"sudo timedatectl set-ntp true，再看 timedatectl",
                       "sudo timedatectl set-ntp true, then look at timedatectl"}};
    if (!zone_known())
        return (Seen){HEALTH_LOOK,
                      doctor_text(p, "%s，没有设时区", "%s, no time zone is set", shown),
                      {"sudo timedatectl set-timezone Asia/Shanghai",
                       "sudo timedatectl set-timezone Asia/Shanghai"}};
    if (adjtimex(&state) == TIME_ERROR)
        return (Seen){HEALTH_LOOK,
                      doctor_text(p, "%s，没有和时间服务器对过", "%s, not synchronised", shown),
                      {"签字和记录用这个时间：sudo apt install systemd-timesyncd，或让网管对时",
                       "signatures and records use it: sudo apt install systemd-timesyncd, or ask "
                       "who runs the machine"}};
    return (Seen){.what = doctor_text(p, "%s，已对时", "%s, synchronised", shown)};
}
