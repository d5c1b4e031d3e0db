#include "ink/look/look.h"

#include "ink/look/blocks.h"
#include "ink/look/detail.h"
#include "ink/look/tone.h"

#include <math.h>

struct Look {
    Arena *arena; /* owned */
    uint32_t rows, height;
    Swatches *swatches;
    Detail *detail;
    Blocks *blocks;
    Tone *tone; /* NULL: its colours have no meaning */
};

static void on_swatch(void *self, const Swatch *s) {
    Look *l = self;
    detail_swatch(l->detail, s);
    blocks_swatch(l->blocks, s);
}

Look *look_new(const LookPlan *plan) {
    Arena *a = arena_new();
    Look *l = ARENA_NEW(a, Look);
    *l = (Look){.arena = a, .height = plan->form.height};
    l->swatches = swatches_new(a, &plan->form, on_swatch, l);
    l->detail = detail_new(a);
    l->blocks = blocks_new(a);
    l->tone = tone_new(a, &plan->form, plan->icc, plan->icc_count);
    return l;
}

void look_free(Look *l) {
    if (!l)
        return;
    tone_free(l->tone);
    arena_free(l->arena);
}

bool look_row(void *look, uint32_t y, const uint8_t *samples) {
    Look *l = look;
    l->rows++;
    swatches_row(l->swatches, y, samples);
    if (l->tone)
        tone_row(l->tone, y, samples);
    return true;
}

void look_finish(Look *l, Picture *out) {
    if (!l->height || l->rows < l->height)
        return;
    out->blocks = blocks_found(l->blocks);
    out->detail = detail_found(l->detail, blocks_gridded(l->blocks));
    if (l->tone)
        tone_finish(l->tone, out);
}
