#include "ink/picture/picture_unpack.h"

#include <math.h>
#include <string.h>

static uint8_t byte_of(double v) {
    return (uint8_t)(v >= 255 ? 255 : v > 0 ? lround(v) : 0);
}

/* Decode of component `c` as samples of the smallest and the largest code. */
static void decoded_ends(const PictureData *d, int c, double *low, double *high) {
    double usual = d->usual[2 * c], span = d->usual[2 * c + 1] - usual;
    *low = 255 * (d->decode[2 * c] - usual) / span;
    *high = 255 * (d->decode[2 * c + 1] - usual) / span;
    if (d->use == USE_SHAPE) { /* code 0 paints (ISO 32000-1, 8.9.6.2) */
        *low = 255 - *low;
        *high = 255 - *high;
    }
}

/* A Decode that clips nothing is affine, so means may be taken before it: it is left for the few
 * pixels of the device. */
static bool can_wait(const PictureData *d) {
    bool inside = d->use == USE_COLOUR && !d->keyed;
    for (int c = 0; inside && c < d->components; c++) {
        double low, high;
        decoded_ends(d, c, &low, &high);
        inside = low >= 0 && low <= 255 && high >= 0 && high <= 255;
    }
    return inside;
}

static void fill_ramp(uint8_t *map, double low, double high, int depth) {
    int last = (1 << depth) - 1;
    for (int v = 0; v < 256; v++) {
        int code = v >> (8 - depth);
        map[v] = byte_of(low + (high - low) * code / last);
    }
}

/* Codes of less than a byte, or coded with less, are their upper bits. */
static void fill_map(Unpack *u, const PictureData *d, int depth) {
    for (int c = 0; c < u->codes; c++) {
        double low, high;
        decoded_ends(d, c, &low, &high);
        fill_ramp(u->map[c], low, high, depth);
    }
}

/* Decode of an Indexed image gives the index, rounded and kept to the palette (8.9.5.2). */
static void fill_index(Unpack *u, const PictureData *d) {
    int bits = u->bits < 8 ? u->bits : 8, last = (1 << bits) - 1;
    for (int code = 0; code <= last; code++) {
        double index = d->decode[0] + code * (d->decode[1] - d->decode[0]) / last;
        index = fmin(fmax(index, 0), d->space->high);
        u->map[0][code << (8 - bits)] = (uint8_t)lround(index);
    }
}

static void fill_wide(Unpack *u, Arena *scratch) {
    int each = 8 / u->bits;
    u->wide = arena_alloc(scratch, 256 * sizeof *u->wide);
    for (int byte = 0; byte < 256; byte++)
        for (int i = 0; i < each; i++) {
            uint8_t top = (uint8_t)(byte << (i * u->bits));
            top = (uint8_t)(top & (0xff00u >> u->bits));
            u->wide[byte][i] = u->codes == 1 && !u->key ? u->map[0][top] : top;
        }
}

static void fill_after(Unpack *u, Arena *scratch, const PictureData *d) {
    uint8_t(*after)[256] = arena_alloc(scratch, (size_t)u->codes * sizeof *after);
    for (int c = 0; c < u->codes; c++) {
        double low, high;
        decoded_ends(d, c, &low, &high);
        fill_ramp(after[c], low, high, 8);
    }
    u->after = (const uint8_t(*)[256])after;
}

void unpack_start(Unpack *u, Arena *scratch, const PictureData *d, const PictureSource *s,
                  Weight weight) {
    bool indexed = d->space && d->space->space == SPACE_INDEXED;
    *u = (Unpack){.width = s->width,
                  .codes = d->components,
                  .stored = s->channels,
                  .bits = s->bits,
                  .samples = indexed ? d->space->base->components : d->components,
                  .weight = weight,
                  .palette = indexed ? d->space->palette : NULL};
    u->channels = u->samples + (weight != WEIGHT_NONE);
    if (weight == WEIGHT_KEY) /* `d` goes before the rows are read */
        u->key = memcpy(arena_alloc(scratch, sizeof d->key), d->key, sizeof d->key);
    int depth = u->bits < 8 ? u->bits : s->depth;
    bool waits = !indexed && depth == 8 && u->bits == 8 && d->decoded && can_wait(d);
    u->mapped = !waits && (indexed || d->decoded || d->use == USE_SHAPE || depth < 8);
    u->map = arena_alloc(scratch, (size_t)u->codes * sizeof *u->map);
    if (indexed)
        fill_index(u, d);
    else
        fill_map(u, d, depth);
    if (waits)
        fill_after(u, scratch, d);
    if (u->bits < 8)
        fill_wide(u, scratch);
    u->as_it_is =
        u->bits == 8 && !u->mapped && !u->palette && weight == WEIGHT_NONE && u->stored == u->codes;
    size_t pixels = (size_t)u->width + 8;
    if (u->bits != 8)
        u->apart = arena_alloc(scratch, pixels * (size_t)u->stored);
    if (!u->as_it_is)
        u->out = arena_alloc(scratch, pixels * (size_t)u->channels);
}

/* Whole bytes are taken apart; the row has room for those beyond its end. */
static void take_apart(uint8_t *out, const Unpack *u, const uint8_t *row, size_t n) {
    size_t each = 8 / (size_t)u->bits;
    for (size_t i = 0; i * each < n; i++)
        memcpy(out + i * each, u->wide[row[i]], 8);
}

/* 65535 is 255 times 257; the nearest of the 256 levels. */
static void round_words(uint8_t *out, const uint8_t *row, size_t n) {
    for (size_t i = 0; i < n; i++) {
        unsigned v = (unsigned)(row[2 * i] << 8 | row[2 * i + 1]);
        out[i] = (uint8_t)((v * 255 + 32767) / 65535);
    }
}

/* Are all codes of the pixel within the key? Codes of less than a byte stand in its upper bits. */
static bool is_key(const Unpack *u, const uint8_t *row, const uint8_t *codes, size_t x) {
    for (int c = 0; c < u->codes; c++) {
        size_t at = x * (size_t)u->stored + (size_t)c;
        int code = u->bits == 16  ? row[2 * at] << 8 | row[2 * at + 1]
                   : u->bits == 8 ? codes[at]
                                  : codes[at] >> (8 - u->bits);
        if (code < u->key[2 * c] || code > u->key[2 * c + 1])
            return false;
    }
    return true;
}

static void colour_pixels(const Unpack *u, const uint8_t *codes, bool mapped) {
    size_t stored = (size_t)u->stored, channels = (size_t)u->channels;
    uint8_t *out = u->out;
    for (int x = 0; x < u->width; x++, codes += stored, out += channels) {
        if (u->palette) {
            uint8_t index = mapped ? codes[0] : u->map[0][codes[0]];
            memcpy(out, u->palette + (size_t)index * (size_t)u->samples, (size_t)u->samples);
        } else if (mapped) {
            memcpy(out, codes, (size_t)u->codes);
        } else {
            for (int c = 0; c < u->codes; c++)
                out[c] = u->map[c][codes[c]];
        }
    }
}

static uint8_t weight_of(const Unpack *u, const uint8_t *row, const uint8_t *codes, size_t x,
                         const uint8_t *mate) {
    switch (u->weight) {
    case WEIGHT_NONE:
        return 255;
    case WEIGHT_KEY:
        return is_key(u, row, codes, x) ? 0 : 255;
    case WEIGHT_INSIDE:
    case WEIGHT_PREMULTIPLIED:
        return codes[x * (size_t)u->stored + (size_t)u->codes];
    case WEIGHT_MATE:
        return mate[x];
    }
    return 255;
}

static void weigh(const Unpack *u, const uint8_t *row, const uint8_t *codes, const uint8_t *mate) {
    uint8_t *out = u->out;
    for (size_t x = 0; x < (size_t)u->width; x++, out += u->channels) {
        unsigned w = weight_of(u, row, codes, x, mate);
        out[u->samples] = (uint8_t)w;
        if (w < 255 && u->weight != WEIGHT_PREMULTIPLIED)
            for (int c = 0; c < u->samples; c++)
                out[c] = (uint8_t)((out[c] * w + 127) / 255);
    }
}

const uint8_t *unpack_row(Unpack *u, const uint8_t *row, const uint8_t *mate) {
    if (u->as_it_is)
        return row;
    size_t codes = (size_t)u->width * (size_t)u->stored;
    const uint8_t *apart = row;
    bool mapped = u->bits < 8 && u->codes == 1 && !u->key;
    if (u->bits == 16)
        round_words(u->apart, row, codes);
    else if (u->bits < 8)
        take_apart(u->apart, u, row, codes);
    if (u->bits != 8)
        apart = u->apart;
    bool finished = mapped || !u->mapped;
    if (finished && !u->palette && u->weight == WEIGHT_NONE && u->stored == u->codes)
        return apart;
    /* Codes in the upper bits of a byte still need the map to become samples. */
    colour_pixels(u, apart, mapped || (!u->mapped && u->bits >= 8 && !u->palette));
    if (u->weight != WEIGHT_NONE)
        weigh(u, row, apart, mate);
    return u->out;
}
