/* Soft masks: the group of a mask is drawn for itself and becomes opacity, by its luminosity or its
 * alpha (ISO 32000-1, 11.5). Kept until the band ends. */
#include "ink/draw/draw.h"

#include <string.h>

static uint64_t mask_key(const Drawing *d, const SoftMask *m) {
    return hash_number(hash_number(HASH_START, (uintptr_t)m), d->space_serial);
}

const Mask *soft_mask_find(Drawing *d, const SoftMask *mask) {
    static const Text lost = {"软蒙版没有画成", "a soft mask could not be drawn"};
    const Mask *m = table_find(&d->soft_masks, mask_key(d, mask));
    if (!m)
        omit_page(d->omissions, lost);
    return m;
}

/* Black, unless /BC says otherwise. */
void soft_mask_backdrop(Drawing *d, Level *level, const ColourSpace *space) {
    uint8_t *v = level->backdrop;
    BlendSpace in = surface_space(level->surface);
    v[0] = v[1] = v[2] = in == BLENDS_IN_RGB ? 255 : 0;
    v[3] = in == BLENDS_IN_RGB ? 0 : 255;
    const PdfObj *written = pdf_lookup(d->file, level->mask->object, "BC");
    if (!level->mask->luminosity || !space || pdf_length(written) != space->components)
        return;
    Colour c = {.space = space};
    for (int i = 0; i < space->components; i++)
        c.values[i] = (float)pdf_number(pdf_at(d->file, written, i), 0);
    Paint paint = {0};
    bool nothing;
    Text why;
    if (!press_colour(d->press, &paint, &nothing, &c, in, (Overprint){0}, &why)) {
        omit_page(d->omissions, why);
        return;
    }
    memset(v, 0, sizeof level->backdrop);
    for (int i = 0; i < paint.count; i++)
        if (paint.planes[i] >= PLANE_CYAN && paint.planes[i] <= PLANE_BLACK)
            v[paint.planes[i] - PLANE_CYAN] = paint.values[i];
}

/* The transfer function, as a table. */
static void read_transfer(Drawing *d, const PdfObj *dict, uint8_t table[256]) {
    static const Text unread = {"软蒙版的传递函数读不懂",
                                "the transfer function of a soft mask could not be read"};
    const PdfObj *written = pdf_lookup(d->file, dict, "TR");
    for (int i = 0; i < 256; i++)
        table[i] = (uint8_t)i;
    if (pdf_type(written) == PDF_NULL || pdf_is_name(written, "Identity"))
        return;
    const Function *fn = function_read(d->arena, d->file, written, 1);
    if (!fn || function_outputs(fn) != 1) {
        omit_page(d->omissions, unread);
        return;
    }
    bool right = true;
    for (int i = 0; i < 256; i++) {
        double in = i / 255.0, out = 0;
        right &= function_eval(fn, &in, &out);
        table[i] = alpha_byte(out);
    }
    if (!right)
        omit_page(d->omissions, unread);
}

/* Weights of 256: 0.30, 0.59, 0.11 of ISO 32000-1, 11.5.3, and black. */
static uint8_t luminosity(unsigned c, unsigned m, unsigned y, unsigned k) {
    unsigned dark = (77 * c + 151 * m + 28 * y + 128) / 256 + k;
    return (uint8_t)(dark > 255 ? 0 : 255 - dark);
}

static uint8_t darker(const Plane *p, uint8_t light, uint8_t tint) {
    if (!p->look)
        return times(light, (uint8_t)(255 - tint));
    const uint8_t *rgb = p->look[tint];
    return times(light, (uint8_t)((77 * rgb[0] + 151 * rgb[1] + 28 * rgb[2] + 128) / 256));
}

typedef struct LightRow {
    Drawing *d;
    Level *level;
    int y, x0, x1;
    uint8_t *room; /* five rows: alpha and four inks */
} LightRow;

/* Light of the group on its backdrop; its alpha is read before. */
static void light_row(const LightRow *r, const uint8_t *alpha, uint8_t *out) {
    const Surface *s = r->level->surface;
    size_t n = (size_t)(r->x1 - r->x0);
    uint8_t *ink[4];
    for (int i = 0; i < 4; i++) {
        ink[i] = r->room + (size_t)(i + 1) * n;
        surface_read(s, PLANE_CYAN + i, r->y, r->x0, r->x1, ink[i]);
    }
    const uint8_t *b = r->level->backdrop;
    for (size_t x = 0; x < n; x++) {
        uint8_t bare = (uint8_t)(255 - alpha[x]);
        out[x] = luminosity(ink[0][x] + times(b[0], bare), ink[1][x] + times(b[1], bare),
                            ink[2][x] + times(b[2], bare), ink[3][x] + times(b[3], bare));
    }
    for (size_t p = FIRST_SPOT; p < r->d->planes->count; p++)
        if (surface_read(s, (int)p, r->y, r->x0, r->x1, ink[0]))
            for (size_t x = 0; x < n; x++)
                out[x] = darker(&r->d->planes->items[p], out[x], ink[0][x]);
}

static uint8_t outside_value(const Level *l) {
    const uint8_t *b = l->backdrop;
    return l->mask->luminosity ? luminosity(b[0], b[1], b[2], b[3]) : 0;
}

void soft_mask_end(Drawing *d, Level *level) {
    Area area = surface_area(level->surface);
    d->unwatched--;
    uint8_t transfer[256];
    read_transfer(d, level->mask->object, transfer);
    Mask *m = mask_new(d, area, transfer[outside_value(level)]);
    if (m && !area_empty(area)) {
        ArenaMark mark = arena_mark(d->scratch);
        LightRow r = {d, level, 0, area.x0, area.x1, arena_alloc(d->scratch, m->stride * 5)};
        for (r.y = area.y0; r.y < area.y1; r.y++) {
            uint8_t *out = m->bytes + (size_t)(r.y - area.y0) * m->stride;
            surface_read_alpha(level->surface, r.y, area.x0, area.x1, r.room);
            if (level->mask->luminosity)
                light_row(&r, r.room, out);
            else
                memcpy(out, r.room, m->stride);
            for (size_t x = 0; x < m->stride; x++)
                out[x] = transfer[out[x]];
        }
        arena_rewind(d->scratch, mark);
    }
    if (m)
        *table_slot(&d->soft_masks, d->arena, mask_key(d, level->mask)) = m;
    surface_free(level->surface);
}
