// What poppler's own interpreter paints, page by page, as an independent witness of ours. One line of JSON a page:
// how many strokes, fills, images, shadings and shown glyphs there are, and the widths of the strokes.
//
//     oracle-events FILE
#include <GfxFont.h>
#include <GfxState.h>
#include <GlobalParams.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <PDFDocFactory.h>
#include <cmath>
#include <cstdio>
#include <memory>
#include <vector>

namespace {

bool is_space(Unicode u) {
    return u == ' ' || (u >= 9 && u <= 13) || u == 0xa0 || (u >= 0x2000 && u <= 0x200b) || u == 0x2028 || u == 0x2029 ||
           u == 0x202f || u == 0x205f || u == 0x3000 || u == 0xfeff;
}

class Witness : public OutputDev {
public:
    bool upsideDown() override { return false; }
    bool useDrawChar() override { return true; }
    bool interpretType3Chars() override { return true; }
    bool useTilingPatternFill() override { return true; }
    bool useShadedFills(int) override { return true; }

    void startPage(int, GfxState *, XRef *) override {
        strokes.clear();
        fills = images = shadings = glyphs = patterns = 0;
    }
    // Width where the scale is the same on both axes, else -1: there one number does not tell it.
    void stroke(GfxState *state) override {
        const double *m = state->getCTM();
        double square = m[0] * m[0] + m[1] * m[1] + m[2] * m[2] + m[3] * m[3];
        double area = std::fabs(m[0] * m[3] - m[1] * m[2]);
        bool even = square - 2 * area <= 1e-6 * square;
        strokes.push_back(even ? state->getLineWidth() * std::sqrt(area) : -1);
    }
    void fill(GfxState *) override { fills++; }
    void eoFill(GfxState *) override { fills++; }
    bool tilingPatternFill(GfxState *, Gfx *, Catalog *, GfxTilingPattern *, const double *, int, int, int, int, double,
                           double) override {
        patterns++;
        return true;
    }
    bool functionShadedFill(GfxState *, GfxFunctionShading *) override { return shaded(); }
    bool axialShadedFill(GfxState *, GfxAxialShading *, double, double) override { return shaded(); }
    bool radialShadedFill(GfxState *, GfxRadialShading *, double, double) override { return shaded(); }
    bool gouraudTriangleShadedFill(GfxState *, GfxGouraudTriangleShading *) override { return shaded(); }
    bool patchMeshShadedFill(GfxState *, GfxPatchMeshShading *) override { return shaded(); }
    // Our facts count glyphs with a shape, so spaces are left out here too.
    void drawChar(GfxState *, double, double, double, double, double, double, CharCode, int, const Unicode *text,
                  int length) override {
        bool blank = length > 0;
        for (int i = 0; i < length; i++)
            blank = blank && is_space(text[i]);
        glyphs += !blank;
    }
    // The base class reads inline data past its end; nothing else is wanted of it.
    void drawImageMask(GfxState *s, Object *ref, Stream *str, int w, int h, bool invert, bool smooth,
                       bool in_line) override {
        images++;
        OutputDev::drawImageMask(s, ref, str, w, h, invert, smooth, in_line);
    }
    void drawImage(GfxState *s, Object *ref, Stream *str, int w, int h, GfxImageColorMap *map, bool smooth,
                   const int *colours, bool in_line) override {
        images++;
        OutputDev::drawImage(s, ref, str, w, h, map, smooth, colours, in_line);
    }
    void drawMaskedImage(GfxState *, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int, bool,
                         bool) override {
        images++;
    }
    void drawSoftMaskedImage(GfxState *, Object *, Stream *, int, int, GfxImageColorMap *, bool, Stream *, int, int,
                             GfxImageColorMap *, bool) override {
        images++;
    }

    void print(int page) const {
        std::printf("{\"page\":%d,\"fills\":%d,\"images\":%d,\"shadings\":%d,\"glyphs\":%d,\"patterns\":%d,\"strokes\":[",
                    page, fills, images, shadings, glyphs, patterns);
        for (size_t i = 0; i < strokes.size(); i++)
            std::printf(i ? ",%.4f" : "%.4f", strokes[i]);
        std::printf("]}\n");
    }

private:
    bool shaded() {
        shadings++;
        return true;
    }
    std::vector<double> strokes;
    int fills = 0, images = 0, shadings = 0, glyphs = 0, patterns = 0;
};

} // namespace

int main(int argc, char **argv) {
    if (argc != 2) {
        std::fputs("usage: oracle-events FILE\n", stderr);
        return 2;
    }
    globalParams = std::make_unique<GlobalParams>();
    globalParams->setErrQuiet(true);
    GooString name(argv[1]);
    std::unique_ptr<PDFDoc> doc = PDFDocFactory().createPDFDoc(name, {}, {});
    if (!doc || !doc->isOk())
        return 1;
    Witness witness;
    for (int page = 1; page <= doc->getNumPages(); page++) {
        doc->displayPage(&witness, page, 72, 72, 0, true, false, true);
        witness.print(page);
    }
    return 0;
}
