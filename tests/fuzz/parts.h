/* Input of a fuzz target as objects of a file: each line of it is the entries of a dictionary, what
 * follows the last is the data of all streams. */
#ifndef CHUPIN_FUZZ_PARTS_H
#define CHUPIN_FUZZ_PARTS_H

#include "base/sink.h"
#include "read/pdf/wall.h"

#include <string.h>

enum { FIRST_PART = 4, MOST_PARTS = 4 };

typedef struct Input {
    const uint8_t *p;
    size_t n;
} Input;

static inline Input next_line(Input *in) {
    const uint8_t *end = in->n ? memchr(in->p, '\n', in->n) : NULL;
    size_t n = end ? (size_t)(end - in->p) : in->n;
    Input line = {in->p, n};
    in->p += n + (end != NULL);
    in->n -= n + (end != NULL);
    return line;
}

/* Objects from FIRST_PART on are streams of the first `count` lines. NULL: not a file. */
static inline PdfFile *file_of_parts(Arena *a, Input in, int count) {
    static const char *const fixed[] = {"<</Type/Catalog/Pages 2 0 R>>",
                                        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                                        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"};
    Sink s = sink_memory(a);
    size_t at[FIRST_PART + MOST_PARTS];
    Input lines[MOST_PARTS];
    for (int i = 0; i < count; i++)
        lines[i] = next_line(&in);
    sink_str(&s, "%PDF-1.7\n");
    for (int i = 1; i < FIRST_PART + count; i++) {
        at[i] = sink_text(&s).n;
        sink_format(&s, "%d 0 obj\n", i);
        if (i < FIRST_PART) {
            sink_str(&s, fixed[i - 1]);
        } else {
            sink_format(&s, "<</Length %zu ", in.n);
            sink_write(&s, (const char *)lines[i - FIRST_PART].p, lines[i - FIRST_PART].n);
            sink_str(&s, ">>stream\n");
            sink_write(&s, (const char *)in.p, in.n);
            sink_str(&s, "\nendstream");
        }
        sink_str(&s, "\nendobj\n");
    }
    size_t xref = sink_text(&s).n;
    sink_format(&s, "xref\n0 %d\n0000000000 65535 f \n", FIRST_PART + count);
    for (int i = 1; i < FIRST_PART + count; i++)
        sink_format(&s, "%010zu 00000 n \n", at[i]);
    sink_format(&s, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", FIRST_PART + count,
                xref);
    PdfOpening opening = {0};
    Str bytes = sink_text(&s);
    return pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
}

#endif
