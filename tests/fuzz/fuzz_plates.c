/* Arbitrary bytes as the content stream of a page, drawn on plates: groups, masks, cells, clips and
 * shadings in any nest end in tiles or in a listed limit. */
#include "content_file.h"
#include "ink/plates/plates.h"
#include "read/pdf/layers.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* What comes out is within the page, and nothing has ink that no plane is named for. */
static void look(void *self, const Band *band) {
    (void)self;
    uint8_t *row = malloc((size_t)band->width);
    for (int plane = 0; row && plane < (int)band->planes->count; plane++)
        for (int y = band->area.y0; y < band->area.y1; y++)
            if (surface_read(band->surface, plane, y, 0, band->width, row) && plane >= FIRST_SPOT &&
                !band->planes->items[plane].name.n)
                abort();
    free(row);
}

static void draw(Facts *facts, PdfFile *f, Interpreter *in, size_t n) {
    static const Page page = {.number = 1};
    Text why;
    const PdfObj *o = pdf_object(f, (PdfRef){3, 0});
    PageContent content = {.file = f,
                           .interpreter = in,
                           .arena = facts->page,
                           .page = &page,
                           .object = o,
                           .resources = pdf_lookup(f, o, "Resources"),
                           .box = {{0, 0, 200, 100}, 1, {1, 0, 0, 1, 0, 0}}};
    /* An odd length gets a budget that forces bands and exhaustion. */
    PlateMakerPlan small = {.budget = n % 2 ? 256 << 10 : 0};
    PlateMaker *m = plate_maker_new(facts->document, f, &small, &why);
    if (!m)
        return;
    PlatesPlan plan = {.ppi = 72, .region = {NAN, NAN, NAN, NAN}};
    Plates plates = plates_draw(m, facts->document, &content, &plan, look, NULL);
    if (plates.complete != !plates.omission_count)
        abort();
    plate_maker_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    Facts *facts = facts_new();
    Str bytes = file_with(facts->document, p, n);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, facts->document, (const uint8_t *)bytes.p, bytes.n, NULL);
    if (f) {
        WalkBudget budget = {.operators = 20000, .bytes = 1 << 22, .depth = 8};
        Interpreter *in =
            interpreter_new(facts->document, f, layers_read(facts->document, f, facts), &budget);
        draw(facts, f, in, n);
        interpreter_free(in);
        pdf_close(f);
    }
    facts_free(facts);
    return 0;
}
