#include "read/raster/tiff_page.h"

#include <string.h>
#include <strings.h>

static void add_plane(TiffLayout *l, int from, TiffTone tone) {
    l->planes[l->channels++] = (TiffPlane){from, tone};
}

/* ---- Colours ---- */

static bool read_palette(TiffLayout *l, Arena *a, TIFF *tif, Text *why) {
    uint16_t *map[3];
    if (l->bits > 8 || !TIFFGetField(tif, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2])) {
        *why = (Text){"索引色没有可用的色表", "indexed colour without a usable palette"};
        return false;
    }
    size_t count = (size_t)1 << l->bits;
    /* Some programs wrote 8 bits instead of 16 (libtiff's tools look for that in the same way). */
    bool wide = false;
    for (size_t i = 0; i < count && !wide; i++)
        wide = map[0][i] > 255 || map[1][i] > 255 || map[2][i] > 255;
    uint8_t *palette = arena_alloc(a, 3 * count);
    for (size_t i = 0; i < 3 * count; i++) {
        uint32_t v = map[i % 3][i / 3];
        palette[i] = (uint8_t)(wide ? (v + 128) / 257 : v);
    }
    l->palette = palette;
    return true;
}

typedef struct Colours { /* what a Photometric means */
    Space space;
    int count;
    TiffTone tones[4];
} Colours;

static bool colours_of(Colours *out, const TiffLayout *l) {
    TiffTone sign = l->format == SAMPLEFORMAT_INT ? TONE_SIGNED : TONE_PLAIN;
    TiffTone lab = l->bits == 8 ? TONE_SIGNED : TONE_PLAIN; /* 16 bits are turned when rounded */
    switch (l->photometric) {
    case PHOTOMETRIC_MINISWHITE:
        *out = (Colours){SPACE_GRAY, 1, {TONE_INVERTED}};
        return true;
    case PHOTOMETRIC_MINISBLACK:
        *out = (Colours){SPACE_GRAY, 1, {sign}};
        return true;
    case PHOTOMETRIC_RGB:
    case PHOTOMETRIC_YCBCR:
        *out = (Colours){SPACE_RGB, 3, {sign, sign, sign}};
        return true;
    case PHOTOMETRIC_PALETTE:
        *out = (Colours){SPACE_RGB, 3, {0}};
        return true;
    case PHOTOMETRIC_CIELAB:
        *out = (Colours){SPACE_LAB, 3, {TONE_PLAIN, lab, lab}};
        return l->bits == 8 || (l->bits == 16 && l->format != SAMPLEFORMAT_IEEEFP);
    case PHOTOMETRIC_ICCLAB:
        *out = (Colours){SPACE_LAB, 3, {0}};
        return l->bits == 8 || (l->bits == 16 && l->format != SAMPLEFORMAT_IEEEFP);
    case PHOTOMETRIC_ITULAB:
        *out = (Colours){SPACE_LAB, 3, {TONE_PLAIN, TONE_ITU_A, TONE_ITU_B}};
        return l->bits == 8;
    case PHOTOMETRIC_SEPARATED:
        *out = (Colours){SPACE_CMYK, 4, {sign, sign, sign, sign}};
        return true;
    }
    return false;
}

/* ---- Inks of a separated picture ---- */

static const char *const process_names[4] = {"cyan", "magenta", "yellow", "black"};

static int process_of(Str name) {
    for (int i = 0; i < 4; i++)
        if (name.n == strlen(process_names[i]) &&
            strncasecmp(name.p, process_names[i], name.n) == 0)
            return i;
    return -1;
}

typedef struct Inks {
    Str names[MOST_RASTER_CHANNELS]; /* empty: not named */
    int process[4];                  /* stored sample of cyan … black; -1: there is none */
    int count;                       /* samples that are inks */
} Inks;

/* TIFF 6.0 section 16: names are strings one after the other, in the order of the samples. */
static void read_ink_names(Inks *inks, Arena *a, const TiffBytes *b, uint64_t directory) {
    TiffValues v;
    if (!tiff_values(&v, b, directory, TIFFTAG_INKNAMES) || v.size != 1)
        return;
    const char *p = (const char *)v.p, *end = p + v.n;
    for (int i = 0; i < MOST_RASTER_CHANNELS && p < end; i++) {
        size_t n = strnlen(p, (size_t)(end - p));
        inks->names[i] = str_of(text_from_name(a, p, n));
        p += n + 1;
    }
}

/* Without names the first four are CMYK, also where InkSet says otherwise: nothing better is known,
 * and programs that write more inks than four put those first. */
static void read_inks(Inks *inks, const TiffLayout *l, Arena *a, const TiffBytes *b,
                      uint64_t directory, TIFF *tif) {
    uint16_t set = INKSET_CMYK;
    uint16_t count = 4;
    *inks = (Inks){.process = {0, 1, 2, 3}};
    TIFFGetFieldDefaulted(tif, TIFFTAG_INKSET, &set);
    if (set != INKSET_CMYK)
        TIFFGetField(tif, TIFFTAG_NUMBEROFINKS, &count);
    inks->count = count;
    read_ink_names(inks, a, b, directory);
    if (set == INKSET_CMYK || !inks->names[0].n) {
        for (int i = 0; i < 4; i++)
            inks->process[i] = i < l->samples ? i : -1;
        return;
    }
    memset(inks->process, -1, sizeof inks->process);
    for (int i = l->samples - 1; i >= 0; i--) {
        int process = process_of(inks->names[i]);
        if (process >= 0)
            inks->process[process] = i;
    }
}

static bool is_process(const Inks *inks, int sample) {
    for (int i = 0; i < 4; i++)
        if (inks->process[i] == sample)
            return true;
    return false;
}

/* ---- Extra channels ---- */

typedef struct Extras {
    const uint16_t *types; /* of the last `count` samples */
    int count;
    const Photoshop *photoshop;
    int first_name, first_display; /* the extra that Photoshop's first name and description mean */
} Extras;

/* Photoshop may leave the transparency of the picture out of its lists. */
static int first_told(const Extras *e, size_t told) {
    bool alpha = e->count && e->types[0] != EXTRASAMPLE_UNSPECIFIED;
    return alpha && told && (int)told == e->count - 1 ? 1 : 0;
}

static bool is_transparency(Str name) {
    return str_is(name, "Transparency") || str_is(name, "透明度") || str_is(name, "透明");
}

/* What Photoshop says of extra sample `i`; its name too. */
static PhotoshopChannel told_of(const Extras *e, int i) {
    PhotoshopChannel c = {0};
    int name = i - e->first_name, display = i - e->first_display;
    if (display >= 0 && (size_t)display < e->photoshop->displays)
        c = e->photoshop->channels[display];
    c.name = (Str){"", 0};
    if (name >= 0 && (size_t)name < e->photoshop->names)
        c.name = e->photoshop->channels[name].name;
    return c;
}

/* Colours multiplied with a channel make it transparency, whatever else is said. After that
 * Photoshop's own word counts: it opens an unassociated alpha as a saved selection and writes it so
 * again. ExtraSamples alone: TIFF 6.0 section 18. */
static ChannelKind kind_of(uint16_t type, const PhotoshopChannel *told) {
    if (type == EXTRASAMPLE_ASSOCALPHA)
        return CHANNEL_ALPHA;
    if (told->kind == PHOTOSHOP_SPOT)
        return CHANNEL_SPOT;
    if (type == EXTRASAMPLE_UNASSALPHA && (!told->name.n || is_transparency(told->name)))
        return CHANNEL_ALPHA;
    if (told->kind == PHOTOSHOP_SELECTION)
        return is_transparency(told->name) ? CHANNEL_ALPHA : CHANNEL_MASK;
    return type == EXTRASAMPLE_UNASSALPHA ? CHANNEL_ALPHA : CHANNEL_UNNAMED;
}

static RasterChannel extra_of(const Extras *e, int i) {
    PhotoshopChannel told = told_of(e, i);
    RasterChannel c = {.kind = kind_of(e->types[i], &told), .name = told.name};
    c.premultiplied = e->types[i] == EXTRASAMPLE_ASSOCALPHA;
    c.has_look = c.kind == CHANNEL_SPOT && told.has_look;
    if (c.has_look)
        memcpy(c.look, told.look, sizeof c.look);
    return c;
}

/* In an ink that the file itself lists 255 is full. In a spot channel of Photoshop's 0 is, as it is
 * seen there ("Paint with black to add more spot color at 100% opacity", Photoshop Help, Modifying
 * spot channels): TIFF turns only the four colours of CMYK round and writes the rest as it is. */
static void add_extras(TiffPage *page, Arena *a, const Extras *e, const Inks *inks) {
    TiffLayout *l = &page->layout;
    RasterHead *h = &page->head;
    RasterChannel *extras = ARENA_ARRAY(a, RasterChannel, l->samples + 1);
    int first_extra = l->samples - e->count;
    int colours = l->photometric == PHOTOMETRIC_PALETTE ? 1 : h->colours;
    for (int i = inks ? 0 : colours; i < l->samples; i++) {
        if ((inks && is_process(inks, i)) || l->channels == MOST_RASTER_CHANNELS)
            continue;
        int extra = i - first_extra;
        RasterChannel *c = &extras[h->extra_count++];
        *c = (RasterChannel){.kind = CHANNEL_UNNAMED, .name = {"", 0}};
        if (extra >= 0)
            *c = extra_of(e, extra);
        bool of_photoshop = c->kind == CHANNEL_SPOT;
        bool ink = inks && (i < inks->count || inks->names[i].n);
        if (ink && c->kind == CHANNEL_UNNAMED)
            *c = (RasterChannel){.kind = CHANNEL_SPOT,
                                 .name = inks->names[i].n ? inks->names[i] : (Str){"", 0}};
        add_plane(l, i, of_photoshop ? TONE_INVERTED : TONE_PLAIN);
    }
    h->extras = extras;
}

/* libtiff fills ExtraSamples up so that they are always the samples behind the colours; for inks
 * beyond four it counts from NumberOfInks. */
static Extras extras_of(TIFF *tif, const TiffLayout *l, const Photoshop *photoshop) {
    Extras e = {.photoshop = photoshop};
    uint16_t count = 0, *types = NULL;
    if (TIFFGetField(tif, TIFFTAG_EXTRASAMPLES, &count, &types) && types)
        e.count = count <= l->samples ? count : 0;
    e.types = types;
    e.first_name = first_told(&e, photoshop->names);
    e.first_display = first_told(&e, photoshop->displays);
    return e;
}

bool tiff_channels(TiffPage *page, Arena *a, const TiffBytes *b, uint64_t directory, TIFF *tif,
                   const Photoshop *photoshop, Text *why) {
    TiffLayout *l = &page->layout;
    Colours colours;
    if (!colours_of(&colours, l)) {
        *why = (Text){"这种色彩存法读不了", "colour stored in a way that is not read"};
        return false;
    }
    bool inks = l->photometric == PHOTOMETRIC_SEPARATED;
    bool palette = l->photometric == PHOTOMETRIC_PALETTE;
    if (!inks && !palette && l->samples < colours.count) {
        *why = (Text){"通道比色彩空间要的少", "fewer channels than its colours need"};
        return false;
    }
    if (palette && !read_palette(l, a, tif, why))
        return false;
    page->head.space = colours.space;
    page->head.colours = colours.count;
    Inks named;
    if (inks)
        read_inks(&named, l, a, b, directory, tif);
    for (int i = 0; i < colours.count; i++)
        add_plane(l, inks ? named.process[i] : palette ? 0 : i, colours.tones[i]);
    Extras e = extras_of(tif, l, photoshop);
    add_extras(page, a, &e, inks ? &named : NULL);
    return true;
}
