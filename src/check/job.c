#include "check/job_jobs.h"
#include "read/read.h"

#include <assert.h>
#include <string.h>
#include <time.h>

LayerId layer_add(Jobs *j, const char *zh, const char *en) {
    *ARENA_PUSH(j->arena, j->layers, j->layer_count, j->layer_capacity) = (Text){zh, en};
    assert(j->layer_count <= UINT8_MAX);
    return (LayerId)(j->layer_count - 1);
}

void note_add(Jobs *j, const char *zh, const char *en) {
    for (size_t i = 0; i < j->note_count; i++)
        if (streq(j->notes[i].zh, zh))
            return;
    *ARENA_PUSH(j->arena, j->notes, j->note_count, j->note_capacity) = (Text){zh, en};
}

bool day_read(int32_t *out, const char *written) {
    int part[3] = {0}, parts = 0, digits = 0;
    for (const char *p = written; *p && parts < 3; p++) {
        if (*p >= '0' && *p <= '9') {
            part[parts] = part[parts] * 10 + (*p - '0');
            digits++;
            bool full = (parts == 0 && digits == 4) || (parts > 0 && digits == 2);
            if (full || p[1] < '0' || p[1] > '9') {
                parts++;
                digits = 0;
            }
        } else if (!strchr("-/. ", *p)) {
            return false;
        }
    }
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = part[0] % 4 == 0 && (part[0] % 100 != 0 || part[0] % 400 == 0);
    if (parts != 3 || part[0] < 1000 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
        part[2] > days[part[1] - 1] + (part[1] == 2 && leap))
        return false;
    *out = part[0] * 10000 + part[1] * 100 + part[2];
    return true;
}

static int32_t today(void) {
    time_t now = time(NULL);
    struct tm t;
    if (!localtime_r(&now, &t))
        return UNKNOWN_INT;
    return (t.tm_year + 1900) * 10000 + (t.tm_mon + 1) * 100 + t.tm_mday;
}

static int32_t as_of_day(Jobs *j) {
    int32_t day = UNKNOWN_INT;
    if (!j->options->as_of)
        return today();
    if (!day_read(&day, j->options->as_of))
        errors_add(j->errors, (Where){.file = "--as-of"}, NULL, 1,
                   "日期要写成 2026-01-17，这里是“%s”。", "write the day as 2026-01-17, not \"%s\"",
                   text_printable(j->arena, j->options->as_of, strlen(j->options->as_of)));
    return day;
}

static void name_layers(Jobs *j) {
    const char *profile = j->data->profile;
    layer_add(j, NULL, NULL);
    layer_add(j, arena_printf(j->arena, "默认规则 %s", profile),
              arena_printf(j->arena, "profile %s", profile));
    layer_add(j, "纸张", "paper"); /* each variant has its own name for this one */
    assert(j->layer_count == LAYER_FIXED);
}

static const char *or_null(const char *s) {
    return s && *s ? s : NULL;
}

static void fill_head(Jobs *j) {
    const JobVariant *v = &j->variants[0];
    const FoundSheet *nearest = j->sheets.count ? &j->sheets.items[0] : NULL;
    for (size_t i = 0; i < j->sheets.count; i++)
        if (j->sheets.items[i].text.was_gbk)
            note_add(j,
                     arena_printf(j->arena, "工作单 %s 是 GBK 编码，已按 GBK 读取。",
                                  j->sheets.items[i].name),
                     arena_printf(j->arena, "job sheet %s is in GBK and was read as such.",
                                  j->sheets.items[i].name));
    bool staged = v->job.stage != STAGE_NONE && v->job.stage != STAGE_UNKNOWN;
    j->head = (JobHead){
        .present = nearest != NULL,
        .sheet_name = nearest ? nearest->name : NULL,
        .sheet_sha256 = nearest ? nearest->sha256 : NULL,
        .number = or_null(v->job.number),
        .client = or_null(v->job.client),
        .project = or_null(v->job.project),
        .item = or_null(v->job.item),
        .version =
            j->name.name_version > 0 ? arena_printf(j->arena, "v%d", j->name.name_version) : NULL,
        .stage = staged ? enum_name(enum_find("Stage"), v->job.stage, LANG_ZH) : NULL,
        .note_count = j->note_count,
        .notes = j->notes,
    };
}

Result jobs_load(Jobs **out, Arena *a, const RuleData *data, const char *path,
                 const JobOptions *options, Errors *errors) {
    Jobs *j = ARENA_NEW(a, Jobs);
    const char *slash = strrchr(path, '/');
    size_t before = errors->count;
    *j = (Jobs){.arena = a, .data = data, .options = options, .errors = errors};
    j->file = arena_strdup(a, slash ? slash + 1 : path);
    row_clear(entity_of(FACT_file), &j->name);
    file_name_facts(&j->name, a, j->file);
    row_clear(entity_of(FACT_paper), &j->no_paper);
    name_layers(j);
    sheets_find(&j->sheets, a, path, options->job_sheet, errors);
    jobs_lay_out(j);
    int32_t as_of = as_of_day(j);
    for (size_t i = 0; i < j->variant_count; i++) {
        variant_resolve(j, &j->variants[i]);
        j->variants[i].job.as_of = as_of;
        variant_limits(j, &j->variants[i]);
    }
    fill_head(j);
    *out = j;
    return errors->count == before ? OK : errors_result(errors, ERR_USAGE);
}

static const JobVariant *variant_of(const Jobs *j, int page) {
    for (size_t i = 0; i < j->range_count; i++)
        if (page >= j->ranges[i].first && page <= j->ranges[i].last)
            return &j->variants[j->ranges[i].variant];
    return &j->variants[0];
}

static const PageLimits *limits_of(const Jobs *j, int page) {
    return &variant_of(j, page)->limits[page > 0 && page % 2 == 0];
}

const Job *jobs_job(const Jobs *jobs, int page) {
    return &variant_of(jobs, page)->job;
}

const Limit *jobs_limit(const Jobs *jobs, int page) {
    return &limits_of(jobs, page)->row;
}

const Paper *jobs_paper(const Jobs *jobs, int page) {
    return variant_of(jobs, page)->paper;
}

Text jobs_limit_source(const Jobs *jobs, int page, const FieldDesc *limit_field) {
    return limits_of(jobs, page)->sources[limit_index(limit_field)];
}

const char *jobs_severity(const Jobs *jobs, const char *rule_id) {
    const Checks *c = &jobs->variants[0].sheet.checks;
    if (strs_has(c->off, rule_id))
        return "off";
    for (size_t i = 0; i < c->severity.count; i++)
        if (streq(c->severity.keys[i], rule_id))
            return c->severity.values[i];
    return profile_severity(jobs->data, rule_id);
}

size_t jobs_parts(const Jobs *jobs) {
    return jobs->variant_count;
}

const DeclaredInk *jobs_declared_inks(const Jobs *jobs, size_t *count) {
    *count = jobs->ink_count;
    return jobs->inks;
}

const JobHead *jobs_head(const Jobs *jobs) {
    return &jobs->head;
}

const Sheet *jobs_sheet(const Jobs *jobs) {
    return &jobs->variants[0].sheet;
}
