/* What poppler's own interpreter sees on each page, as one JSON object a page: counts and values of strokes, fills,
 * images, shadings and glyphs, for comparison with `chupin facts` (compare.py). An oracle only: no part of the product.
 *
 * Tiling cells are drawn once; Type 3 glyphs count as glyphs and their procedures are not followed; soft masks are
 * left out; hidden layers never arrive. */
#include <GfxState.h>
#include <GlobalParams.h>
#include <Gfx.h>
#include <OutputDev.h>
#include <PDFDoc.h>
#include <Page.h>
#include <cmath>
#include <cstdio>
#include <memory>
#include <vector>

namespace {

struct Events {
    int strokes = 0, fills = 0, shadings = 0;
    long glyphs = 0;
    double pixels = 0;
    std::vector<double> widths, fill_areas;
    std::vector<std::array<double, 4>> images; /* width, height, ppi across, ppi down */
};

class EventDevice : public OutputDev {
public:
    Events page;
    int inside_mask = 0;

    bool upsideDown() override {
        return false;
    }
    bool useDrawChar() override {
        return true;
    }
    bool interpretType3Chars() override {
        return true;
    }
    bool useTilingPatternFill() override {
        return true;
    }
    bool useShadedFills(int) override {
        return true;
    }
    bool useDrawForm() override {
        return false;
    }
    bool needNonText() override {
        return true;
    }
    bool checkPageSlice(Page *, double, double, int, bool, bool, int, int, int, int, bool, bool (*)(void *), void *,
                        bool (*)(Annot *, void *), void *) override {
        return true;
    }
    void stroke(GfxState *state) override {
        if (inside_mask || !has_segments(state))
            return;
        page.strokes++;
        page.widths.push_back(state->getLineWidth());
    }
    void fill(GfxState *state) override {
        count_fill(state);
    }
    void eoFill(GfxState *state) override {
        count_fill(state);
    }
    bool tilingPatternFill(GfxState *, Gfx *gfx, Catalog *, GfxTilingPattern *t, const double *mat, int, int, int, int,
                           double, double) override {
        gfx->drawForm(t->getContentStream(), t->getResDict(), mat, t->getBBox());
        return true;
    }
    bool functionShadedFill(GfxState *, GfxFunctionShading *) override {
        return shading();
    }
    bool axialShadedFill(GfxState *, GfxAxialShading *, double, double) override {
        return shading();
    }
    bool axialShadedSupportExtend(GfxState *, GfxAxialShading *) override {
        return true;
    }
    bool radialShadedFill(GfxState *, GfxRadialShading *, double, double) override {
        return shading();
    }
    bool radialShadedSupportExtend(GfxState *, GfxRadialShading *) override {
        return true;
    }
    bool gouraudTriangleShadedFill(GfxState *, GfxGouraudTriangleShading *) override {
        return shading();
    }
    bool patchMeshShadedFill(GfxState *, GfxPatchMeshShading *) override {
        return shading();
    }
    void drawChar(GfxState *state, double, double, double, double, double, double, CharCode, int, const Unicode *u,
                  int n) override {
        if (!inside_mask && !blank(u, n) && state->getFont())
            page.glyphs++;
    }
    bool beginType3Char(GfxState *, double, double, double, double, CharCode, const Unicode *u, int n) override {
        if (!inside_mask && !blank(u, n))
            page.glyphs++;
        return true;
    }
    void drawImageMask(GfxState *state, Object *, Stream *str, int w, int h, bool, bool, bool in_line) override {
        image(state, w, h);
        skip(str, in_line, h * ((w + 7) / 8));
    }
    void setSoftMaskFromImageMask(GfxState *state, Object *ref, Stream *str, int w, int h, bool invert, bool in_line,
                                  double *) override {
        drawImageMask(state, ref, str, w, h, invert, false, in_line);
    }
    void unsetSoftMaskFromImageMask(GfxState *, double *) override {
    }
    void drawImage(GfxState *state, Object *, Stream *str, int w, int h, GfxImageColorMap *map, bool, const int *,
                   bool in_line) override {
        image(state, w, h);
        skip(str, in_line, h * ((w * map->getNumPixelComps() * map->getBits() + 7) / 8));
    }
    void drawMaskedImage(GfxState *state, Object *, Stream *, int w, int h, GfxImageColorMap *, bool, Stream *, int,
                         int, bool, bool) override {
        image(state, w, h);
    }
    void drawSoftMaskedImage(GfxState *state, Object *, Stream *, int w, int h, GfxImageColorMap *, bool, Stream *,
                             int, int, GfxImageColorMap *, bool) override {
        image(state, w, h);
    }
    void beginTransparencyGroup(GfxState *, const double *, GfxColorSpace *, bool, bool, bool for_mask) override {
        groups.push_back(for_mask);
        inside_mask += for_mask;
    }
    void endTransparencyGroup(GfxState *) override {
        if (groups.empty())
            return;
        inside_mask -= groups.back();
        groups.pop_back();
    }

private:
    std::vector<bool> groups;

    static bool has_segments(const GfxState *state) {
        const GfxPath *path = state->getPath();
        for (int i = 0; i < path->getNumSubpaths(); i++)
            if (path->getSubpath(i)->getNumPoints() > 1)
                return true;
        return false;
    }
    static bool blank(const Unicode *u, int n) {
        for (int i = 0; i < n; i++)
            if (u[i] != ' ' && u[i] != 0xa0 && u[i] != 0x3000 && u[i] != '\t' && u[i] != '\n' && u[i] != '\r')
                return false;
        return n > 0;
    }
    static void skip(Stream *str, bool in_line, int bytes) {
        if (!in_line)
            return;
        str->reset();
        for (int i = 0; i < bytes && str->getChar() != EOF; i++) {
        }
        str->close();
    }
    void count_fill(GfxState *state) {
        /* A shading's /Background and a pattern come as a fill of their own. */
        if (inside_mask || !has_segments(state) ||
            (state->getFillPattern() && state->getFillColorSpace()->getMode() != csPattern))
            return;
        page.fills++;
    }
    bool shading() {
        page.shadings += inside_mask == 0;
        return true;
    }
    void image(GfxState *state, int w, int h) {
        if (inside_mask)
            return;
        const double *m = state->getCTM();
        double x = std::hypot(m[0], m[1]), y = std::hypot(m[2], m[3]);
        page.pixels += double(w) * h;
        page.images.push_back({double(w), double(h), x > 0 ? w * 72 / x : 0, y > 0 ? h * 72 / y : 0});
    }
};

void quiet(ErrorCategory, Goffset, const char *) {
}

} // namespace

int main(int argc, char **argv) {
    if (argc < 2)
        return 2;
    globalParams = std::make_unique<GlobalParams>();
    setErrorCallback(quiet);
    PDFDoc doc(std::make_unique<GooString>(argv[1]));
    if (!doc.isOk()) {
        std::fprintf(stderr, "poppler cannot open it\n");
        return 3;
    }
    for (int number = 1; number <= doc.getNumPages(); number++) {
        Page *p = doc.getPage(number);
        EventDevice device;
        if (p)
            doc.displayPage(&device, number, 72, 72, (360 - p->getRotate()) % 360, true, false, true);
        const Events &e = device.page;
        std::printf("{\"page\":%d,\"stroke\":%d,\"fill\":%d,\"shading\":%d,\"glyphs\":%ld,\"pixels\":%.0f,\"images\":[",
                    number, e.strokes, e.fills, e.shadings, e.glyphs, e.pixels);
        for (size_t i = 0; i < e.images.size(); i++)
            std::printf("%s[%.0f,%.0f,%.2f,%.2f]", i ? "," : "", e.images[i][0], e.images[i][1], e.images[i][2],
                        e.images[i][3]);
        std::printf("]}\n");
    }
    return 0;
}
