/* The wall: what chupin asks of poppler, as plain C. Behind it stand a few small .cc files; no C++ type and no exception
 * crosses. poppler opens and repairs files, decrypts, parses objects, undoes filters and knows fonts. It does not
 * interpret content: that is interpret.c.
 *
 * A PdfObj is borrowed: it lives until pdf_trim (a fetched object) or as long as its container. Every accessor accepts
 * NULL and answers null, 0 or empty for it and for an object of another type; references are followed everywhere but in
 * the *_ref functions. Bytes in a Str live in the file's memory or, where an arena is passed, in that arena. */
#ifndef CHUPIN_READ_PDF_WALL_H
#define CHUPIN_READ_PDF_WALL_H

#include "base/text.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct PdfFile PdfFile;
typedef struct PdfObj PdfObj;
typedef struct PdfFont PdfFont;

typedef struct PdfRef {
    int num, gen; /* num 0: a direct object */
} PdfRef;

typedef enum PdfType {
    PDF_NULL,
    PDF_BOOL,
    PDF_INT,
    PDF_REAL,
    PDF_STRING,
    PDF_NAME,
    PDF_ARRAY,
    PDF_DICT,
    PDF_STREAM
} PdfType;

typedef enum PdfOpenState {
    PDF_OPENED,
    PDF_OPENED_REPAIRED, /* poppler rebuilt the xref, or we corrected startxref in a copy, or junk stood before %PDF */
    PDF_NEEDS_PASSWORD,
    PDF_NOT_OPENED
} PdfOpenState;

typedef struct PdfOpening {
    PdfOpenState state;
    const char *repair; /* what was repaired, for a person, "" when nothing; in the arena */
    const char *repair_en;
    Text why; /* why it could not be opened; "" when it was */
    bool encrypted, print_allowed;
} PdfOpening;

/* `bytes` must stay valid until pdf_close. NULL when the file could not be opened; `out` then says why.
 * `password` may be NULL. */
PdfFile *pdf_open(PdfOpening *out, Arena *a, const uint8_t *bytes, size_t n, const char *password);
void pdf_close(PdfFile *f);
void pdf_trim(PdfFile *f); /* drops fetched objects; call between pages. Catalog and trailer stay valid. */
/* Syntax errors poppler reported since the last call, as a count; the first is copied to `first` (may be NULL). */
int pdf_complaints(PdfFile *f, char *first, size_t size);
/* Did poppler have to rebuild the table of objects, at opening or later when an object was not where it should be? */
bool pdf_was_rebuilt(PdfFile *f);
const char *poppler_version(void);

/* Objects */
const PdfObj *pdf_trailer(PdfFile *f);
const PdfObj *pdf_catalog(PdfFile *f);
const PdfObj *pdf_object(PdfFile *f, PdfRef ref);
/* An object written out in bytes, such as the dictionary of an inline image; lives until pdf_trim. */
const PdfObj *pdf_parse(PdfFile *f, const char *p, size_t n);
int pdf_object_count(PdfFile *f); /* object numbers run below it */
PdfType pdf_type(const PdfObj *o);
bool pdf_truth(const PdfObj *o, bool otherwise);
double pdf_number(const PdfObj *o, double otherwise); /* NaN and infinities never come out */
int pdf_int(const PdfObj *o, int otherwise);
bool pdf_is_number(const PdfObj *o);
Str pdf_name(const PdfObj *o);   /* bytes of a name, escapes resolved, without the slash */
Str pdf_string(const PdfObj *o); /* raw bytes of a string */
bool pdf_is_name(const PdfObj *o, const char *name);
/* Text string (UTF-16BE, UTF-8 or PDFDoc) as UTF-8; "" if it is none. */
const char *pdf_text(const PdfObj *o, Arena *a);
int pdf_length(const PdfObj *array_or_dict);
const PdfObj *pdf_at(PdfFile *f, const PdfObj *array, int i);
PdfRef pdf_at_ref(const PdfObj *array, int i);
const PdfObj *pdf_lookup(PdfFile *f, const PdfObj *dict_or_stream, const char *key);
PdfRef pdf_lookup_ref(const PdfObj *dict_or_stream, const char *key); /* {0,0} if the value is direct or absent */
const char *pdf_key_at(const PdfObj *dict_or_stream, int i);          /* keys in file order */
const PdfObj *pdf_value_at(PdfFile *f, const PdfObj *dict_or_stream, int i);
PdfRef pdf_value_ref_at(const PdfObj *dict_or_stream, int i);

/* Streams */
typedef struct PdfBytes {
    const uint8_t *p;
    size_t n;
    bool truncated; /* damaged data or the limit: what stands here is what could be read */
    void *owned;    /* for pdf_bytes_free */
} PdfBytes;
/* All filters undone. Content streams go through libdeflate/zlib. At most `limit` bytes. */
PdfBytes pdf_stream_decoded(PdfFile *f, const PdfObj *stream, size_t limit);
/* The first bytes as stored, decrypted but with every filter left on. */
PdfBytes pdf_stream_raw(PdfFile *f, const PdfObj *stream, size_t limit);
/* Image data with the filters before the image codec undone (so a DCT, JPX, JBIG2 or CCITT body); at most `limit`. */
PdfBytes pdf_stream_image_body(PdfFile *f, const PdfObj *stream, size_t limit);
void pdf_bytes_free(PdfBytes *b);
/* Names in /Filter in order of decoding; up to `max`; returns how many there are. */
int pdf_stream_filters(PdfFile *f, const PdfObj *stream, Str *names, int max);

/* Pixels: image data undone piece by piece, because a whole image may be larger than memory should be. */
typedef struct PdfPixels PdfPixels;
/* All filters undone, JPX, JBIG2 and CCITT too; a JPX image comes interleaved, a byte a channel. `stored` are the bytes
 * of an inline image, whose dictionary `dict` is; NULL: `dict` is a stream. No more than `most` bytes will be read. Close
 * it before pdf_trim. NULL for DCTDecode, whose body is asked for below, for a filter that is not known and without data. */
PdfPixels *pdf_pixels_open(PdfFile *f, const PdfObj *dict, const PdfBytes *stored, size_t most);
size_t pdf_pixels_read(PdfPixels *s, uint8_t *out, size_t n); /* less than n: the data end here */
size_t pdf_pixels_total(const PdfPixels *s);                  /* bytes of a JPX image; 0 for others */
bool pdf_pixels_damaged(const PdfPixels *s);                  /* was anything wrong with what was read so far? */
void pdf_pixels_close(PdfPixels *s);                          /* NULL is allowed */
/* As pdf_stream_image_body, for an inline image. */
PdfBytes pdf_inline_image_body(PdfFile *f, const PdfObj *dict, const PdfBytes *stored, size_t limit);

/* Fonts. A font is cached by reference and lives until pdf_close; direct font dictionaries by their address until
 * pdf_trim. NULL when poppler can make no font of it. */
PdfFont *pdf_font(PdfFile *f, PdfRef ref, const PdfObj *dict);
typedef struct PdfGlyph {
    uint32_t code; /* character code; the CID for a composite font */
    int bytes;     /* how many bytes of the string it took */
    float advance, rise;     /* displacement in em: (w0, 0), or (0, w1) when vertical */
    float origin_x, origin_y; /* vertical writing: position vector v in em; else 0 */
    const uint32_t *unicode; /* code points, borrowed until the next call */
    int unicode_count;       /* 0: the font does not tell */
} PdfGlyph;
int pdf_font_next(PdfFont *font, const uint8_t *s, int n, PdfGlyph *out); /* bytes used; 0 at the end */
bool pdf_font_is_vertical(const PdfFont *font);
bool pdf_font_is_composite(const PdfFont *font);
bool pdf_font_is_type3(const PdfFont *font);
double pdf_font_ascent(const PdfFont *font);  /* em */
double pdf_font_descent(const PdfFont *font); /* em, negative */
/* Is there a glyph for this code in the embedded program? 1 yes, 0 no (.notdef), -1 cannot tell. */
int pdf_font_has_glyph(PdfFont *font, uint32_t code);

/* What the choice of a glyph is made with. A font of a direct dictionary goes with pdf_trim, and its
 * address may come back as another font; its key does not while somebody holds it. */
typedef struct PdfFontHold PdfFontHold;
const void *pdf_font_key(const PdfFont *font);
PdfFontHold *pdf_font_hold(const PdfFont *font); /* may outlive the font, not the file */
void pdf_font_release(PdfFontHold *hold);
/* The names of the codes in an encoding of ISO 32000-1, Annex D (WinAnsiEncoding …); NULL where a
 * code has none. */
bool pdf_encoding(const char *names[256], Arena *a, const char *encoding);
/* By the Adobe glyph list. */
uint32_t pdf_unicode_of_name(const char *glyph_name); /* 0: not in the list */
int pdf_mac_roman_of_name(const char *glyph_name);    /* -1: not in Mac OS Roman */
const char *pdf_other_name(const char *glyph_name);   /* ff, ffi …: f_f, f_f_i …; NULL: none */

#ifdef __cplusplus
}
#endif
#endif
