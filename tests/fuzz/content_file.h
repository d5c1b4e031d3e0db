/* The file of the content fuzzers: arbitrary bytes as the content stream of a page that has one
 * resource of each kind. */
#ifndef CHUPIN_TESTS_CONTENT_FILE_H
#define CHUPIN_TESTS_CONTENT_FILE_H

#include "base/sink.h"

static const char *const objects[] = {
    "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[8 0 R]/D<</OFF[8 0 R]>>>>>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources 5 0 R>>",
    NULL, /* the content */
    "<</Font<</F 6 0 R/T 10 0 R>>/XObject<</X 7 0 R/I 9 0 R>>/Properties<</L 8 0 "
    "R>>/ExtGState<</G<</ca .5/BM/Multiply"
    "/OP true/SMask<</S/Luminosity/G 7 0 "
    "R>>>>>>/ColorSpace<</S[/Separation/Gold/DeviceCMYK<</FunctionType 2/Domain[0 1]"
    "/C0[0 0 0 0]/C1[0 .2 .8 .1]/N 1>>]/X[/Indexed/DeviceRGB "
    "1<000000ffffff>]/P[/Pattern/DeviceCMYK]>>/Pattern<</P 11 0 R"
    "/Q<</PatternType 2/Shading 12 0 R>>>>/Shading<</H 12 0 R>>>>",
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "|/Type/XObject/Subtype/Form/BBox[0 0 50 50]/Group<</S/Transparency/I true>>/Resources 5 0 R|0 "
    "0 10 10 re f /X Do",
    "<</Type/OCG/Name(Layer)>>",
    "|/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray|abcd",
    "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97/LastChar "
    "97/Widths[9]"
    "/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources 5 0 R>>",
    "|/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 5 5]/XStep 5/YStep 5/Resources "
    "5 0 R|0 0 3 3 re f",
    "<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[0 0 1 1]/Function<</FunctionType 2/Domain[0 "
    "1]/C0[0 0 0 0]"
    "/C1[1 1 1 1]/N 1>>>>",
};
enum { OBJECTS = sizeof objects / sizeof *objects };

/* An object "|dictionary|bytes" is a stream. */
static inline void write_object(Sink *s, const char *text, const uint8_t *p, size_t n) {
    if (!text) {
        sink_format(s, "<</Length %zu>>stream\n", n);
        sink_write(s, (const char *)p, n);
        sink_str(s, "\nendstream");
        return;
    }
    if (*text != '|') {
        sink_str(s, text);
        return;
    }
    Str dictionary = str_of(text + 1);
    while (dictionary.p[dictionary.n - 1] != '|')
        dictionary.n--;
    const char *body = dictionary.p + dictionary.n;
    sink_format(s, "<<%.*s/Length %zu>>stream\n%s\nendstream", (int)dictionary.n - 1, dictionary.p,
                str_of(body).n, body);
}

static inline Str file_with(Arena *a, const uint8_t *p, size_t n) {
    Sink s = sink_memory(a);
    size_t offsets[OBJECTS];
    sink_str(&s, "%PDF-1.7\n");
    for (int i = 0; i < OBJECTS; i++) {
        offsets[i] = sink_text(&s).n;
        sink_format(&s, "%d 0 obj\n", i + 1);
        write_object(&s, objects[i], p, n);
        sink_str(&s, "\nendobj\n");
    }
    size_t xref = sink_text(&s).n;
    sink_format(&s, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (int i = 0; i < OBJECTS; i++)
        sink_format(&s, "%010zu 00000 n \n", offsets[i]);
    sink_format(&s, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", OBJECTS + 1, xref);
    return sink_text(&s);
}

#endif
