/* Two pictures on one grid, row by row: each is decoded once and nothing of it is held. */
#include "ink/compare/compare.h"
#include "ink/compare/compare_parts.h"
#include "ink/pixels/pixel_drawing.h"
#include "read/derive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Rows {
    Arena *arena;
    const ComparedPixels *pages;
    NextRow *next;
    void *next_self;
    uint8_t level;
    Blobs *blobs;
    DifferingCell *cells; /* of a row of cells */
    size_t width;         /* cells */
    uint32_t compared;    /* rows */
    bool differs;         /* something in the cells at hand */
} Rows;

static Text grids(Arena *a, const RasterHead *one, const RasterHead *other) {
    return (Text){arena_printf(a, "像素 %u × %u → %u × %u", other->width, other->height, one->width,
                               one->height),
                  arena_printf(a, "pixels %u × %u → %u × %u", other->width, other->height,
                               one->width, one->height)};
}

static Text spaces(Arena *a, const RasterHead *one, const RasterHead *other) {
    const EnumDesc *e = enum_find("Space");
    return (Text){arena_printf(a, "颜色 %s → %s", enum_name(e, other->space, LANG_ZH),
                               enum_name(e, one->space, LANG_ZH)),
                  arena_printf(a, "colours %s → %s", enum_name(e, other->space, LANG_EN),
                               enum_name(e, one->space, LANG_EN))};
}

static bool channels_agree(const RasterHead *one, const RasterHead *other) {
    if (one->channels != other->channels || one->extra_count != other->extra_count)
        return false;
    for (size_t i = 0; i < one->extra_count; i++)
        if (one->extras[i].kind != other->extras[i].kind ||
            !str_eq(one->extras[i].name, other->extras[i].name))
            return false;
    return true;
}

/* The same numbers under another profile are other colours. */
static bool profiles_agree(const RasterHead *one, const RasterHead *other) {
    return one->icc_count == other->icc_count &&
           (!one->icc_count || !memcmp(one->icc, other->icc, one->icc_count));
}

Text pixels_differ_in(Arena *a, const RasterHead *one, const RasterHead *other) {
    if (one->width != other->width || one->height != other->height)
        return grids(a, one, other);
    if (one->space != other->space || one->colours != other->colours)
        return spaces(a, one, other);
    if (!channels_agree(one, other))
        return (Text){"通道（专色、透明）不同", "its channels (spots, alpha) differ"};
    if (!profiles_agree(one, other))
        return (Text){"ICC 特性文件不同", "its ICC profile differs"};
    if (one->orientation != other->orientation)
        return (Text){"放置方向不同", "its orientation differs"};
    return (Text){NULL, NULL};
}

static Rows rows_new(Arena *a, const ComparedPixels *pages, const ComparePlan *plan) {
    Rows r = {.arena = a, .pages = pages};
    r.width = (pages->pixels->head->width + CELL - 1) / CELL;
    r.level = (uint8_t)(fmin(fmax(plan->tolerance.tint, 0), 1) * 255 + 0.5);
    r.blobs = blobs_new(a, r.width, plan->most_blobs);
    r.cells = ARENA_ARRAY(a, DifferingCell, r.width);
    return r;
}

static void note_pixel(Rows *r, int x, int y, uint64_t channels, uint8_t worst) {
    DifferingCell *c = &r->cells[x / CELL];
    Area at = {x, y, x + 1, y + 1};
    c->box = c->pixels ? area_join(c->box, at) : at;
    c->pixels++;
    c->worst = worst > c->worst ? worst : c->worst;
    c->planes |= channels;
    r->differs = true;
}

static void compare_row(Rows *r, uint32_t y, const uint8_t *a, const uint8_t *b) {
    const RasterHead *head = r->pages->pixels->head;
    int n = head->channels;
    if (!memcmp(a, b, (size_t)head->width * (size_t)n))
        return;
    for (uint32_t x = 0; x < head->width; x++, a += n, b += n) {
        uint64_t channels = 0;
        int worst = 0;
        for (int k = 0; k < n; k++) {
            int apart = abs(a[k] - b[k]);
            channels |= apart > r->level ? (uint64_t)1 << (k < NAMED_PLANES ? k : NAMED_PLANES) : 0;
            worst = apart > worst ? apart : worst;
        }
        if (channels)
            note_pixel(r, (int)x, (int)y, channels, (uint8_t)worst);
    }
}

static void end_cells(Rows *r) {
    if (!r->differs) {
        blobs_gap(r->blobs);
        return;
    }
    blobs_row(r->blobs, r->cells);
    memset(r->cells, 0, r->width * sizeof *r->cells);
    r->differs = false;
}

static bool take_row(void *self, uint32_t y, const uint8_t *samples) {
    Rows *r = self;
    const uint8_t *other = r->next(r->next_self);
    if (!other)
        return false;
    compare_row(r, y, samples, other);
    r->compared = y + 1;
    if (r->compared % CELL == 0)
        end_cells(r);
    return true;
}

static const char *channel_name(Arena *a, const RasterHead *head, size_t channel) {
    static const char *const cmyk[] = {"Cyan", "Magenta", "Yellow", "Black"};
    static const char *const rgb[] = {"R", "G", "B"}, *const lab[] = {"L", "a", "b"};
    size_t colours = (size_t)head->colours;
    if (channel >= colours) {
        size_t extra = channel - colours;
        bool named = extra < head->extra_count && head->extras[extra].name.n;
        return named ? text_from_name(a, head->extras[extra].name.p, head->extras[extra].name.n)
                     : "Alpha";
    }
    if (head->space == SPACE_CMYK)
        return cmyk[channel % 4];
    if (head->space == SPACE_LAB)
        return lab[channel % 3];
    return colours == 3 ? rgb[channel] : "Gray";
}

static void tell_blob(const Rows *r, ComparedBlob *out, const DifferingCell *found) {
    const RasterHead *head = r->pages->pixels->head;
    Area at = found->box;
    Box box = {at.x0, at.y0, at.x1, at.y1};
    for (int i = 0; i < 2; i++) {
        PixelPlace place = pixel_place(r->pages[i].page, head);
        Matrix to_page = matrix_inverse(&place.to_pixels);
        out->box[i] = box_transformed(box, &to_page);
    }
    const Page *page = r->pages->page;
    double mm2 = TO_MM(page->media_w) * TO_MM(page->media_h);
    out->mm = (Box){TO_MM(out->box[0].x0), TO_MM(page->media_h - out->box[0].y1),
                    TO_MM(out->box[0].x1), TO_MM(page->media_h - out->box[0].y0)};
    out->area = found->pixels * mm2 / ((double)head->width * head->height);
    out->worst = found->worst / 255.0;
    out->planes = ARENA_ARRAY(r->arena, const char *, NAMED_PLANES + 1);
    for (size_t k = 0; k < (size_t)head->channels && k < NAMED_PLANES; k++)
        if (found->planes >> k & 1)
            out->planes[out->plane_count++] = channel_name(r->arena, head, k);
}

static void tell_undrawn(const Rows *r, Comparison *out, const RasterRead *read) {
    const RasterHead *head = r->pages->pixels->head;
    RasterRead known = {.rows = r->compared, .why = read->why, .too_large = read->too_large};
    PixelPlace place = pixel_place(r->pages->page, head);
    out->undrawn_count[0] = pixel_unread(&place, head, &known, r->arena, &out->undrawn[0]);
}

Comparison compare_pixels(Arena *a, const ComparedPixels pages[2], const ComparePlan *plan,
                          NextRow *next, void *self) {
    Comparison out = {0};
    Rows r = rows_new(a, pages, plan);
    r.next = next;
    r.next_self = self;
    for (int i = 0; i < 2; i++) {
        out.width[i] = TO_MM(pages[i].page->media_w);
        out.height[i] = TO_MM(pages[i].page->media_h);
    }
    RasterRead read = raster_rows(pages->pixels, take_row, &r);
    end_cells(&r);
    const DifferingCell *found = blobs_end(r.blobs, &out.blob_count, &out.blobs_found);
    out.blobs = ARENA_ARRAY(a, ComparedBlob, out.blob_count + 1);
    for (size_t i = 0; i < out.blob_count; i++)
        tell_blob(&r, &out.blobs[i], &found[i]);
    tell_undrawn(&r, &out, &read);
    comparison_conclude(&out);
    return out;
}
