/* profiles/<name>.yaml: the limits of each printing process. */
#include "check/job_measure.h"
#include "check/rule_data.h"

#include <math.h>

/* {value, source}: the distance is put into one or more fields of the row. */
static void load_length(DataReader *r, Limit *row, const YamlNode *map, const char *key,
                        const char *const *fields, size_t count) {
    const YamlNode *n = yaml_find(map, key);
    double v;
    if (!n)
        return;
    if (!DATA_KEYS(r, n, "value", "source"))
        return;
    data_text(r, n, "source");
    if (!measure_read(&v, r->arena, data_text(r, n, "value"), DIM_LENGTH, BARE_REFUSED)) {
        data_error(r, n, "要写长度，带单位。", "a length with its unit is expected");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const FieldDesc *f = field_find(entity_of(FACT_limit), str_of(fields[i]));
        *(double *)((char *)row + f->offset) = v;
    }
}

static void load_area(ProcessRow *p, DataReader *r, const YamlNode *n, size_t i, size_t count) {
    AreaClass *c = &p->areas[i];
    if (!DATA_KEYS(r, n, "up_to", "limits"))
        return;
    bool last = i + 1 == count;
    c->up_to = INFINITY;
    if (!last &&
        !measure_read(&c->up_to, r->arena, data_text(r, n, "up_to"), DIM_AREA, BARE_REFUSED))
        data_error(r, n, "up_to 要写面积，例如 30m2。", "up_to takes an area, such as 30m2");
    if (i > 0 && !(c->up_to > p->areas[i - 1].up_to))
        data_error(r, n, "面积要从小到大。", "areas go from small to large");
    data_limits(r, &c->limits, n, true);
}

static void load_process(RuleData *d, DataReader *r, const YamlNode *key, const YamlNode *n) {
    static const char *const edges[] = {"bleed_top", "bleed_right", "bleed_bottom", "bleed_left"};
    static const char *const safe[] = {"safe"};
    int which = enum_value(enum_find("Process"), str_of(key->scalar));
    if (which < 0) {
        data_error(r, key, "没有这种印刷方式。", "there is no such process");
        return;
    }
    if (!DATA_KEYS(r, n, "bleed", "safe", "limits", "areas"))
        return;
    ProcessRow *p = &d->processes[which];
    data_limits(r, &p->limits, n, true);
    load_length(r, &p->limits, n, "bleed", edges, 4);
    load_length(r, &p->limits, n, "safe", safe, 1);
    const YamlNode *areas = yaml_find(n, "areas") ? data_list(r, n, "areas") : NULL;
    p->area_count = areas ? areas->count : 0;
    p->areas = ARENA_ARRAY(r->arena, AreaClass, p->area_count);
    for (size_t i = 0; i < p->area_count; i++)
        load_area(p, r, areas->items[i], i, p->area_count);
}

static void load_severity(RuleData *d, DataReader *r, const YamlNode *key, const YamlNode *n) {
    static const char *const words[] = {"error", "warning", "info", "off"};
    if (!DATA_KEYS(r, n, "value", "source"))
        return;
    data_text(r, n, "source");
    const char *word = data_text(r, n, "value");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (streq(words[i], word)) {
            Severities *s = &d->severities;
            *ARENA_PUSH(r->arena, s->rows, s->count, s->capacity) =
                (struct SeverityRow){key->scalar, words[i]};
            return;
        }
    data_error(r, n, "只能是 error、warning、info 或 off。", "it is error, warning, info or off");
}

void profile_load(RuleData *d, DataReader *r) {
    DATA_KEYS(r, r->root, "name", "title", "limits", "processes", "severity");
    d->profile = data_text(r, r->root, "name");
    d->profile_title = data_bilingual(r, r->root, "title");
    data_limits(r, &d->common, r->root, true);
    for (int i = 0; i < PROCESS_WORDS; i++)
        row_clear(entity_of(FACT_limit), &d->processes[i].limits);
    const YamlNode *processes = yaml_find(r->root, "processes"),
                   *severity = yaml_find(r->root, "severity");
    for (size_t i = 0; processes && processes->kind == YAML_MAP && i < processes->count; i++)
        load_process(d, r, processes->keys[i], processes->items[i]);
    for (size_t i = 0; severity && severity->kind == YAML_MAP && i < severity->count; i++)
        load_severity(d, r, severity->keys[i], severity->items[i]);
}

const char *profile_severity(const RuleData *d, const char *rule) {
    for (size_t i = 0; i < d->severities.count; i++)
        if (streq(d->severities.rows[i].rule, rule))
            return d->severities.rows[i].word;
    return NULL;
}
