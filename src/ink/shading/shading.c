/* Reading what all types share. */
#include "ink/shading/shading_parts.h"

#include <math.h>

/* Some seconds. Pages that are meant stay far below: an A4 page at 150 ppi has two million pixels.
 */
static const int64_t MOST_STEPS = INT64_C(2000000000);

bool shading_refuse(const Shade *s, const char *zh, const char *en) {
    *s->why = (Text){zh, en};
    return false;
}

const double *shading_numbers(const Shade *s, const char *key, int count) {
    const PdfObj *array = pdf_lookup(s->file, s->object, key);
    if (pdf_type(array) != PDF_ARRAY || pdf_length(array) < count)
        return NULL;
    double *v = ARENA_ARRAY(s->arena, double, count);
    for (int i = 0; i < count; i++) {
        const PdfObj *o = pdf_at(s->file, array, i);
        if (!pdf_is_number(o))
            return NULL;
        v[i] = pdf_number(o, 0);
    }
    return v;
}

bool shading_truth_at(const Shade *s, const char *key, int i) {
    return pdf_truth(pdf_at(s->file, pdf_lookup(s->file, s->object, key), i), false);
}

/* An index stands for the colour of the nearest entry. */
static void indexed_sample(const ColourSpace *space, double index, uint8_t *out) {
    int at = index > 0 ? index < space->high ? (int)(index + 0.5) : space->high : 0;
    size_t n = (size_t)space->base->components;
    memcpy(out, space->palette + (size_t)at * n, n);
}

void shading_sample(const Shade *s, const double *values, uint8_t *out) {
    if (s->space->space == SPACE_INDEXED) {
        indexed_sample(s->space, values[0], out);
        return;
    }
    for (int i = 0; i < s->components; i++)
        out[i] = level_byte((values[i] - s->low[i]) * s->scale[i]);
}

void shading_evaluate(const Shade *s, const double *in, uint8_t *out) {
    double values[MOST_OUTPUTS];
    *s->steps_left -= (int64_t)function_cost(s->function);
    *s->wrong |= !function_eval(s->function, in, values);
    shading_sample(s, values, out);
}

/* The default Decode range of each component (ISO 32000-1, Table 90). */
static void read_levels(Shade *s) {
    const double *range = s->space->range;
    for (int i = 0; i < s->components; i++) {
        double low = 0, high = 1;
        if (s->space->space == SPACE_LAB) {
            low = i > 0 ? range[2 * i - 2] : 0;
            high = i > 0 ? range[2 * i - 1] : 100;
        } else if (2 * i + 1 < (int)(sizeof s->space->range / sizeof *range) &&
                   range[2 * i + 1] > range[2 * i]) {
            low = range[2 * i];
            high = range[2 * i + 1];
        }
        s->low[i] = low;
        s->scale[i] = high > low ? 255 / (high - low) : 0;
    }
}

static bool read_space(Shade *s) {
    const ColourSpace *space = s->space, *base = space;
    if (space->space == SPACE_INDEXED) {
        base = space->base;
        if (!base || !space->palette)
            return shading_refuse(s, "渐变的索引色表读不懂",
                                  "the colour table of a shading can not be read");
    }
    s->values = space->components;
    s->components = base->components;
    if (base->space == SPACE_PATTERN || base->space == SPACE_INDEXED || s->components < 1 ||
        s->components > MAX_COLORANTS)
        return shading_refuse(s, "渐变的色彩空间不能用",
                              "a shading can not be in its colour space");
    read_levels(s);
    return true;
}

static bool read_function(Shade *s, int type) {
    const PdfObj *o = pdf_lookup(s->file, s->object, "Function");
    if (!o)
        return type > 3 || shading_refuse(s, "渐变没有函数", "a shading has no function");
    s->function = function_read_told(s->arena, s->file, o, type == 1 ? 2 : 1, s->why);
    if (!s->function)
        return false;
    return function_outputs(s->function) >= s->values ||
           shading_refuse(s, "渐变的函数与色彩空间不配",
                          "the function of a shading does not fit its colour space");
}

static const uint8_t *read_background(const Shade *s) {
    const double *values = shading_numbers(s, "Background", s->values);
    if (!values)
        return NULL;
    uint8_t *sample = arena_alloc(s->arena, MAX_COLORANTS);
    shading_sample(s, values, sample);
    return sample;
}

static const double *read_box(const Shade *s) {
    double *box = (double *)(uintptr_t)shading_numbers(s, "BBox", 4);
    for (int i = 0; box && i < 2; i++)
        if (box[i] > box[i + 2]) {
            double high = box[i];
            box[i] = box[i + 2];
            box[i + 2] = high;
        }
    return box;
}

bool shading_invert(const Shade *s, const Matrix *m, Matrix *out) {
    *out = matrix_inverse(m);
    bool finite = isfinite(out->a) && isfinite(out->b) && isfinite(out->c) && isfinite(out->d) &&
                  isfinite(out->e) && isfinite(out->f);
    return finite || shading_refuse(s, "渐变的变换矩阵压扁了画面",
                                    "the matrix of a shading can not be inverted");
}

/* What may be left out, but not be written in another way: it decides where and how it paints. */
static bool check_optional(const Shade *s, const ShadingUse *use) {
    int type = use->type;
    const struct {
        const char *key;
        int count; /* 0: it does not count here */
    } keys[] = {{"BBox", 4},
                {"Background", use->background ? s->values : 0},
                {"Domain", type == 1   ? 4
                           : type <= 3 ? 2
                                       : 0},
                {"Matrix", type == 1 ? 6 : 0}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].count && pdf_type(pdf_lookup(s->file, s->object, keys[i].key)) != PDF_NULL &&
            !shading_numbers(s, keys[i].key, keys[i].count))
            return false;
    return true;
}

static bool read_common(Shade *s, const ShadingUse *use) {
    if (!read_space(s) || !check_optional(s, use) || !read_function(s, use->type) ||
        !shading_invert(s, &s->to_device, &s->from_device))
        return false;
    s->background = use->background ? read_background(s) : NULL;
    s->box = read_box(s);
    if (s->box)
        s->area = shading_area_of_box(s);
    size_t width = (size_t)(s->area.x1 - s->area.x0), n = (size_t)s->components;
    s->shape = arena_alloc(s->arena, width);
    s->samples = arena_alloc(s->arena, width * n);
    if (s->box || s->background) {
        s->mixed_shape = arena_alloc(s->arena, width);
        s->mixed_samples = arena_alloc(s->arena, width * n);
    }
    return true;
}

bool shading_spent(const Shade *s) {
    return *s->steps_left < 0 &&
           !shading_refuse(s, "渐变太复杂，没有画完", "a shading is too complex to be drawn whole");
}

static bool draw(Shade *s, const ShadingUse *use) {
    if (!use->space || !read_common(s, use))
        return false;
    if (area_empty(s->area)) /* outside of its box */
        return true;
    switch (use->type) {
    case 1:
        return shading_of_function(s);
    case 2:
        return shading_axial(s);
    case 3:
        return shading_radial(s);
    default:
        return use->type >= 4 && use->type <= 7 && shading_mesh(s, use->type);
    }
}

static bool ran_right(const Shade *s) {
    return !*s->wrong ||
           shading_refuse(s, "渐变的函数算不下去", "the function of a shading runs wrong");
}

bool shading_draw(Arena *scratch, PdfFile *f, const ShadingUse *use, Area area, ShadingSink *sink,
                  void *self, Text *why) {
    int64_t steps = MOST_STEPS;
    bool wrong = false;
    Text trouble = {"渐变读不懂", "a shading can not be read"};
    Shade s = {.arena = scratch,
               .file = f,
               .object = use->object,
               .to_device = use->to_device,
               .area = area,
               .space = use->space,
               .sink = sink,
               .self = self,
               .steps_left = &steps,
               .wrong = &wrong,
               .why = &trouble};
    bool drawn = area_empty(area) || (draw(&s, use) && ran_right(&s));
    if (!drawn)
        *why = trouble;
    return drawn;
}
