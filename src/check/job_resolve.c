/* From a sheet's values to a Job: names looked up, defaults filled in, units at full size. */
#include "check/job_jobs.h"

#include <math.h>
#include <string.h>

static const char *or_empty(const char *s) {
    return s ? s : "";
}

static void sheet_fault(Jobs *j, const SheetSize *s, const char *zh, const char *en) {
    for (size_t i = 0; i < j->errors->count; i++) { /* parts share the size of their sheet */
        const Where *at = &j->errors->items[i].at;
        if (at->line == s->node->at.line && at->column == s->node->at.column &&
            streq(at->file, s->node->at.file))
            return;
    }
    yaml_error(j->errors, s->text, s->node, zh, en);
}

static const Material *material_find(Jobs *j, const Sheet *s, const char *name) {
    const Material *m = s->materials.items;
    const char *key = name_key(j->arena, name);
    for (size_t i = 0; i < s->materials.count; i++)
        if (m[i].name && !isnan(m[i].size.w) && streq(name_key(j->arena, m[i].name), key))
            return &m[i];
    return NULL;
}

/* A size given by the name of a material brings what is known of that material. */
static void take_material(JobVariant *v, const Material *m) {
    Sheet *s = &v->sheet;
    if (isnan(s->scale))
        s->scale = m->scale;
    if (!s->process)
        s->process = m->process;
    for (int i = 0; i < SIDES; i++)
        if (isnan(s->bleed.side[i])) {
            s->bleed.side[i] = m->bleed.side[i];
            s->bleed.layer[i] = m->bleed.layer[i];
        }
}

static void size_by_name(Jobs *j, JobVariant *v) {
    const SheetSize *s = &v->sheet.size;
    const Material *m = material_find(j, &v->sheet, s->name);
    const char *near;
    v->job.size_name = s->name;
    if (m) {
        v->job.size_w = m->size.w;
        v->job.size_h = m->size.h;
        take_material(v, m);
        return;
    }
    const SizeRow *row = size_find(j->data, j->arena, s->name, &near);
    if (row) {
        v->job.size_w = row->w;
        v->job.size_h = row->h;
        return;
    }
    Arena *a = j->arena;
    const char *shown = text_printable(a, s->name, strlen(s->name));
    sheet_fault(
        j, s,
        near ? arena_printf(a, "不认识尺寸“%s”，是不是“%s”？也可以写 210x285 mm。", shown, near)
             : arena_printf(a, "不认识尺寸“%s”，请写成 210x285 mm，或尺寸表里的名称。", shown),
        near ? arena_printf(a, "unknown size \"%s\"; did you mean \"%s\"? or write 210x285 mm",
                            shown, near)
             : arena_printf(a, "unknown size \"%s\"; write 210x285 mm, or a name of the size table",
                            shown));
}

static void resolve_size(Jobs *j, JobVariant *v) {
    const SheetSize *s = &v->sheet.size;
    v->job.size_name = "";
    if (!isnan(s->w)) {
        v->job.size_w = s->w;
        v->job.size_h = s->h;
    } else if (s->name) {
        size_by_name(j, v);
    } else if (j->name.name_width > 0 && j->name.name_height > 0) {
        v->job.size_w = j->name.name_width;
        v->job.size_h = j->name.name_height;
        note_add(j, "工作单没写成品尺寸，按文件名里的尺寸检查。",
                 "no size in a job sheet; the size in the file name is used");
    }
    v->job.area = v->job.size_w * v->job.size_h;
}

static void resolve_pages(JobVariant *v) {
    const Pages *p = &v->sheet.pages;
    Job *job = &v->job;
    job->page_count = p->count;
    job->multiple_of = p->multiple_of == UNKNOWN_INT ? 0 : p->multiple_of;
    job->cover_pages = p->cover == UNKNOWN_INT ? 0 : p->cover;
    job->first_number = p->first_number == UNKNOWN_INT ? 1 : p->first_number;
    job->binding = p->binding ? p->binding : BINDING_NONE;
}

static void resolve_words(Jobs *j, JobVariant *v) {
    const Sheet *s = &v->sheet;
    Job *job = &v->job;
    job->stage = s->stage ? s->stage : STAGE_NONE;
    bool draft = job->stage == STAGE_DESIGN || job->stage == STAGE_CONFIRMED;
    job->text = s->text ? s->text : draft ? TEXT_LIVE : TEXT_OUTLINED;
    job->process = s->process ? s->process : PROCESS_OFFSET;
    job->spreads = s->spreads == 1;
    job->scale = isnan(s->scale) ? 1 : s->scale;
    job->intent = or_empty(s->color.intent);
    job->transparency = s->deliver.transparency ? s->deliver.transparency : TRANSPARENCY_ALLOWED;
    job->deliver_format = s->deliver.format ? s->deliver.format : FORMAT_NONE;
    job->deliver_max_bytes = isnan(s->deliver.max_bytes) ? 0 : s->deliver.max_bytes;
    job->number = or_empty(s->job);
    job->client = or_empty(s->client);
    job->project = or_empty(s->project);
    job->item = or_empty(s->item);
    job->sheet = j->sheets.count > 0;
    job->deep = s->checks.deep == 1 || j->options->deep;
}

static const char *written_paper(const Sheet *s) {
    return s->paper.all;
}

static void resolve_paper(Jobs *j, JobVariant *v) {
    const char *written = written_paper(&v->sheet), *near;
    v->job.paper = or_empty(written);
    v->paper = &j->no_paper;
    v->paper_row = NULL;
    if (!written || !*written)
        return;
    v->paper_row = paper_find(j->data, j->arena, written, &near);
    if (v->paper_row) {
        v->paper = &v->paper_row->row;
        return;
    }
    Arena *a = j->arena;
    const char *shown = text_printable(a, written, strlen(written));
    note_add(
        j,
        near ? arena_printf(a, "纸张表里没有“%s”，是不是“%s”？墨量上限因此不知道。", shown, near)
             : arena_printf(a, "纸张表里没有“%s”，墨量上限因此不知道。", shown),
        near ? arena_printf(a, "no paper \"%s\"; did you mean \"%s\"? Its ink limits are unknown.",
                            shown, near)
             : arena_printf(a, "no paper \"%s\"; its ink limits are unknown.", shown));
}

static uint8_t finish_role(Jobs *j, const char *type) {
    for (size_t i = 0; type && i < j->data->ink_count; i++) {
        const InkName *row = &j->data->inks[i];
        if (row->role && row->role != ROLE_SPOT && ink_name_fits(j->arena, row, type))
            return row->role;
    }
    return ROLE_FINISH;
}

static void declare_ink(Jobs *j, const char *name, uint8_t role) {
    for (size_t i = 0; i < j->ink_count; i++)
        if (streq(j->inks[i].name, name))
            return;
    DeclaredInk *ink = ARENA_PUSH(j->arena, j->inks, j->ink_count, j->ink_capacity);
    row_clear(entity_of(FACT_declared_ink), ink);
    ink->row = (uint32_t)(j->ink_count - 1);
    ink->name = name;
    ink->role = role;
}

/* In a sheet that is there, no spots and no finishes means none; without one, nothing is known. */
static void resolve_inks(Jobs *j, JobVariant *v) {
    const Strs *spots = v->sheet.color.spots;
    const Finish *finishes = v->sheet.finishes.items;
    size_t finish_count = v->sheet.finishes.count, count = 0;
    v->job.finishes = (int32_t)finish_count;
    if (!j->sheets.count && !spots)
        return;
    if (!spots)
        spots = strs_of(j->arena, NULL, 0);
    const char **names = ARENA_ARRAY(j->arena, const char *, spots->count + finish_count);
    for (size_t i = 0; i < spots->count; i++) {
        names[count++] = spots->items[i];
        declare_ink(j, spots->items[i], ROLE_SPOT);
    }
    for (size_t i = 0; i < finish_count; i++)
        if (finishes[i].spot && *finishes[i].spot) {
            names[count++] = finishes[i].spot;
            declare_ink(j, finishes[i].spot, finish_role(j, finishes[i].type));
        }
    v->job.spots = spots;
    v->job.inks = strs_of(j->arena, names, count);
}

void variant_resolve(Jobs *j, JobVariant *v) {
    row_clear(entity_of(FACT_job), &v->job);
    resolve_size(j, v);
    resolve_pages(v);
    resolve_words(j, v);
    resolve_paper(j, v);
    resolve_inks(j, v);
}
