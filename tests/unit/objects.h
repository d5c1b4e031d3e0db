/* PDF objects for tests of what reads them: each written as a string, "dictionary|data" a stream.
 */
#ifndef CHUPIN_TESTS_OBJECTS_H
#define CHUPIN_TESTS_OBJECTS_H

#include "base/sink.h"
#include "read/pdf/wall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_OBJECTS = 32, FIRST_OBJECT = 4 };

/* A file of one empty page; the objects given are numbered from FIRST_OBJECT. Close it with
 * pdf_close. */
static inline PdfFile *file_of(Arena *a, const char *const *objects, int count) {
    Sink s = sink_memory(a);
    size_t offsets[MOST_OBJECTS];
    assert_true(count + 3 <= MOST_OBJECTS);
    sink_str(&s, "%PDF-1.7\n");
    for (int i = 0; i < count + 3; i++) {
        const char *text = i == 0   ? "<</Type/Catalog/Pages 2 0 R>>"
                           : i == 1 ? "<</Type/Pages/Kids[3 0 R]/Count 1>>"
                           : i == 2 ? "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
                                    : objects[i - 3];
        const char *bar = strchr(text, '|');
        offsets[i] = sink_text(&s).n;
        sink_format(&s, "%d 0 obj\n", i + 1);
        if (bar)
            sink_format(&s, "%.*s/Length %zu>>\nstream\n%s\nendstream", (int)(bar - text - 2), text,
                        strlen(bar + 1), bar + 1);
        else
            sink_str(&s, text);
        sink_str(&s, "\nendobj\n");
    }
    size_t xref = sink_text(&s).n;
    sink_format(&s, "xref\n0 %d\n0000000000 65535 f \n", count + 4);
    for (int i = 0; i < count + 3; i++)
        sink_format(&s, "%010zu 00000 n \n", offsets[i]);
    sink_format(&s, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", count + 4, xref);
    PdfOpening opening = {0};
    Str bytes = sink_text(&s);
    PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    assert_non_null(f);
    return f;
}

#endif
