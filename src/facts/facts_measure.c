#include "facts/facts_yaml.h"

static const char *example(Dimension d) {
    switch (d) {
    case DIM_LENGTH:
        return "3mm";
    case DIM_RESOLUTION:
        return "300ppi";
    case DIM_RATIO:
        return "300%";
    case DIM_ANGLE:
        return "90deg";
    case DIM_BYTES:
        return "20MB";
    case DIM_AREA:
        return "100mm2";
    case DIM_NONE:
    case DIM_COUNT:
        return "3";
    }
    return "";
}

static bool refuse(Arena *a, Text *why, Dimension d, const char *zh, const char *en) {
    if (why)
        *why = (Text){
            arena_printf(a, "%s：这里要写%s，例如 %s。", zh, dimension_name(d, LANG_ZH),
                         example(d)),
            arena_printf(a, "%s: write %s such as %s", en, dimension_name(d, LANG_EN), example(d))};
    return false;
}

/* A scale such as 1:10 is a plain number too. */
static bool proportion(Str rest, double *value) {
    double below;
    if (!rest.n || rest.p[0] != ':')
        return false;
    rest = str_trim((Str){rest.p + 1, rest.n - 1});
    if (number_parse(rest, &below) != rest.n || !(below > 0))
        return false;
    *value /= below;
    return true;
}

/* measure = number, spaces?, unit ; the unit may be missing from 0 and from plain numbers */
bool measure_parse(Arena *a, const char *written, Dimension d, double *out, Text *why) {
    Str s = str_trim(str_of(text_nfkc_fold(a, written)));
    double value;
    size_t used = number_parse(s, &value);
    if (!used)
        return refuse(a, why, d, "这不是数", "this is no number");
    Str rest = str_trim((Str){s.p + used, s.n - used});
    if (!rest.n && (d == DIM_NONE || value == 0)) {
        *out = value;
        return true;
    }
    if (!rest.n)
        return refuse(a, why, d, "缺少单位", "the unit is missing");
    if (d == DIM_NONE && proportion(rest, &value)) {
        *out = value;
        return true;
    }
    const Unit *unit = unit_find(rest);
    const char *shown = text_printable(a, rest.p, rest.n);
    if (!unit)
        return refuse(a, why, d, arena_printf(a, "不认识“%s”", shown),
                      arena_printf(a, "\"%s\" is no unit", shown));
    if (unit->dimension != d)
        return refuse(
            a, why, d,
            arena_printf(a, "%s 是%s的单位", shown, dimension_name(unit->dimension, LANG_ZH)),
            arena_printf(a, "%s is for %s", shown, dimension_name(unit->dimension, LANG_EN)));
    *out = value * unit->factor;
    return true;
}
