/* The man page of the job sheet, chupin.yaml(5), from the table of its keys. */
#include "check/job_sheet.h"
#include "cli/cli.h"

static const char *say(Lang lang, const char *zh, const char *en) {
    return lang == LANG_ZH ? zh : en;
}

static Text form_text(KeyForm form) {
    switch (form) {
    case FORM_SCHEMA:
        return (Text){"chupin.job/1", "chupin.job/1"};
    case FORM_TEXT:
        return (Text){"一行文字", "a line of text"};
    case FORM_PROSE:
        return (Text){"文字，可以几行", "text, also of several lines"};
    case FORM_LENGTH:
        return (Text){"长度，如 3mm", "a length, such as 3mm"};
    case FORM_SCALE:
        return (Text){"比例，如 1:10", "a scale, such as 1:10"};
    case FORM_BYTES:
        return (Text){"文件大小，如 20MB", "a file size, such as 20MB"};
    case FORM_COUNT:
        return (Text){"个数", "a number"};
    case FORM_YES:
        return (Text){"是 或 否", "yes or no"};
    case FORM_SIZE:
        return (Text){"尺寸，如 210x285 mm、A4、大16开", "a size, such as 210x285 mm or A4"};
    case FORM_EDGES:
        return (Text){"长度，或每边一个：{all: 3mm, spine: 0mm}",
                      "a length, or one an edge: {all: 3mm, spine: 0mm}"};
    case FORM_PAPER:
        return (Text){"纸张，或封面和内页各一种：{cover: …, inner: …}",
                      "a paper, or one for cover and inner pages: {cover: …, inner: …}"};
    case FORM_PAGES:
        return (Text){"页数，或展开写：", "a page count, or in detail:"};
    case FORM_LIMIT:
        return (Text){"一个限值，如 300%", "a limit, such as 300%"};
    case FORM_LIMITS:
        return (Text){"限值，名字和规则里 limit.* 一样：{line_min: 0.2mm}",
                      "limits, named as limit.* in rules: {line_min: 0.2mm}"};
    case FORM_TEXTS:
        return (Text){"一段文字，或几段：[…, …]", "a text, or several: […, …]"};
    case FORM_PAIRS:
        return (Text){"成对的文字：{甲: 乙}", "pairs of texts: {a: b}"};
    case FORM_SEVERITIES:
        return (Text){"规则名和轻重：{rule-id: warning}",
                      "rules and severities: {rule-id: warning}"};
    case FORM_ENTRIES:
        return (Text){"几项，每项写一个匹配，再写和工作单一样的键",
                      "several, each with what it is for and any key of the sheet"};
    case FORM_WORD:
        return (Text){"下面的一个词", "one of these words"};
    case FORM_MAP:
        return (Text){"展开写：", "in detail:"};
    case FORM_LIST:
        return (Text){"几项，每项：", "several, each with:"};
    }
    return (Text){"", ""};
}

/* "A|B" as people read it. */
static void aliases(Sink *to, Lang lang, const char *written) {
    for (const char *p = written; *p; p++)
        if (*p == '|')
            sink_str(to, say(lang, "、", ", "));
        else
            sink_char(to, *p);
}

static void words(Sink *to, Lang lang, const EnumDesc *e) {
    for (size_t i = 1; e && i < e->count; i++) {
        sink_str(to, i == 1 ? say(lang, "：", ": ") : say(lang, "、", ", "));
        help_roff(to, e->words[i]);
        if (!streq(e->words[i], e->zh[i]))
            sink_format(to, say(lang, "（%s）", " (%s)"), e->zh[i]);
    }
}

static const MapDesc *inner_map(const KeyDesc *k) {
    if (k->form == FORM_PAGES)
        return map_of(MAP_PAGES);
    return k->form == FORM_MAP || k->form == FORM_LIST ? map_of((MapId)k->target) : NULL;
}

static void key(Sink *to, Lang lang, const KeyDesc *k) {
    sink_str(to, ".TP\n.B ");
    help_roff(to, k->name);
    sink_str(to, "\n");
    aliases(to, lang, k->aliases);
    sink_str(to, say(lang, "。", ". "));
    help_roff(to, text_in(form_text(k->form), lang));
    if (k->form == FORM_WORD)
        words(to, lang, enum_find(k->domain));
    sink_char(to, '\n');
}

static void keys(Sink *to, Lang lang, const MapDesc *map) {
    for (size_t i = 0; i < map->count; i++) {
        const MapDesc *inner = inner_map(&map->keys[i]);
        key(to, lang, &map->keys[i]);
        if (!inner)
            continue;
        sink_str(to, ".RS\n");
        for (size_t k = 0; k < inner->count; k++)
            key(to, lang, &inner->keys[k]);
        sink_str(to, ".RE\n");
    }
}

static const Text about = {
    "工作单说一件活做什么、多大、用什么纸、谁负责；检查时稿件和它对。键可以写英文，也可以写中文，"
    "全角、半角都行。\n"
    "找的顺序：稿件旁边的“文件名.chupin.yaml”，同一文件夹的 chupin.yaml，再往上一级级找；"
    "上面的会被继承，近的为准，root: 是 到此为止。\n"
    "不认识的键是错误，会说第几行、应该是什么。chupin init 写一张带说明的，chupin job lint 校对。",
    "A job sheet says what is to be made, how large, on which paper and who is in charge; artwork "
    "is "
    "compared with it. Keys are English or Chinese.\n"
    "Looked up in this order: <file>.chupin.yaml beside the artwork, chupin.yaml in its folder, "
    "then "
    "further up; those are inherited, the nearest wins, root: yes stops.\n"
    "An unknown key is an error that names the line. chupin init writes a commented sheet, chupin "
    "job "
    "lint checks one."};

void help_man_sheet(Sink *to, Lang lang) {
    sink_format(to, ".TH CHUPIN\\-YAML 5 \"\" \"chupin %s\"\n.ad l\n", CHUPIN_VERSION);
    sink_format(to, ".SH %s\nchupin\\-yaml \\- %s\n", say(lang, "名称", "NAME"),
                say(lang, "工作单 chupin.yaml", "the job sheet chupin.yaml"));
    sink_format(to, ".SH %s\n", say(lang, "说明", "DESCRIPTION"));
    help_roff(to, text_in(about, lang));
    sink_format(to, "\n.SH %s\n", say(lang, "键", "KEYS"));
    keys(to, lang, map_of(MAP_SHEET));
    sink_format(to, ".SH %s\n.BR chupin (1),\n.BR chupin\\-rules (7)\n",
                say(lang, "另见", "SEE ALSO"));
}
