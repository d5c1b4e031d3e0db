/* `chupin doctor`: one line a thing that chupin stands on, and what to do where it is not well. */
#include "base/json.h"
#include "cli/full/doctor.h"
#include "cli/inputs.h"

#include <string.h>
#include <unistd.h>

typedef struct Row {
    const char *id;
    Text title;
    Seen (*look)(Patient *p);
} Row;

static const Row rows[] = {
#define LOOK_AT(id, zh, en) {#id, {zh, en}, doctor_##id},
#include "cli/full/doctor.def"
#undef LOOK_AT
};
enum { ROWS = sizeof rows / sizeof *rows };

static const char *const health_words[HEALTHS] = {"ok", "look", "broken"};

Text doctor_text(Patient *p, const char *zh, const char *en, ...) {
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    Text t = {arena_vprintf(p->arena, zh, args), arena_vprintf(p->arena, en, again)};
    va_end(again);
    va_end(args);
    return t;
}

Seen doctor_trouble(Patient *p, Health health, const Result *r, Text todo) {
    const char *file = r->at.file ? text_printable(p->arena, r->at.file, strlen(r->at.file)) : "";
    const char *gap = *file ? ": " : "";
    return (Seen){.health = health,
                  .what = {arena_printf(p->arena, "%s%s%s", file, gap, r->text.zh),
                           arena_printf(p->arena, "%s%s%s", file, gap, r->text.en)},
                  .todo = todo};
}

Seen doctor_errors(Patient *p, const Errors *errors, Text todo) {
    const Error *first = &errors->items[0];
    const char *file = first->at.file ? first->at.file : "";
    const char *shown = text_printable(p->arena, file, strlen(file));
    return (Seen){.health = HEALTH_BROKEN,
                  .what = {arena_printf(p->arena, "写错了 %zu 处，第一处：%s:%d: %s", errors->count,
                                        shown, first->at.line, first->text.zh),
                           arena_printf(p->arena, "%zu mistakes, the first one: %s:%d: %s",
                                        errors->count, shown, first->at.line, first->text.en)},
                  .todo = todo};
}

static void as_text(const Cli *cli, const Seen *seen, Sink *to) {
    enum { TITLE = 14, INDENT = 4 };
    static const char *const signs[HEALTHS] = {"✓", "!", "✗"};
    bool zh = cli->lang == LANG_ZH;
    int count[HEALTHS] = {0};
    for (size_t i = 0; i < ROWS; i++) {
        const char *title = text_in(rows[i].title, cli->lang);
        count[seen[i].health]++;
        sink_format(to, " %s %s", signs[seen[i].health], title);
        sink_pad(to, TITLE - text_width(title, strlen(title)));
        sink_format(to, "%s\n", text_in(seen[i].what, cli->lang));
        if (!seen[i].todo.zh)
            continue;
        sink_pad(to, INDENT + TITLE - 1);
        sink_format(to, "%s%s\n",
                    zh ? "怎么办：" : "what to do: ", text_in(seen[i].todo, cli->lang));
    }
    sink_format(to,
                zh ? "\n好 %d   留意 %d   坏了 %d\n" : "\ngood %d   have a look %d   broken %d\n",
                count[HEALTH_OK], count[HEALTH_LOOK], count[HEALTH_BROKEN]);
}

static void as_json(const Seen *seen, Health worst, Sink *to) {
    Json j = json_to(to, 2);
    json_open(&j, '{');
    json_key(&j, "schema"), json_str(&j, "chupin.doctor/1");
    json_key(&j, "version"), json_str(&j, CHUPIN_VERSION);
    json_key(&j, "state"), json_str(&j, health_words[worst]);
    json_key(&j, "checks"), json_open(&j, '[');
    for (size_t i = 0; i < ROWS; i++) {
        json_open(&j, '{');
        json_key(&j, "id"), json_str(&j, rows[i].id);
        json_key(&j, "state"), json_str(&j, health_words[seen[i].health]);
        json_key(&j, "title"), json_text(&j, rows[i].title);
        json_key(&j, "what"), json_text(&j, seen[i].what);
        json_key(&j, "todo");
        if (seen[i].todo.zh)
            json_text(&j, seen[i].todo);
        else
            json_none(&j);
        json_close(&j);
    }
    json_close(&j);
    json_close(&j);
    sink_char(to, '\n');
}

int cmd_doctor(const Cli *cli) {
    const Words *words = &cli->args->operands;
    if (words->count > 1)
        return cli_refuse(cli, "一次只看一个文件夹", "name one folder");
    Patient p = {.cli = cli, .arena = cli->arena, .folder = words->count ? words->items[0] : "."};
    Result r = input_options(&p.options, cli);
    if (r.kind)
        return cli_fail(cli, r);
    Seen seen[ROWS];
    Health worst = HEALTH_OK;
    for (size_t i = 0; i < ROWS; i++) {
        seen[i] = rows[i].look(&p);
        worst = seen[i].health > worst ? seen[i].health : worst;
    }
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    if (streq(args_value(cli->args, OPTION_LISTING), "json"))
        as_json(seen, worst, &out);
    else
        as_text(cli, seen, &out);
    if (p.has_rules)
        rulebook_close(&p.book);
    r = sink_close(&out, cli->arena);
    return r.kind ? cli_fail(cli, r) : worst == HEALTH_BROKEN ? EXIT_FOUND : EXIT_OK;
}
