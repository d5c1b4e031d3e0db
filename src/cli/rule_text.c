#include "cli/rule_text.h"

#include <string.h>

int rules_open(const Cli *cli, RuleSet *out, const char *dir) {
    Errors errors = {.arena = cli->arena};
    Result r = OK;
    if (!dir)
        r = locate_rules(&dir, cli);
    if (!r.kind)
        r = rules_load(out, cli->arena, dir, &errors);
    if (errors.count)
        return cli_errors(cli, &errors);
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}

const Rule *rule_named(const Cli *cli, const RuleSet *set, const char *id) {
    const Rule *r = rules_find(set, id);
    if (r)
        return r;
    const char *near = rules_nearest(set, id), *shown = text_printable(cli->arena, id, strlen(id));
    if (near)
        cli_refuse(cli, "没有“%s”这条规则；是不是 %s？", "there is no rule “%s”; did you mean %s?",
                   shown, near);
    else
        cli_refuse(cli, "没有“%s”这条规则；chupin rules list 看全部规则",
                   "there is no rule “%s”; chupin rules list shows them all", shown);
    return NULL;
}

static void cell(Sink *to, const char *text, int columns) {
    sink_str(to, text);
    int gap = columns - text_width(text, strlen(text));
    sink_pad(to, gap > 0 ? gap : 0);
    sink_str(to, "  ");
}

static const char *step_word(Step s, Lang lang) {
    switch (s) {
    case STEP_OPEN:
        return lang == LANG_ZH ? "打开时" : "open";
    case STEP_PAGE:
        return lang == LANG_ZH ? "逐页" : "page";
    case STEP_CLOSE:
        return lang == LANG_ZH ? "最后" : "close";
    }
    return "";
}

/* What has to be read for the rule. */
static const char *cost_word(Cost c, Lang lang) {
    switch (c) {
    case COST_HEADER:
        return lang == LANG_ZH ? "文件头" : "header";
    case COST_CONTENT:
        return lang == LANG_ZH ? "内容" : "content";
    case COST_PLATES:
        return lang == LANG_ZH ? "网点版" : "plates";
    case COST_PIXELS:
        return lang == LANG_ZH ? "像素" : "pixels";
    }
    return "";
}

/* "7", "2,9,12" for all of them, "14|4" where the job decides. */
static const char *items_text(Arena *a, const Rule *r, const char *between) {
    Sink out = sink_memory(a);
    for (size_t i = 0; i < r->item_count; i++)
        sink_format(&out, "%s%d", i ? between : "", r->items[i].number);
    Str s = sink_text(&out);
    return arena_copy(a, s.p, s.n);
}

void rule_list(Sink *to, const Cli *cli, const RuleSet *set) {
    enum { ITEM = 6, SEVERITY = 7, READS = 12, STEP = 6, COST = 7 };
    bool zh = cli->lang == LANG_ZH;
    int longest = 0;
    for (size_t i = 0; i < set->count; i++)
        if (text_width(set->items[i].id, strlen(set->items[i].id)) > longest)
            longest = text_width(set->items[i].id, strlen(set->items[i].id));
    cell(to, zh ? "规则" : "rule", longest);
    cell(to, zh ? "项" : "item", ITEM);
    cell(to, zh ? "级别" : "level", SEVERITY);
    cell(to, zh ? "查哪一稿" : "reads", READS);
    cell(to, zh ? "何时" : "when", STEP);
    cell(to, zh ? "要读" : "cost", COST);
    sink_str(to, zh ? "标题\n" : "title\n");
    for (size_t i = 0; i < set->count; i++) {
        const Rule *r = &set->items[i];
        cell(to, r->id, longest);
        cell(to, items_text(cli->arena, r, r->items[0].when ? "|" : ","), ITEM);
        cell(to, text_in(severity_name(r->severity), cli->lang), SEVERITY);
        cell(to,
             r->reads == READS_LIVE ? (zh ? "未转曲稿" : "live text") : (zh ? "正稿" : "artwork"),
             READS);
        cell(to, step_word(r->step, cli->lang), STEP);
        cell(to, cost_word(r->cost, cli->lang), COST);
        sink_format(to, "%s\n", text_in(r->title, cli->lang));
    }
}

/* Texts of a rule have {…} where a measured value comes; here there is none, so an ellipsis stands
 * for it. */
static char *without_values(Arena *a, const char *text) {
    Sink out = sink_memory(a);
    for (const char *p = text; *p; p++) {
        const char *close = *p == '{' ? strchr(p, '}') : NULL;
        if (close) {
            sink_str(&out, "…");
            p = close;
        } else {
            sink_char(&out, *p);
        }
    }
    Str s = sink_text(&out);
    return arena_copy(a, s.p, s.n);
}

static const char *in_file(const Cli *cli, const YamlNode *rule, const char *key) {
    const YamlNode *node = yaml_find(rule, key);
    if (node && node->kind == YAML_MAP)
        node = yaml_find(node, cli->lang == LANG_ZH ? "zh" : "en");
    return node && node->kind == YAML_SCALAR ? node->scalar : NULL;
}

static void part(Sink *to, const Cli *cli, const char *zh, const char *en, const char *text) {
    if (!text || !*text)
        return;
    sink_format(to, "\n%s\n", cli->lang == LANG_ZH ? zh : en);
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        if (n)
            sink_format(to, "  %.*s\n", (int)n, p);
        p += n + (p[n] == '\n');
    }
}

void rule_explain(Sink *to, const Cli *cli, const Rule *r) {
    Arena *a = cli->arena;
    Errors errors = {.arena = a};
    bool zh = cli->lang == LANG_ZH;
    const YamlNode *file = yaml_parse(a, &r->text, &errors);
    sink_format(to, "%s  %s\n", r->id, text_in(r->title, cli->lang));
    sink_format(to, zh ? "第 %s 项   级别 %s   谁改 %s\n" : "item %s   level %s   mended by %s\n",
                items_text(a, r, r->items[0].when ? (zh ? " 或 " : " or ") : (zh ? "、" : ", ")),
                text_in(severity_name(r->severity), cli->lang),
                text_in(who_name(r->who), cli->lang));
    if (r->nowaive)
        sink_str(to, zh ? "要放过得两个人担保：第二个人照样再写一次 chupin waive\n"
                        : "waived by two people only: a second one says the same chupin waive\n");
    const char *message = in_file(cli, file, "message"), *fix = in_file(cli, file, "fix");
    part(to, cli, "报告里怎么说", "What the report says",
         message ? without_values(a, message) : NULL);
    part(to, cli, "为什么", "Why", text_in(r->why, cli->lang));
    part(to, cli, "怎么改", "How to mend it", fix ? without_values(a, fix) : NULL);
    part(to, cli, "怎么判（规则原文）", "How it is judged (as in the rule)",
         in_file(cli, file, "require"));
    part(to, cli, "稍宽的一档，只算提醒", "A stricter wish, only a warning",
         in_file(cli, file, "warn"));
    part(to, cli, "依据", "Source", r->source);
    part(to, cli, "规则文件", "File", r->text.file);
}
