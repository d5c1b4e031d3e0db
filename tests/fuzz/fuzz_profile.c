/* Arbitrary bytes as an ICC profile: as the press's own, as output intent, and as the profile of a
 * colour space. Colour comes out, or a reason why not. */
#include <stdlib.h>
#include <string.h>

#include "base/sink.h"
#include "ink/press/press.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { PROFILE_OBJECT = 4, HEADER = 128, SPACE_AT = 16, ROW = 5 };

static Str file_with(Arena *a, const uint8_t *p, size_t n) {
    static const char *const objects[] = {
        "<</Type/Catalog/Pages 2 0 R/OutputIntents[<</S/GTS_PDFX/DestOutputProfile 4 0 R>>]>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"};
    Sink s = sink_memory(a);
    size_t offsets[PROFILE_OBJECT];
    sink_str(&s, "%PDF-1.7\n");
    for (int i = 0; i < PROFILE_OBJECT; i++) {
        offsets[i] = sink_text(&s).n;
        sink_format(&s, "%d 0 obj\n", i + 1);
        if (i + 1 < PROFILE_OBJECT) {
            sink_str(&s, objects[i]);
        } else {
            sink_format(&s, "<</Length %zu>>stream\n", n);
            sink_write(&s, (const char *)p, n);
            sink_str(&s, "\nendstream");
        }
        sink_str(&s, "\nendobj\n");
    }
    size_t xref = sink_text(&s).n;
    sink_format(&s, "xref\n0 %d\n0000000000 65535 f \n", PROFILE_OBJECT + 1);
    for (int i = 0; i < PROFILE_OBJECT; i++)
        sink_format(&s, "%010zu 00000 n \n", offsets[i]);
    sink_format(&s, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", PROFILE_OBJECT + 1,
                xref);
    return sink_text(&s);
}

/* The space its header names; RGB for any other, which the press must see through. */
static ColourSpace space_of(const uint8_t *p, size_t n) {
    ColourSpace s = {.space = SPACE_ICC_RGB, .components = 3, .profile = {PROFILE_OBJECT, 0}};
    const uint8_t *name = n >= HEADER ? p + SPACE_AT : (const uint8_t *)"RGB ";
    if (!memcmp(name, "CMYK", 4)) {
        s.space = SPACE_ICC_CMYK;
        s.components = 4;
    } else if (!memcmp(name, "GRAY", 4)) {
        s.space = SPACE_ICC_GRAY;
        s.components = 1;
    } else if (!memcmp(name, "Lab ", 4)) {
        s.space = SPACE_ICC_LAB;
    }
    return s;
}

static void run_rows(Press *press, const ColourSpace *space, BlendSpace in) {
    static const uint8_t samples[ROW * 4] = {0, 255, 128, 7, 99, 255, 1, 2, 3, 4, 250};
    uint8_t tints[4][ROW], *rows[4] = {tints[0], tints[1], tints[2], tints[3]};
    Text why = {0};
    Paint paint = {0};
    const PressRows *r = press_rows(press, space, in, &why);
    if (!r)
        return;
    press_rows_paint(r, &paint, (Overprint){true, 1}, CLASS_IMAGE);
    if (paint.count > 4)
        abort();
    press_rows_convert(r, &paint, samples, ROW, rows);
}

static void run_colours(Press *press, const ColourSpace *space) {
    static const BlendSpace spaces[] = {BLENDS_IN_INKS, BLENDS_IN_RGB, BLENDS_IN_GRAY};
    static const float values[][4] = {{0}, {1, 1, 1, 1}, {0.2f, 0.9f, 0.5f, 0.1f}, {-9, 1e30f}};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            Colour c = {.space = space};
            memcpy(c.values, values[k], sizeof values[k]);
            Paint paint = {0};
            bool nothing;
            Text why = {0};
            if (!press_colour(press, &paint, &nothing, &c, spaces[i], (Overprint){0}, &why) &&
                (!why.zh || !why.en))
                abort();
        }
    }
}

static void run_press(Arena *a, PdfFile *f, const PressProfile *profile, const ColourSpace *space,
                      bool rows) {
    static const ColourSpace rgb = {.space = SPACE_RGB, .components = 3};
    Planes planes;
    Press *press = press_new(a, f, profile);
    planes_start(&planes, a);
    press_page(press, &planes);
    run_colours(press, space);
    run_colours(press, &rgb);
    if (rows) {
        run_rows(press, space, BLENDS_IN_INKS);
        run_rows(press, &rgb, BLENDS_IN_INKS);
    }
    press_free(press);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    Arena *a = arena_new();
    Str bytes = file_with(a, p, n);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    if (f) {
        ColourSpace space = space_of(p, n);
        PressProfile profile, job;
        Text why;
        bool rows = n % 16 == 0; /* a grid takes long to fill */
        if (press_profile(&profile, a, f, NULL, &why))
            run_press(a, f, &profile, &space, rows);
        if (press_profile_read(&job, a, p, n, PRESS_OF_JOB, &why))
            run_press(a, f, &job, &space, false);
        pdf_close(f);
    }
    arena_free(a);
    return 0;
}
