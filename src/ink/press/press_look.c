/* How a spot looks alone on paper: its alternate in sRGB, for each of 256 tints. */
#include "ink/press/press_parts.h"

#include <string.h>

/* The tint transform and the space it leads to. */
typedef struct Recipe {
    const Function *tint;
    const PressRows *alternate;
    int inputs, component;
} Recipe;

static const ColourSpace device_spaces[] = {{.space = SPACE_GRAY, .components = 1},
                                            {.space = SPACE_RGB, .components = 3},
                                            {.space = SPACE_CMYK, .components = 4}};

/* The alternate of a spot's own description. The interpreter has not read it; the usual ones are
 * read here, for others the DeviceN itself must do. */
static const ColourSpace *alternate_of(Press *p, const ColourSpace *of, const PdfObj *o,
                                       PdfRef ref) {
    static const char *const names[] = {"DeviceGray", "DeviceRGB", "DeviceCMYK"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (pdf_is_name(o, names[i]))
            return &device_spaces[i];
    if (ref.num && of->base && of->base->ref.num == ref.num && of->base->ref.gen == ref.gen)
        return of->base;
    if (!pdf_is_name(pdf_at(p->file, o, 0), "Lab"))
        return NULL;
    ColourSpace *lab = ARENA_NEW(p->arena, ColourSpace);
    *lab = (ColourSpace){.space = SPACE_LAB, .components = 3, .object = o};
    const PdfObj *range = pdf_lookup(p->file, pdf_at(p->file, o, 1), "Range");
    for (int i = 0; i < 4; i++)
        lab->range[i] = pdf_number(pdf_at(p->file, range, i), i % 2 ? 100 : -100);
    return lab;
}

static bool read_recipe(Recipe *out, Press *p, const ColourSpace *alternate, const PdfObj *tint,
                        int inputs, int component) {
    Text why;
    out->inputs = inputs;
    out->component = component;
    if (!alternate || alternate->components > PROCESS)
        return false;
    out->alternate = route_of(p, alternate, BLENDS_IN_RGB, &why);
    if (!out->alternate || !route_has_process(out->alternate))
        return false;
    out->tint = function_read(p->arena, p->file, tint, inputs);
    return out->tint && function_outputs(out->tint) == alternate->components;
}

/* A DeviceN may describe each of its spots by a Separation of its own (8.6.6.5, Colorants). */
static bool own_recipe(Recipe *out, Press *p, const ColourSpace *s, Str name) {
    const PdfObj *attributes = pdf_at(p->file, s->object, 4);
    const PdfObj *colorants = pdf_lookup(p->file, attributes, "Colorants");
    const PdfObj *own = NULL;
    if (s->space == SPACE_DEVICEN && name.n < 128)
        own = pdf_lookup(p->file, colorants, arena_copy(p->arena, name.p, name.n));
    if (!pdf_is_name(pdf_at(p->file, own, 0), "Separation"))
        return false;
    const ColourSpace *alternate = alternate_of(p, s, pdf_at(p->file, own, 2), pdf_at_ref(own, 2));
    return read_recipe(out, p, alternate, pdf_at(p->file, own, 3), 1, 0);
}

static void fill_look(const Recipe *recipe, uint8_t (*look)[3]) {
    for (int t = 0; t < 256; t++) {
        double in[MAX_COLORANTS] = {0}, out[MOST_OUTPUTS];
        float values[PROCESS];
        uint8_t inks[PROCESS] = {0};
        in[recipe->component] = (double)t / 255;
        function_eval(recipe->tint, in, out);
        for (int i = 0; i < recipe->alternate->components; i++)
            values[i] = (float)out[i];
        route_process(recipe->alternate, values, inks);
        for (int k = 0; k < 3; k++)
            look[t][k] = (uint8_t)(255 - inks[k]);
    }
}

void look_of(const PressRows *r, NamedInk *ink, Plane *plane) {
    const ColourSpace *s = r->space;
    Press *p = r->press;
    if (ink->plane < FIRST_SPOT || plane->look)
        return;
    if (!ink->look_known) {
        Recipe recipe = {0};
        ink->look_known = true;
        if (own_recipe(&recipe, p, s, s->names[ink->component]) ||
            read_recipe(&recipe, p, s->base, pdf_at(p->file, s->object, 3), s->components,
                        ink->component)) {
            ink->look = arena_alloc(p->arena, LOOK_BYTES);
            fill_look(&recipe, ink->look);
        }
    }
    plane->look = (const uint8_t(*)[3])ink->look;
}
