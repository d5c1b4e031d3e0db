/* What an AE reads in 说明.txt, and one line for the log. */
#include "check/hot_folder.h"
#include "cli/full/stamp.h"
#include "cli/full/watch_check.h"

#include <string.h>

enum { MOST_TOLD = 10 };

typedef struct Note {
    Arena *arena;
    Sink sink;
    bool zh;
} Note;

__attribute__((format(printf, 2, 4), format(printf, 3, 4))) static void say(Note *n, const char *zh,
                                                                            const char *en, ...) {
    va_list args;
    va_start(args, en);
    sink_str(&n->sink, arena_vprintf(n->arena, n->zh ? zh : en, args));
    va_end(args);
    sink_char(&n->sink, '\n');
}

static const char *text_of(Note *n) {
    Str all = sink_text(&n->sink);
    return arena_copy(n->arena, all.p, all.n);
}

static bool is_open_error(const Finding *f) {
    return f->outcome == OUTCOME_FAIL && f->severity == SEVERITY_ERROR && !f->waiver;
}

static bool is_lost(const Finding *f) {
    return f->outcome == OUTCOME_UNCHECKED && f->by_file && f->severity == SEVERITY_ERROR;
}

static const char *finding_line(Arena *a, const Finding *f, Lang lang) {
    const char *message = shown(a, text_in(f->message, lang));
    if (!f->page)
        return message;
    return arena_printf(a, lang == LANG_ZH ? "第 %d 页 %s" : "p. %d %s", f->page, message);
}

static HotStage stage_of(const Report *r) {
    switch (report_exit_code(r, SEVERITY_ERROR, false, false)) {
    case EXIT_NOT_CHECKED:
        return HOT_UNREADABLE;
    case EXIT_FOUND:
        return HOT_FAILED;
    default:
        break;
    }
    bool ticked = r->verdict.state == VERDICT_PASS || report_awaits_review(r);
    return ticked ? HOT_PASSED : HOT_CONFIRM;
}

/* ---- the note ---- */

static void say_findings(Note *n, const Report *r, bool (*told)(const Finding *f)) {
    Lang lang = n->zh ? LANG_ZH : LANG_EN;
    int number = 0;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (!told(f) || ++number > MOST_TOLD)
            continue;
        say(n, "%d. %s", "%d. %s", number, finding_line(n->arena, f, lang));
        if (f->fix.zh && *f->fix.zh)
            say(n, "   怎么改：%s", "   How to mend it: %s",
                shown(n->arena, text_in(f->fix, lang)));
    }
    if (number > MOST_TOLD)
        say(n, "另有 %d 条，见报告。", "%d more are in the report.", number - MOST_TOLD);
}

static void say_why_unreadable(Note *n, const Report *r) {
    Lang lang = n->zh ? LANG_ZH : LANG_EN;
    if (r->file.unreadable.zh) {
        say(n, "%s", "%s", shown(n->arena, text_in(r->file.unreadable, lang)));
        return;
    }
    say(n, "有几条要紧的没法查：", "Something that matters could not be checked:");
    say_findings(n, r, is_lost);
    for (size_t i = 0; i < r->rule_count; i++)
        if (r->rules[i].lost && r->rules[i].severity == SEVERITY_ERROR)
            say(n, "- %s：有 %d 页的内容读不完", "- %s: %d pages could not be read to their end",
                text_in(r->rules[i].title, lang), r->rules[i].lost);
}

static void say_open_rows(Note *n, const Report *r) {
    Lang lang = n->zh ? LANG_ZH : LANG_EN;
    say(n, "机器没查出必须改的。还要人看过、打勾：",
        "The machine found nothing that has to be mended. To be looked at and ticked by people:");
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (item_is_open(&r->items[i]))
            say(n, "□ %d %s", "□ %d %s", i, text_in(r->items[i].row->title, lang));
}

/* Where the sheet of this file is looked for: in 待检, or beside it when it is watched in place. */
static void say_sheet_place(Note *n, const Artwork *art, const char *before) {
    const char *there = hot_folder_path(n->arena, art->path, HOT_WAITING);
    const char *path = there ? there : art->path, *root = hot_folder_root(n->arena, art->path);
    size_t above = root ? strlen(root) + 1 : 0;
    int folder = (int)(strlen(path) - strlen(art->name) - above);
    say(n,
        "%s照着“待检”旁边的“工作单样板.yaml”填一张，放进 %.*s，"
        "名字是 %s.chupin.yaml（只管这一个文件），或 chupin.yaml（管这个文件夹里的全部）。",
        "%sfill in 工作单样板.yaml beside 待检 and put it into %.*s as %s.chupin.yaml (for this "
        "file only) or chupin.yaml (for all of its folder).",
        before, folder, path + above, shown(n->arena, art->name));
}

/* A file that cannot be read needs no sheet before it can. */
static void say_next(Note *n, const Artwork *art, HotStage stage, bool sheet) {
    sink_char(&n->sink, '\n');
    switch (stage) {
    case HOT_FAILED:
        say(n, "下一步：请设计改好，另存成新的一版，放回“待检”。",
            "Next: have it mended, saved as a new version and put into 待检.");
        if (!sheet)
            say_sheet_place(n, art,
                            n->zh ? "没有工作单，尺寸、页数、纸张、专色还没有东西可以对。补工作单："
                                  : "There is no job sheet to compare size, pages, paper and spot "
                                    "inks with. To add one, ");
        break;
    case HOT_CONFIRM:
        if (sheet) {
            say(n,
                "下一步：打印检查单，逐项看过、打勾、签字，交给录入的人（chupin sign）；"
                "再把文件放回“待检”，就会进“通过”。",
                "Next: tick the printed sheet and enter it with chupin sign; put back into 待检, "
                "the file goes to 通过.");
            break;
        }
        say(n, "没有工作单，尺寸、页数、纸张、专色还没有东西可以对。下一步：补工作单，再查一次：",
            "There is no job sheet to compare size, pages, paper and spot inks with. Next: add one "
            "and check again:");
        say_sheet_place(n, art, "1. ");
        say(n, "2. 把这个文件放回“待检”，会重新查一次。",
            "2. Put this file back into 待检: it is checked again.");
        break;
    case HOT_UNREADABLE:
        say(n, "下一步：请设计重新导出（PDF/X-4 最好），放回“待检”。",
            "Next: have it exported again, best as PDF/X-4, and put it into 待检.");
        break;
    case HOT_WAITING:
    case HOT_WORKING:
    case HOT_PASSED:
    case HOT_RESULTS:
    case HOT_STAGES:
        break;
    }
}

static const char *below_root(Arena *a, const Artwork *art, const char *path) {
    const char *root = hot_folder_root(a, art->path);
    size_t n = root ? strlen(root) : 0;
    return shown(a, n && str_starts(str_of(path), root) ? path + n + 1 : path);
}

static void say_reports(Note *n, const Artwork *art, const Words *written) {
    if (written->count)
        say(n, "\n详细的报告和检查单：", "\nThe whole report and the sign-off sheet:");
    for (size_t i = 0; i < written->count; i++)
        say(n, "  %s", "  %s", below_root(n->arena, art, written->items[i]));
}

static const char *note(const Artwork *art, const Report *r, HotStage stage, const Words *written) {
    Note n = {.arena = art->cli->arena, .zh = art->cli->lang == LANG_ZH};
    n.sink = sink_memory(n.arena);
    if (stage == HOT_PASSED)
        return "";
    say(&n, "%s：%s", "%s: %s", shown(n.arena, art->name), hot_stage_folder(stage));
    sink_char(&n.sink, '\n');
    if (stage == HOT_FAILED)
        say_findings(&n, r, is_open_error);
    else if (stage == HOT_UNREADABLE)
        say_why_unreadable(&n, r);
    else
        say_open_rows(&n, r);
    say_next(&n, art, stage, jobs_head(art->jobs)->present);
    say_reports(&n, art, written);
    return text_of(&n);
}

/* ---- one line ---- */

static const char *line(const Artwork *art, const Report *r, HotStage stage) {
    Arena *a = art->cli->arena;
    Lang lang = art->cli->lang;
    bool zh = lang == LANG_ZH;
    if (stage == HOT_UNREADABLE && r->file.unreadable.zh)
        return shown(a, text_in(r->file.unreadable, lang));
    const char *counts = arena_printf(
        a, zh ? "必须改 %d，建议看 %d，没查成 %d" : "errors %d, warnings %d, unchecked %d",
        r->verdict.errors, r->verdict.warnings, r->verdict.unchecked);
    if (jobs_head(art->jobs)->present)
        return counts;
    return arena_printf(a, zh ? "%s，没有工作单" : "%s, no job sheet", counts);
}

void watch_judge(WatchFound *out, const Artwork *art, const Report *r, const Words *written) {
    Arena *a = art->cli->arena;
    out->end = WATCH_DONE;
    out->stage = stage_of(r);
    out->line = line(art, r, out->stage);
    out->note = note(art, r, out->stage, written);
    out->sheet = arena_strdup(a, jobs_head(art->jobs)->sheet_name);
    for (size_t i = 0; i < r->finding_count && out->worst_count < WATCH_WORST; i++)
        if (is_open_error(&r->findings[i]))
            out->worst[out->worst_count++] = finding_line(a, &r->findings[i], art->cli->lang);
}

/* Paths as people on the share see them. */
static const char *without_root(Arena *a, const Artwork *art, const char *said) {
    const char *root = hot_folder_root(a, art->path), *at;
    Sink to = sink_memory(a);
    if (!root)
        return said;
    root = arena_printf(a, "%s/", root);
    for (; (at = strstr(said, root)); said = at + strlen(root))
        sink_write(&to, said, (size_t)(at - said));
    sink_str(&to, said);
    Str all = sink_text(&to);
    return arena_copy(a, all.p, all.n);
}

void watch_refuse(WatchFound *out, const Artwork *art, const char *said) {
    Arena *a = art->cli->arena;
    Note n = {.arena = a, .zh = art->cli->lang == LANG_ZH};
    n.sink = sink_memory(a);
    said = without_root(a, art, said);
    say(&n, "%s：没有查", "%s: not checked", shown(a, art->name));
    say(&n, "\n工作单写错了：\n%s\n", "\nIts job sheet is wrong:\n%s\n", said);
    say(&n, "下一步：改好工作单，把文件放回“待检”。",
        "Next: mend the job sheet and put the file into 待检.");
    out->end = WATCH_DONE;
    out->stage = HOT_UNREADABLE;
    out->line = arena_copy(a, said, strcspn(said, "\n"));
    out->note = text_of(&n);
}
