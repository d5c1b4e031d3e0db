/* The limits of a page: profile < paper < sheets < item < part < command line, then the scale of
 * the file. */
#include "check/job_jobs.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const size_t bleed_fields[4] = {offsetof(Limit, bleed_top), offsetof(Limit, bleed_right),
                                       offsetof(Limit, bleed_bottom), offsetof(Limit, bleed_left)};
static const size_t size_fields[] = {
    offsetof(Limit, size_error),    offsetof(Limit, size_warn),      offsetof(Limit, compare_ppi),
    offsetof(Limit, compare_edge),  offsetof(Limit, compare_shift),  offsetof(Limit, compare_size),
    offsetof(Limit, compare_speck), offsetof(Limit, bleed_tolerance)};

static size_t index_at(size_t offset) {
    const EntityDesc *e = entity_of(FACT_limit);
    size_t i = 0;
    while (i < e->count && e->fields[i].offset != offset)
        i++;
    return i;
}

static void put(Limit *row, LayerId *layers, size_t offset, double value, LayerId layer) {
    *(double *)((char *)row + offset) = value;
    layers[index_at(offset)] = layer;
}

static void profile_limits(const Jobs *j, const JobVariant *v, Limit *row, LayerId *layers) {
    const RuleData *d = j->data;
    const ProcessRow *p = &d->processes[v->job.process];
    limits_over(row, &d->common, layers, LAYER_PROFILE);
    limits_over(row, &p->limits, layers, LAYER_PROFILE);
    for (size_t i = 0; i < p->area_count; i++)
        if (v->job.area <= p->areas[i].up_to) { /* false while the area is not known */
            limits_over(row, &p->areas[i].limits, layers, LAYER_PROFILE);
            return;
        }
}

static void paper_limits(const Jobs *j, const JobVariant *v, Limit *row, LayerId *layers) {
    if (v->paper_row)
        limits_over(row, &j->data->paper_limits[v->paper->class], layers, LAYER_PAPER);
}

/* Right-hand pages have odd numbers and the spine at their left. */
static int side_of(int side, bool odd) {
    if (side == SIDE_SPINE)
        return odd ? SIDE_LEFT : SIDE_RIGHT;
    if (side == SIDE_OUTER)
        return odd ? SIDE_RIGHT : SIDE_LEFT;
    return side;
}

static void sheet_limits(const JobVariant *v, bool odd, Limit *row, LayerId *layers) {
    const Sheet *s = &v->sheet;
    double safe = NAN;
    LayerId safe_layer = LAYER_NONE;
    for (int i = 0; i < SIDES; i++) {
        if (!isnan(s->bleed.side[i]))
            put(row, layers, bleed_fields[side_of(i, odd)], s->bleed.side[i], s->bleed.layer[i]);
        if (!isnan(s->safe.side[i]) && !(s->safe.side[i] <= safe)) {
            safe = s->safe.side[i]; /* one limit for all edges: the widest asked for */
            safe_layer = s->safe.layer[i];
        }
    }
    if (!isnan(safe))
        put(row, layers, offsetof(Limit, safe), safe, safe_layer);
    const EntityDesc *e = entity_of(FACT_limit);
    limits_over(row, &s->limits.row, NULL, LAYER_NONE);
    for (size_t i = 0; i < e->count; i++)
        if (s->limits.layer[i])
            layers[i] = s->limits.layer[i];
}

/* Limits are said at full size; marks are measured in the file. Tolerances of measuring stay as
 * they are. */
static void scale_limits(double scale, Limit *row) {
    const EntityDesc *e = entity_of(FACT_limit);
    for (size_t i = 0; i < e->count; i++) {
        const FieldDesc *f = &e->fields[i];
        bool tolerance = false;
        for (size_t k = 0; k < sizeof size_fields / sizeof *size_fields; k++)
            tolerance |= f->offset == size_fields[k];
        double *value = (double *)((char *)row + f->offset);
        if (f->type != T_NUM || tolerance)
            continue;
        if (f->dimension == DIM_LENGTH)
            *value *= scale;
        if (f->dimension == DIM_AREA)
            *value *= scale * scale;
        if (f->dimension == DIM_RESOLUTION)
            *value /= scale;
    }
}

static Text source_text(Jobs *j, const JobVariant *v, const FieldDesc *f, LayerId layer) {
    Text t = j->layers[layer];
    if (layer == LAYER_PAPER)
        t = (Text){arena_printf(j->arena, "纸张 %s", v->paper->name),
                   arena_printf(j->arena, "paper %s", v->paper->name)};
    bool scaled =
        f->dimension == DIM_LENGTH || f->dimension == DIM_AREA || f->dimension == DIM_RESOLUTION;
    if (layer && scaled && v->job.scale != 1) {
        char number[32];
        number_format(number, sizeof number, 1 / v->job.scale, 2);
        t = (Text){arena_printf(j->arena, "%s，按 1:%s 折算", t.zh, number),
                   arena_printf(j->arena, "%s, at 1:%s", t.en, number)};
    }
    return t;
}

void variant_limits(Jobs *j, JobVariant *v) {
    const EntityDesc *e = entity_of(FACT_limit);
    for (int even = 0; even < 2; even++) {
        LayerId layers[FIELDS_OF_Limit] = {0};
        PageLimits *out = &v->limits[even];
        row_clear(e, &out->row);
        profile_limits(j, v, &out->row, layers);
        paper_limits(j, v, &out->row, layers);
        sheet_limits(v, !even, &out->row, layers);
        scale_limits(v->job.scale, &out->row);
        for (size_t i = 0; i < e->count; i++)
            out->sources[i] = source_text(j, v, &e->fields[i], layers[i]);
    }
}
