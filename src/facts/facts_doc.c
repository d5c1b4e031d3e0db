#include "facts/facts.h"

static const char *const scope_names[] = {
    [SCOPE_DOCUMENT] = "一份文件 document",
    [SCOPE_PAGE] = "一页 page",
    [SCOPE_JOB] = "工作单 job",
    [SCOPE_RECORD] = "记录 record",
};
static const char *const file_names[] = {
    [FILES_ALL] = "",
    [FILES_PDF] = " 只在 PDF 里 in PDF only.",
    [FILES_PIXELS] = " 只在 TIFF、PNG、JPEG 里 in TIFF, PNG and JPEG only.",
};
static const char *const step_names[] = {
    [STEP_OPEN] = "open",
    [STEP_PAGE] = "page",
    [STEP_CLOSE] = "close",
};
static const char *const cost_names[] = {
    [COST_HEADER] = "header",
    [COST_CONTENT] = "content",
    [COST_PLATES] = "plates",
    [COST_PIXELS] = "pixels",
};

static const char intro[] =
    "# 事实 Facts\n\n"
    "这一页由 `src/facts/facts.def` 和 `enums.def` 生成，请不要手改。规则、事实清单（`chupin "
    "facts`）"
    "和规则测试都用这里的名称；中英文都可以写。\n\n"
    "Made from `src/facts/facts.def` and `enums.def`; do not edit. Rules, the facts dump and the "
    "tests in rules use these names, in English or in Chinese.\n\n"
    "- 单位 unit: 长度在 JSON 里是 pt。In JSON a length is in pt, a ratio of 100 % is 1.\n"
    "- 何时知道 when: `open` 打开文件时 before any page · `page` 读完该页 when its page is done · "
    "`close` 读完全部 after the last page.\n"
    "- 代价 cost: 要读到哪一步 what has to be read: `header`, `content`, `plates`, `pixels`.\n"
    "- 不知道的写 `null` / `unknown`；没有是一个值（`none`、`\"\"`、0）。Unknown is never the same "
    "as absent.\n";

static void write_cell(Sink *s, const char *text) {
    for (; *text; text++) {
        if (*text == '|')
            sink_char(s, '\\');
        sink_char(s, *text);
    }
}

static void write_unit(Sink *s, Dimension d) {
    const Unit *unit = unit_shown(d);
    if (unit)
        sink_format(s, ", %s", unit->suffix);
}

static void write_type(Sink *s, const FieldDesc *f) {
    switch (f->type) {
    case T_BOOL:
        sink_str(s, "是/否 yes/no");
        break;
    case T_INT:
        sink_str(s, "整数 integer");
        break;
    case T_NUM:
    case T_NUM32:
        sink_str(s, "数 number");
        break;
    case T_STR:
        sink_str(s, "文字 text");
        break;
    case T_STRS:
        sink_str(s, "文字列表 texts");
        break;
    case T_BOX:
    case T_BOX32:
        sink_str(s, "矩形 box");
        break;
    case T_ENUM:
        sink_format(s, "[%s](#%s)", f->domain->name, f->domain->name);
        return;
    case T_REF:
        sink_format(s, "→ [%s](#%s)", entity_of((FactKind)f->target)->name,
                    entity_of((FactKind)f->target)->name);
        return;
    }
    write_unit(s, f->dimension);
}

static void write_entity(Sink *s, const EntityDesc *e) {
    sink_format(s, "\n<a id=\"%s\"></a>\n\n## %s %s\n\n%s. ", e->name, e->name, e->zh, e->doc);
    sink_format(s, "范围 scope: %s.%s\n\n", scope_names[e->scope], file_names[e->files]);
    sink_str(s, "| 名称 name | 中文 | 类型 type | 何时 when | 代价 cost | 含义 meaning |\n"
                "|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < e->count; i++) {
        const FieldDesc *f = &e->fields[i];
        sink_format(s, "| `%s` | %s | ", f->name, f->zh);
        write_type(s, f);
        sink_format(s, " | %s | %s | ", step_names[f->when], cost_names[f->cost]);
        write_cell(s, f->doc);
        sink_str(s, " |\n");
    }
}

static void write_words(Sink *s, const EnumDesc *d) {
    sink_format(s, "\n<a id=\"%s\"></a>\n\n### %s\n\n", d->name, d->name);
    for (size_t i = 1; i < d->count; i++)
        sink_format(s, "%s`%s` %s", i > 1 ? " · " : "", d->words[i], d->zh[i]);
    sink_char(s, '\n');
}

void facts_markdown(Sink *s) {
    sink_str(s, intro);
    for (int kind = 0; kind < FACT_COUNT; kind++)
        write_entity(s, entity_of((FactKind)kind));
    sink_str(s, "\n## 词 Words\n");
    for (size_t i = 0; i < enum_count(); i++)
        write_words(s, enum_at(i));
}
