/* What belongs to a folder with artwork. */
#include "cli/full/doctor.h"

#include "check/check.h"
#include "record/record.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

static const char *shown(Patient *p, const char *text) {
    return text_printable(p->arena, text, strlen(text));
}

/* The name of a file in it that is newer than now; NULL: none. */
static const char *from_the_future(Patient *p) {
    enum { SLACK = 300 }; /* seconds */
    struct stat s;
    const char *found = NULL;
    DIR *dir = opendir(p->folder);
    for (struct dirent *e = NULL; dir && !found && (e = readdir(dir));) {
        const char *path = arena_printf(p->arena, "%s/%s", p->folder, e->d_name);
        if (stat(path, &s) == 0 && s.st_mtime > time(NULL) + SLACK)
            found = shown(p, e->d_name);
    }
    if (dir)
        closedir(dir);
    return found;
}

static Seen folder_of_kind(Patient *p, bool remote) {
    const char *path = shown(p, p->folder), *future = from_the_future(p);
    if (future)
        return (Seen){HEALTH_LOOK,
                      doctor_text(p, "%s 里 %s 的时间比现在还晚，两台机器的钟不一样",
                                  "%s: %s is newer than now, the clocks of two machines differ",
                                  path, future),
                      {"给这台和文件服务器都对时", "synchronise this machine and the file server"}};
    if (remote)
        return (Seen){HEALTH_LOOK,
                      doctor_text(p, "%s 在网络盘上，能读能写",
                                  "%s is on a network "
                                  "drive, can be read and written",
                                  path),
                      {"出品记录要放本机硬盘：在工作单或 /etc/chupin/chupin.yaml 里写 record:",
                       "keep the record on a disk of this machine: say record: in the job sheet or "
                       "in /etc/chupin/chupin.yaml"}};
    return (Seen){.what = doctor_text(p, "%s 在本机硬盘上，能读能写",
                                      "%s is on a disk of this machine, can be read and written",
                                      path)};
}

Seen doctor_folder(Patient *p) {
    struct stat s;
    struct statfs kind;
    const char *path = shown(p, p->folder);
    if (stat(p->folder, &s) || !S_ISDIR(s.st_mode))
        return (Seen){HEALTH_BROKEN,
                      doctor_text(p, "没有文件夹 %s", "there is no folder %s", path),
                      {"写对路径；网络盘要先挂上", "write its path; mount a network drive first"}};
    if (access(p->folder, R_OK | X_OK))
        return (Seen){HEALTH_BROKEN, doctor_text(p, "%s 不让读", "%s may not be read", path),
                      doctor_text(p, "请网管给这个用户（编号 %u）读的权限",
                                  "give this user (number %u) the right to read it",
                                  (unsigned)geteuid())};
    const char *results = arena_printf(p->arena, "%s/%s", p->folder, "检查结果");
    bool there = stat(results, &s) == 0;
    if (access(there ? results : p->folder, W_OK | X_OK))
        return (Seen){HEALTH_LOOK,
                      doctor_text(p, "%s 不让写：能检查，但报告放不进 检查结果",
                                  "%s may not be written to: artwork can be checked, but no "
                                  "reports fit into 检查结果",
                                  there ? shown(p, results) : path),
                      doctor_text(p, "请网管给这个用户（编号 %u）写的权限",
                                  "give this user (number %u) the right to write",
                                  (unsigned)geteuid())};
    return folder_of_kind(p, statfs(p->folder, &kind) == 0 &&
                                 file_system_is_remote((long)kind.f_type));
}

Seen doctor_space(Patient *p) {
    enum { MEGABYTE = 1 << 20, LOW = 2048, FULL = 200 }; /* MB */
    const char *temporary = getenv("TMPDIR");
    const char *const places[] = {p->folder, temporary && *temporary ? temporary : "/tmp"};
    double least = -1;
    const char *where = p->folder;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct statvfs s;
        if (statvfs(places[i], &s))
            continue;
        double free_mb = (double)s.f_bavail * (double)s.f_frsize / MEGABYTE;
        if (least < 0 || free_mb < least)
            least = free_mb, where = places[i];
    }
    if (least < 0)
        return (Seen){HEALTH_BROKEN,
                      doctor_text(p, "问不到剩多少空间：%s", "free space cannot be told: %s",
                                  strerror(errno)),
                      {"看看网络盘还在不在", "see whether the network drive is still there"}};
    Text what =
        doctor_text(p, "%s 还剩 %.1f GB", "%s has %.1f GB left", shown(p, where), least / 1024);
    static const Text todo = {"腾出空间再查：报告和记录写不下时，检查会停",
                              "make room: checks stop when reports and the record have none"};
    if (least < LOW)
        return (Seen){least < FULL ? HEALTH_BROKEN : HEALTH_LOOK, what, todo};
    return (Seen){.what = what};
}

static const char *inside(Patient *p) {
    size_t n = strlen(p->folder);
    return arena_printf(p->arena, "%s%s.", p->folder, n && p->folder[n - 1] == '/' ? "" : "/");
}

Seen doctor_sheet(Patient *p) {
    Errors errors = {.arena = p->arena};
    if (!p->has_rules)
        return (Seen){HEALTH_LOOK,
                      {"规则读不了，工作单没有校对", "not looked at: no rules"},
                      {"先弄好规则", "mend the rules first"}};
    Jobs *jobs = NULL;
    Result r = jobs_load(&jobs, p->arena, p->book.data, inside(p), &p->options, &errors);
    if (!r.kind)
        r = jobs_check_rules(jobs, &p->book.rules, &errors);
    Text todo = doctor_text(p, "chupin job lint %s 看全部", "chupin job lint %s lists all of it",
                            shown(p, p->folder));
    if (errors.count)
        return doctor_errors(p, &errors, todo);
    if (r.kind)
        return doctor_trouble(p, HEALTH_BROKEN, &r, todo);
    p->jobs = jobs;
    const JobHead *head = jobs_head(jobs);
    if (!head->present)
        return (Seen){HEALTH_LOOK,
                      {"没有工作单：尺寸、页数、纸张没有得对", "none: size, pages and paper have "
                                                               "nothing to be compared with"},
                      doctor_text(p, "chupin init %s 放一张", "chupin init %s writes one",
                                  shown(p, p->folder))};
    const char *number = head->number && *head->number ? head->number : "-";
    return (Seen){.what =
                      doctor_text(p, "读得懂，单号 %s", "understood, number %s", shown(p, number))};
}

/* ---- record ---- */

static Seen verified(Patient *p, Record *record, const char *place) {
    RecordVerdict v;
    Result r = record_verify(&v, record, p->arena, NULL);
    if (r.kind)
        return doctor_trouble(
            p, HEALTH_BROKEN, &r,
            (Text){"chupin job verify 看是哪里", "chupin job verify tells where"});
    if (!v.intact)
        return (Seen){HEALTH_BROKEN,
                      {arena_printf(p->arena, "%s 不对：%s", place, v.what.zh),
                       arena_printf(p->arena, "%s is not sound: %s", place, v.what.en)},
                      {"不要再往里写；留一份，用备份或 chupin job rebuild",
                       "write nothing more into it; keep a copy, then use a backup or chupin job "
                       "rebuild"}};
    return (Seen){.what = doctor_text(p, "%s 完整，%lld 件事，链头 %.8s",
                                      "%s is intact, %lld events, head %.8s", place,
                                      (long long)v.events, v.head.hash)};
}

Seen doctor_record(Patient *p) {
    RecordPlace place;
    Record *record = NULL;
    static const Text mend = {"照上面说的改；记录坏了先留一份，再用备份或 chupin job rebuild",
                              "do what is said above; keep a copy of a broken record, then use a "
                              "backup or chupin job rebuild"};
    if (!p->jobs)
        return (Seen){HEALTH_LOOK,
                      {"规则或工作单读不了，没有去找记录", "not looked for: rules or "
                                                           "job sheet are wrong"},
                      {"先弄好上面的", "mend what is above first"}};
    Artwork art = {.cli = p->cli,
                   .book = &p->book,
                   .options = &p->options,
                   .path = inside(p),
                   .name = ".",
                   .arena = p->arena,
                   .jobs = p->jobs};
    Result r = artwork_place(&place, &art);
    if (r.kind)
        return doctor_trouble(p, HEALTH_BROKEN, &r, mend);
    if (!place.record)
        return doctor_trouble(p, HEALTH_LOOK, &place.refusal, mend);
    if (!place.exists)
        return (Seen){.what = doctor_text(p, "还没有，第一次 chupin check --record 时建在 %s",
                                          "none yet; chupin check --record will make it at %s",
                                          shown(p, place.record))};
    r = record_open(&record, p->arena, place.record, RECORD_READ, NULL);
    if (r.kind)
        return doctor_trouble(p, HEALTH_BROKEN, &r, mend);
    Seen seen = verified(p, record, shown(p, place.record));
    record_close(record);
    return seen;
}
