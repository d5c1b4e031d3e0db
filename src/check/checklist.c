/* checklist.yaml: the 15 rows. */
#include "check/job_measure.h"
#include "check/rule_data.h"

static void load_unproven(ChecklistItem *row, DataReader *r, const YamlNode *n) {
    const YamlNode *list = yaml_find(n, "unproven") ? data_list(r, n, "unproven") : NULL;
    size_t count = list ? list->count : 0;
    Text *lines = ARENA_ARRAY(r->arena, Text, count);
    const char **settled_by = ARENA_ARRAY(r->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const YamlNode *line = list->items[i];
        lines[i] = (Text){data_text(r, line, "zh"), data_text(r, line, "en")};
        settled_by[i] = yaml_find(line, "settled_by") ? data_text(r, line, "settled_by") : NULL;
    }
    row->unproven = lines;
    row->settled_by = settled_by;
    row->unproven_count = list ? list->count : 0;
}

static void load_row(RuleData *d, DataReader *r, const YamlNode *n, int expected) {
    int32_t number = -1;
    if (!DATA_KEYS(r, n, "number", "title", "question", "unproven"))
        return;
    if (!count_read(&number, r->arena, data_text(r, n, "number")) || number != expected) {
        data_error(r, n, arena_printf(r->arena, "这一行的 number 应当是 %d。", expected),
                   arena_printf(r->arena, "this row's number is to be %d", expected));
        return;
    }
    ChecklistItem *row = &d->checklist[number];
    row->number = number;
    row->title = data_bilingual(r, n, "title");
    row->human = yaml_find(n, "question") != NULL;
    if (row->human)
        row->human_question = data_bilingual(r, n, "question");
    load_unproven(row, r, n);
}

void checklist_load(RuleData *d, DataReader *r) {
    DATA_KEYS(r, r->root, "items");
    const YamlNode *list = data_list(r, r->root, "items");
    if (list && list->count != CHECKLIST_ITEMS)
        data_error(r, list, "清单要有 15 行：0 到 14。", "the list has 15 rows, 0 to 14");
    for (size_t i = 0; list && i < list->count && i < CHECKLIST_ITEMS; i++)
        load_row(d, r, list->items[i], (int)i);
}
