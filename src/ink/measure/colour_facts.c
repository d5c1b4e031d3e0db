#include "ink/measure/colour_facts.h"

#include <math.h>

#include "base/sha256.h"
#include "ink/press/colour_patches.h"
#include "ink/press/colour_sight.h"
#include "read/pdf/table.h"

/* What one profile measures against the output intent; programs write one profile many times. */
typedef struct Measured {
    bool usable;
    double black_light;
    PatchDelta delta; /* NaN without an output intent to compare with */
} Measured;

struct ColourFacts {
    Arena *arena;
    InkMeasure *measure;
    ColourSight *sight;    /* NULL: no colour had to be looked at yet */
    bool asked;            /* for the output intent */
    const Patches *intent; /* NULL: no output intent with a CMYK profile */
    const char *intent_digest;
    Table measured; /* by content */
};

ColourFacts *colour_facts_new(Arena *document, InkMeasure *measure) {
    ColourFacts *c = ARENA_NEW(document, ColourFacts);
    c->arena = document;
    c->measure = measure;
    return c;
}

void colour_facts_free(ColourFacts *c) {
    if (c)
        colour_sight_free(c->sight);
}

static const Patches *intent_of(ColourFacts *c, PdfFile *f) {
    if (c->asked || !f) /* only a PDF has an output intent */
        return c->intent;
    c->asked = true;
    PlateMaker *maker = ink_measure_maker(c->measure, f);
    const PressProfile *press = maker ? plate_maker_profile(maker) : NULL;
    if (!press || press->source != PRESS_OF_INTENT)
        return NULL;
    Patches *patches = ARENA_NEW(c->arena, Patches);
    if (patches_of(patches, press->bytes, press->count))
        c->intent = patches;
    c->intent_digest = press->sha256;
    return c->intent;
}

static ColourSight *sight_of(ColourFacts *c, PdfFile *f) {
    PlateMaker *maker = c->sight ? NULL : ink_measure_maker(c->measure, f);
    if (maker)
        c->sight = colour_sight_new(c->arena, plate_maker_press(maker));
    return c->sight;
}

static int rounded(double v) {
    return (int)lround(fmin(fmax(v, -1e6), 1e6));
}

static const char *written(Arena *a, const SeenColour *seen) {
    const double *v = seen->values;
    if (seen->is_lab)
        return arena_printf(a, "Lab %d %d %d", rounded(v[0]), rounded(v[1]), rounded(v[2]));
    return arena_printf(a, "RGB %d %d %d", rounded(255 * v[0]), rounded(255 * v[1]),
                        rounded(255 * v[2]));
}

static const char *inks_text(Arena *a, const uint8_t inks[4]) {
    int percent[4];
    for (int i = 0; i < 4; i++)
        percent[i] = rounded(inks[i] / 2.55);
    return arena_printf(a, "C%d M%d Y%d K%d", percent[0], percent[1], percent[2], percent[3]);
}

void colour_facts_style(ColourFacts *c, Facts *facts, Style *style, const StyleColour *colour) {
    bool of_light = style->family == FAMILY_RGB || style->family == FAMILY_LAB;
    if (!of_light || !colour->colour) {
        style->written = style->becomes = "";
        style->shift = 0;
        return;
    }
    ColourSight *sight = sight_of(c, colour->file);
    SeenColour seen;
    if (!sight || !colour_seen(sight, colour->colour, &seen))
        return;
    style->written = written(facts->document, &seen);
    style->becomes = inks_text(facts->document, seen.inks);
    style->shift = seen.shift;
}

static Measured measure(ColourFacts *c, const ProfileData *data, const char *digest) {
    Measured m = {.delta = {NAN, NAN}};
    Patches own;
    const Patches *intent = intent_of(c, data->file), *patches = &own;
    bool same = intent && streq(digest, c->intent_digest);
    m.usable = same || patches_of(&own, data->bytes, data->count);
    if (!m.usable)
        return m;
    if (same)
        patches = intent;
    m.black_light = patches->black_light;
    if (intent)
        m.delta = patches_compare(intent, patches);
    return m;
}

static const Measured *measured(ColourFacts *c, const ProfileData *data) {
    char digest[SHA256_HEX];
    sha256_of(data->bytes, data->count, digest);
    uint64_t key = hash_bytes(HASH_START, digest, sizeof digest);
    Measured **slot = (Measured **)table_slot(&c->measured, c->arena, key);
    if (!*slot) {
        *slot = ARENA_NEW(c->arena, Measured);
        **slot = measure(c, data, digest);
    }
    return *slot;
}

void colour_facts_profile(ColourFacts *c, Profile *profile, const ProfileData *data) {
    if (profile->space != FAMILY_CMYK)
        return;
    const Measured *m = measured(c, data);
    if (!m->usable)
        return;
    profile->black_light = m->black_light;
    profile->delta = m->delta.mean;
    profile->delta_max = m->delta.most;
}
