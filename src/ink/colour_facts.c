#include "ink/colour_facts.h"

#include <math.h>

#include "base/sha256.h"
#include "ink/colour_patches.h"
#include "ink/colour_sight.h"
#include "read/pdf/table.h"

/* What one profile measures against the output intent; programs write one profile many times. */
typedef struct Measured {
    bool usable;
    double paper_light, black_light;
    PatchDelta delta; /* NaN without an output intent to compare with */
} Measured;

struct ColourFacts {
    Arena *arena;
    bool asked; /* for the press profile */
    bool has_profile;
    PressProfile profile;
    ColourSight *sight;    /* NULL: no colour had to be looked at yet, or there is no profile */
    const Patches *intent; /* NULL: no output intent with a CMYK profile */
    Table measured;        /* by content */
};

ColourFacts *colour_facts_new(Arena *document) {
    ColourFacts *c = ARENA_NEW(document, ColourFacts);
    c->arena = document;
    return c;
}

void colour_facts_free(ColourFacts *c) {
    if (c)
        colour_sight_free(c->sight);
}

static void ask_press(ColourFacts *c, PdfFile *f) {
    Text why;
    if (c->asked)
        return;
    c->asked = true;
    c->has_profile = press_profile(&c->profile, c->arena, f, NULL, &why);
    if (!c->has_profile || c->profile.source != PRESS_OF_INTENT)
        return;
    Patches *patches = ARENA_NEW(c->arena, Patches);
    if (patches_of(patches, c->profile.bytes, c->profile.count))
        c->intent = patches;
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
    ask_press(c, colour->file);
    if (!c->has_profile)
        return;
    if (!c->sight)
        c->sight = colour_sight_new(c->arena, colour->file, &c->profile);
    SeenColour seen;
    if (!colour_seen(c->sight, colour->colour, &seen))
        return;
    style->written = written(facts->document, &seen);
    style->becomes = inks_text(facts->document, seen.inks);
    style->shift = seen.shift;
}

static Measured measure(const ColourFacts *c, const ProfileData *data) {
    Measured m = {.delta = {NAN, NAN}};
    Patches patches;
    m.usable = patches_of(&patches, data->bytes, data->count);
    if (!m.usable)
        return m;
    m.paper_light = patches.paper_light;
    m.black_light = patches.black_light;
    if (c->intent)
        m.delta = patches_compare(c->intent, &patches);
    return m;
}

static const Measured *measured(ColourFacts *c, const ProfileData *data) {
    char digest[SHA256_HEX];
    sha256_of(data->bytes, data->count, digest);
    uint64_t key = hash_bytes(HASH_START, digest, sizeof digest);
    Measured **slot = (Measured **)table_slot(&c->measured, c->arena, key);
    if (!*slot) {
        *slot = ARENA_NEW(c->arena, Measured);
        **slot = measure(c, data);
    }
    return *slot;
}

void colour_facts_profile(ColourFacts *c, Profile *profile, const ProfileData *data) {
    if (profile->space != FAMILY_CMYK)
        return;
    ask_press(c, data->file);
    const Measured *m = measured(c, data);
    if (!m->usable)
        return;
    profile->paper_light = m->paper_light;
    profile->black_light = m->black_light;
    profile->delta = m->delta.mean;
    profile->delta_max = m->delta.most;
}
