/* Answers typed one after another: on a terminal, or as lines from a pipe. */
#include "check/job_sheet.h"
#include "cli/full/sign.h"
#include "report/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum Key { KEY_YES, KEY_NO, KEY_NA, KEY_SKIP, KEY_QUIT, KEY_OTHER } Key;

typedef struct Asking {
    Office *office;
    Desk *desk;
    Sink out;
    char *line; /* of getline */
    size_t size;
} Asking;

static Key key_of(Arena *a, const char *word) {
    static const struct {
        Key key;
        const char *words;
    } keys[] = {{KEY_YES, "y|yes|是|对|有|√|✓|1"},
                {KEY_NO, "n|no|否|不|不是|没有|x|×|0"},
                {KEY_NA, "-|na|n/a|不适用|无"},
                {KEY_SKIP, "s|skip|跳过|"},
                {KEY_QUIT, "q|quit|停|不答了"}};
    const char *key = name_key(a, word);
    if (!*key)
        return KEY_SKIP;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (name_in(a, keys[i].words, key))
            return keys[i].key;
    return KEY_OTHER;
}

static void show_findings(Asking *s, const Item *item) {
    const Report *r = s->desk->report;
    Arena *a = s->desk->arena;
    Lang lang = s->desk->cli->lang;
    for (size_t i = 0; i < item->finding_count; i++) {
        const Finding *f = &r->findings[item->findings[i]];
        const char *sign = f->waiver                         ? "○"
                           : f->outcome == OUTCOME_UNCHECKED ? "?"
                           : f->severity == SEVERITY_ERROR   ? "✗"
                                                             : "!";
        sink_format(&s->out, "   %s ", sign);
        if (f->page)
            sink_format(&s->out, lang == LANG_ZH ? "第 %d 页  " : "p. %d  ", f->page);
        sink_format(&s->out, "%s  [%s]\n", shown(a, text_in(f->message, lang)), f->rule);
    }
    for (size_t i = 0; i < item->reason_count; i++)
        sink_format(&s->out, "   ? %s\n", shown(a, text_in(item->reasons[i], lang)));
}

static void show_item(Asking *s, const Item *item) {
    const Desk *d = s->desk;
    Lang lang = d->cli->lang;
    bool zh = lang == LANG_ZH;
    const char *question = text_in(item->row->human_question, lang);
    sink_format(&s->out, zh ? "\n%s   机器：%s\n" : "\n%s   machine: %s\n", sign_row(d, item),
                text_in(machine_state_name(item->machine), lang));
    show_findings(s, item);
    if (!question || !*question)
        question = zh ? "人看过，没有问题？" : "Has a person looked, and is it all right?";
    sink_format(&s->out, "   %s  ", shown(d->arena, question));
}

static void show_short(Asking *s, const Item *item) {
    sink_format(&s->out, "%s  ", sign_row(s->desk, item));
}

/* One line; its first word is the answer, the rest a note. KEY_QUIT at the end of the input. */
static Key read_answer(Asking *s, const char **note) {
    Arena *a = s->desk->arena;
    sink_str(&s->out, s->desk->cli->lang == LANG_ZH ? "y/n/-/s > " : "y/n/-/s > ");
    sink_flush(&s->out);
    ssize_t n = getline(&s->line, &s->size, stdin);
    if (!isatty(STDIN_FILENO))
        sink_char(&s->out, '\n');
    if (n < 0)
        return KEY_QUIT;
    Str text = str_trim((Str){s->line, strcspn(s->line, "\n")});
    size_t word = 0;
    while (word < text.n && text.p[word] != ' ' && text.p[word] != '\t')
        word++;
    Str rest = str_trim((Str){text.p + word, text.n - word});
    *note = arena_copy(a, rest.p, rest.n);
    return key_of(a, arena_copy(a, text.p, word));
}

static void show_keys(Asking *s) {
    sink_str(&s->out,
             s->desk->cli->lang == LANG_ZH
                 ? "   y 是   n 否   - 不适用   s 跳过   q 停；后面可以写备注，如：n 第 3 页译错\n"
                 : "   y yes   n no   - not applicable   s skip   q stop; a note may follow: "
                   "n page 3 is wrong\n");
}

/* Asks until the answer is one. */
static Key ask(Asking *s, const char **note) {
    for (;;) {
        Key key = read_answer(s, note);
        if (key != KEY_OTHER)
            return key;
        show_keys(s);
    }
}

static HumanState state_of(Key key) {
    return key == KEY_YES ? HUMAN_YES : key == KEY_NO ? HUMAN_NO : HUMAN_NA;
}

static bool is_asked(const Item *item) {
    return item->human == HUMAN_PENDING || (item_is_open(item) && item->human == HUMAN_NONE);
}

/* Each answer is stored at once, so that whoever is called away loses none. */
static Result ask_rows(Asking *s, size_t *stored) {
    Desk *d = s->desk;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &d->report->items[i];
        const char *note = "";
        if (!is_asked(item))
            continue;
        show_item(s, item);
        Key key = ask(s, &note);
        if (key == KEY_QUIT)
            return OK;
        if (key == KEY_SKIP)
            continue;
        Given given = {i, {.state = state_of(key), .note = note}};
        TRY(sign_store(d, &given, 1, NULL));
        (*stored)++;
    }
    return OK;
}

static Asking begin(Office *o) {
    Asking s = {.office = o, .desk = &o->desk, .out = sink_fd(o->desk.arena, STDOUT_FILENO)};
    sink_format(&s.out, "%s   %s", shown(o->desk.arena, o->art.name),
                shown(o->desk.arena, o->desk.stamp.by));
    if (o->desk.stamp.role && *o->desk.stamp.role)
        sink_format(&s.out, " %s", shown(o->desk.arena, o->desk.stamp.role));
    sink_char(&s.out, '\n');
    show_keys(&s);
    sink_str(&s.out, o->desk.cli->lang == LANG_ZH
                         ? "   答一项记一项，随时可以停；再运行一次接着答，答过的直接回车\n"
                         : "   each answer is stored as it is given, so stop at any time; run it "
                           "again to go on, Enter passes over a row\n");
    return s;
}

static int end(Asking *s, Result r, const Given *list, size_t count, size_t stored) {
    sink_flush(&s->out);
    free(s->line);
    if (r.kind) {
        if (stored)
            cli_note(s->desk->cli, "前面答的已经记下：%zu 项",
                     "what was answered before is stored: %zu rows", stored);
        return cli_refused(s->desk->cli, r);
    }
    if (!stored)
        return cli_deny(s->desk->cli, "没有记下任何回答", "nothing was stored");
    return sign_tell(s->office, list, count);
}

int sign_ask(Office *o) {
    Asking s = begin(o);
    size_t stored = 0;
    Result r = ask_rows(&s, &stored);
    return end(&s, r, NULL, 0, stored);
}

/* Rows of the sheet that have boxes to tick. */
static bool is_on_sheet(const Item *item) {
    return item->row->human || item_is_open(item);
}

/* The photo of the sheet is stored with the first of its answers, or by itself when there is none.
 */
static Result type_in(Asking *s, Given *list, size_t *count, const RecordScan *scan) {
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &s->desk->report->items[i];
        const char *note = "";
        if (!is_on_sheet(item))
            continue;
        show_short(s, item);
        Key key = ask(s, &note);
        if (key == KEY_QUIT)
            break;
        if (key == KEY_SKIP)
            continue;
        list[*count] = (Given){i, {.state = state_of(key), .note = note}};
        TRY(sign_store(s->desk, &list[*count], 1, *count ? NULL : scan));
        ++*count;
    }
    return scan && !*count ? sign_store(s->desk, NULL, 0, scan) : OK;
}

int sign_from_sheet(Office *o) {
    const RecordScan *scan;
    Result r = sign_scan(&scan, &o->desk);
    if (r.kind)
        return cli_refused(o->desk.cli, r);
    Asking s = begin(o);
    Given *list = ARENA_ARRAY(o->desk.arena, Given, CHECKLIST_ITEMS);
    size_t count = 0;
    r = type_in(&s, list, &count, scan);
    return end(&s, r, list, count, count + (scan && !r.kind));
}
