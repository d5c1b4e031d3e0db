#include "base/units.h"

#include <math.h>
#include <strings.h>

static const Unit units[] = {
#define UNIT(suffix, dimension, factor, decimals) {suffix, DIM_##dimension, factor, decimals},
#include "base/units.def"
#undef UNIT
};

static const struct {
    const char *written, *suffix;
} aliases[] = {
#define ALIAS(written, suffix) {written, suffix},
#include "base/unit_aliases.def"
#undef ALIAS
};

enum { UNITS = sizeof units / sizeof *units, ALIASES = sizeof aliases / sizeof *aliases };

static const Unit *unit_named(Str suffix) {
    for (size_t i = 0; i < UNITS; i++)
        if (str_is(suffix, units[i].suffix))
            return &units[i];
    return NULL;
}

const Unit *unit_find(Str suffix) {
    if (!suffix.n)
        return NULL;
    const Unit *u = unit_named(suffix);
    for (size_t i = 0; !u && i < ALIASES; i++)
        if (str_is(suffix, aliases[i].written))
            u = unit_named(str_of(aliases[i].suffix));
    /* People write MM and Dpi; no two suffixes differ in case alone. */
    for (size_t i = 0; !u && i < UNITS; i++)
        if (str_of(units[i].suffix).n == suffix.n &&
            strncasecmp(units[i].suffix, suffix.p, suffix.n) == 0)
            u = &units[i];
    return u;
}

const Unit *unit_shown(Dimension d) {
    switch (d) {
    case DIM_LENGTH:
        return unit_named(STR("mm"));
    case DIM_RESOLUTION:
        return unit_named(STR("ppi"));
    case DIM_RATIO:
        return unit_named(STR("%"));
    case DIM_ANGLE:
        return unit_named(STR("deg"));
    case DIM_BYTES:
        return unit_named(STR("MB"));
    case DIM_AREA:
        return unit_named(STR("mm2"));
    case DIM_NONE:
    case DIM_COUNT:
        return NULL;
    }
    return NULL;
}

const char *dimension_name(Dimension d, Lang l) {
    static const Text names[DIM_COUNT] = {
        [DIM_NONE] = {"没有单位的数", "a plain number"},
        [DIM_LENGTH] = {"长度", "a length"},
        [DIM_RESOLUTION] = {"分辨率", "a resolution"},
        [DIM_RATIO] = {"百分比", "a percentage"},
        [DIM_ANGLE] = {"角度", "an angle"},
        [DIM_BYTES] = {"文件大小", "a file size"},
        [DIM_AREA] = {"面积", "an area"},
    };
    return text_in(names[d < DIM_COUNT ? d : DIM_NONE], l);
}

int measure_compare(double a, double b, Dimension d) {
    double tolerance = d == DIM_LENGTH ? LENGTH_TOLERANCE : 1e-9 * fmax(fabs(a), fabs(b));
    if (fabs(a - b) <= tolerance)
        return 0;
    return a < b ? -1 : a > b;
}
