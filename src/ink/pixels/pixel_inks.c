#include "ink/pixels/pixel_inks.h"

#include <string.h>

#include "read/pdf/table.h"

/* Sums of cells know no more planes than a mark can paint. */
enum { MOST_SPOTS = MOST_PAINTED - 4 };

/* sRGB of all tints of a spot: what the file shows of full ink, laid on the paper in part. */
static const uint8_t (*look_of(Arena *a, const uint8_t full[3]))[3] {
    uint8_t(*look)[3] = arena_alloc(a, 256 * sizeof *look);
    for (int tint = 0; tint < 256; tint++)
        for (int i = 0; i < 3; i++)
            look[tint][i] = (uint8_t)(255 - ((255 - full[i]) * tint + 127) / 255);
    return look;
}

/* A name of its own: two channels are two plates, whatever they are called. */
static int spot_plane(PixelInks *inks, Arena *a, const RasterChannel *c, int channel) {
    Str name = c->name.n ? c->name : str_of(arena_printf(a, "Channel %d", channel + 1));
    Str plain = name;
    for (int mark = 2; plane_find(&inks->planes, name) >= 0; mark++)
        name = str_of(arena_printf(a, "%.*s (%d)", (int)plain.n, plain.p, mark));
    int plane = plane_register(&inks->planes, name);
    if (c->has_look)
        inks->planes.items[plane].look = look_of(a, c->look);
    return plane;
}

static void take_extras(PixelInks *inks, Arena *a) {
    const RasterHead *h = inks->head;
    inks->alpha = -1;
    for (size_t i = 0; i < h->extra_count; i++) {
        const RasterChannel *c = &h->extras[i];
        int channel = h->colours + (int)i;
        if (c->kind == CHANNEL_ALPHA && inks->alpha < 0) {
            inks->alpha = channel;
            inks->premultiplied = c->premultiplied;
        }
        if (c->kind != CHANNEL_SPOT || inks->channels - inks->colours >= MOST_SPOTS)
            continue;
        inks->from[inks->channels] = channel;
        inks->plane_of[inks->channels++] = spot_plane(inks, a, c, channel);
    }
}

PixelInks *pixel_inks_new(Arena *page, Press *press, const RasterHead *head) {
    PixelInks *inks = ARENA_NEW(page, PixelInks);
    *inks = (PixelInks){.head = head, .colours = head->colours, .channels = head->colours};
    planes_start(&inks->planes, page);
    press_page(press, &inks->planes);
    inks->rows = press_rows_carried(press, head->space, head->icc, head->icc_count);
    press_rows_paint(inks->rows, &inks->paint, (Overprint){0}, CLASS_IMAGE);
    inks->exact = inks->paint.count == head->colours;
    for (int i = 0; i < head->colours; i++) {
        inks->from[i] = i;
        inks->plane_of[i] = inks->exact ? inks->paint.planes[i] : -1;
    }
    take_extras(inks, page);
    bool turned = inks->exact && head->colours == 1;
    inks->plain = !turned && inks->alpha < 0 && inks->channels == head->channels;
    size_t width = head->width;
    if (!inks->plain)
        inks->composed = arena_alloc(page, width * (size_t)inks->channels);
    if (inks->channels > inks->colours || turned)
        inks->colour = arena_alloc(page, width * (size_t)inks->colours);
    inks->any = arena_alloc(page, MOST_RASTER_CHANNELS);
    inks->all = arena_alloc(page, MOST_RASTER_CHANNELS);
    memset(inks->all, 255, MOST_RASTER_CHANNELS);
    return inks;
}

static void look_at_extras(PixelInks *inks, const uint8_t *samples) {
    const RasterHead *h = inks->head;
    size_t step = (size_t)h->channels, n = h->width * step;
    for (size_t c = (size_t)h->colours; c < step; c++) {
        uint8_t any = inks->any[c], all = inks->all[c];
        for (size_t at = c; at < n; at += step) {
            any |= samples[at];
            all &= samples[at];
        }
        inks->any[c] = any;
        inks->all[c] = all;
    }
}

/* What bare paper is in a channel of colour. */
static uint8_t paper_of(const PixelInks *inks, int colour) {
    if (inks->head->space == SPACE_CMYK)
        return 0;
    return inks->head->space == SPACE_LAB && colour ? 128 : 255;
}

/* Exact where all is opaque or all is clear; between, to the nearest. */
static void lay_on_paper(const PixelInks *inks, const uint8_t *samples, int colour, uint8_t *out) {
    size_t step = (size_t)inks->head->channels, to = (size_t)inks->channels;
    const uint8_t *alpha = samples + inks->alpha;
    unsigned paper = paper_of(inks, colour);
    samples += colour;
    out += colour;
    for (size_t x = 0; x < inks->head->width; x++, samples += step, alpha += step, out += to) {
        unsigned a = *alpha, bare = (255 - a) * paper;
        unsigned sum = (inks->premultiplied ? *samples * 255u : *samples * a) + bare + 127;
        *out = (uint8_t)(sum / 255 < 255 ? sum / 255 : 255);
    }
}

static void copy_channel(const PixelInks *inks, const uint8_t *samples, int channel, uint8_t *out) {
    size_t step = (size_t)inks->head->channels, to = (size_t)inks->channels;
    samples += inks->from[channel];
    out += channel;
    for (size_t x = 0; x < inks->head->width; x++)
        out[x * to] = samples[x * step];
}

const uint8_t *pixel_inks_compose(PixelInks *inks, const uint8_t *samples) {
    const RasterHead *h = inks->head;
    if (h->channels > h->colours)
        look_at_extras(inks, samples);
    if (inks->plain)
        return samples;
    for (int c = 0; c < inks->channels; c++) {
        if (c < inks->colours && inks->alpha >= 0)
            lay_on_paper(inks, samples, c, inks->composed);
        else
            copy_channel(inks, samples, c, inks->composed);
    }
    size_t step = (size_t)inks->channels, n = h->width * step;
    for (size_t at = 0; inks->exact && h->colours == 1 && at < n; at += step)
        inks->composed[at] = (uint8_t)~inks->composed[at];
    return inks->composed;
}

int pixel_inks_painted(const PixelInks *inks, int planes[FIRST_SPOT + MOST_RASTER_CHANNELS]) {
    int count = 0;
    for (int i = 0; i < inks->paint.count; i++)
        planes[count++] = inks->paint.planes[i];
    for (int i = inks->colours; i < inks->channels; i++)
        planes[count++] = inks->plane_of[i];
    return count;
}

static void take(const PixelInks *inks, const uint8_t *composed, int channel, size_t n,
                 uint8_t *out) {
    size_t step = (size_t)inks->channels;
    for (size_t x = 0; x < n; x++)
        out[x] = composed[x * step + (size_t)channel];
}

void pixel_inks_planes(PixelInks *inks, const uint8_t *composed, size_t n, uint8_t *const *rows) {
    const uint8_t *colours = composed;
    size_t step = (size_t)inks->channels, width = (size_t)inks->colours;
    if (inks->exact && (step > width || width == 1)) {
        for (int c = 0; c < inks->colours; c++)
            take(inks, composed, c, n, rows[c]);
    } else {
        for (size_t x = 0; step > width && x < n; x++)
            memcpy(inks->colour + x * width, composed + x * step, width);
        colours = step > width ? inks->colour : composed;
        press_rows_convert(inks->rows, &inks->paint, colours, n, rows);
    }
    for (int c = inks->colours; c < inks->channels; c++)
        take(inks, composed, c, n, rows[inks->paint.count + c - inks->colours]);
}

static bool is_used(const PixelInks *inks, ChannelKind kind, size_t channel) {
    switch (kind) {
    case CHANNEL_SPOT:
        return inks->any[channel] != 0;
    case CHANNEL_ALPHA:
        return inks->all[channel] != 255;
    case CHANNEL_MASK:
    case CHANNEL_UNNAMED:
    case CHANNEL_UNKNOWN:
    case CHANNEL_WORDS:
        break;
    }
    return inks->any[channel] != inks->all[channel];
}

void pixel_inks_facts(const PixelInks *inks, Facts *facts, Raster *raster, bool whole) {
    const RasterHead *h = inks->head;
    bool clear = inks->alpha >= 0 && inks->all[inks->alpha] != 255;
    raster->transparent = clear || whole || inks->alpha < 0 ? clear : UNKNOWN_BOOL;
    for (size_t i = 0; i < h->extra_count && i < facts_count(facts, FACT_channel); i++) {
        Channel *c = facts_at(facts, FACT_channel, i);
        bool used = is_used(inks, h->extras[i].kind, (size_t)h->colours + i);
        c->used = used || whole ? used : UNKNOWN_BOOL;
    }
}
