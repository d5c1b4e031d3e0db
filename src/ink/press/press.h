/* The press: how colour becomes ink. One table says which planes a mark paints (overprint.def, ISO
 * 32000-1 Table 149), lcms2 converts what is not given in inks.
 *
 * DeviceCMYK, Separation and DeviceN are inks as they stand. DeviceGray is black ink. RGB (taken as
 * sRGB), Lab, Cal and ICC colour, gray ICC too, is converted to the press's inks: relative
 * colorimetric with black point compensation. ICCBased CMYK whose profile is the press's, or any
 * when the press was not named by the file's output intent, passes unchanged. An ICC profile that
 * can not be used gives way to its alternate (ISO 32000-1, 8.6.5.5). One transform a profile and
 * blend space.
 *
 *     Press *p = press_new(document, file, &profile);
 *     press_page(p, &planes);
 *     if (press_colour(p, &paint, &nothing, &gs->fill, surface_space(s), overprint, &why)) … */
#ifndef CHUPIN_INK_PRESS_PRESS_H
#define CHUPIN_INK_PRESS_PRESS_H

#include "ink/surface/surface.h"
#include "read/pdf/paint.h"

/* CARRIED: embedded in a raster file, for its own pixels. */
typedef enum PressSource {
    PRESS_OF_INTENT,
    PRESS_CARRIED,
    PRESS_OF_JOB,
    PRESS_BUILT_IN
} PressSource;
enum { PRESS_SOURCES = PRESS_BUILT_IN + 1 };
typedef struct PressProfile {
    const char *name; /* description of the profile */
    char sha256[65];
    PressSource source;
    const uint8_t *bytes;
    size_t count;
} PressProfile;

Text press_source_text(PressSource s); /* where the profile comes from, for a person */

/* The press profile of a document: its CMYK output intent; else `job` (may be NULL); else
 * Ghostscript's default_cmyk.icc (Debian package libgs-common). False with a reason when not even
 * that can be read. */
bool press_profile(PressProfile *out, Arena *document, PdfFile *f, const PressProfile *job,
                   Text *why);
/* The same for a file that is no PDF: the profile it carries counts as its intent, if it is one
 * that can be printed with. NULL: it carries none. */
bool press_profile_carried(PressProfile *out, Arena *document, const uint8_t *p, size_t n,
                           const PressProfile *job, Text *why);
/* A CMYK output profile from bytes that outlive `out`, as a job names one. False: it can not be
 * printed with, `why` says why. */
bool press_profile_read(PressProfile *out, Arena *a, const uint8_t *p, size_t n, PressSource source,
                        Text *why);

const char *press_version(void); /* of lcms2, for the report */

typedef struct Press Press;
/* For the life of the document, and `profile` with it: one that press_profile or press_profile_read
 * gave. `f` is NULL for a file that is no PDF. */
Press *press_new(Arena *document, PdfFile *f, const PressProfile *profile);
void press_free(Press *p);
void press_page(Press *p, Planes *planes); /* planes of the page that is drawn next */

/* How a mark is made, for Table 149. */
typedef enum MarkClass {
    CLASS_MARK /* paths, text, stencils */,
    CLASS_IMAGE,
    CLASS_SHADING
} MarkClass;
typedef struct Overprint {
    bool on; /* op or OP, whichever applies */
    int mode;
} Overprint;

/* The paint of a flat colour: count, planes, values, flat, all, keeps_others are set, the rest is
 * left alone. `nothing`: the colour paints no plane at all (/None). False: the colour can not be
 * converted truthfully; `why` says why. */
bool press_colour(Press *p, Paint *out, bool *nothing, const Colour *c, BlendSpace in, Overprint o,
                  Text *why);

/* The same for rows of samples: 8 bits a component, interleaved; 0 … 255 spans the default Decode
 * range of the component. Indexed is not accepted: expand to the base first. */
typedef struct PressRows PressRows;
const PressRows *press_rows(Press *p, const ColourSpace *space, BlendSpace in,
                            Text *why); /* NULL: can not. Good until the next press_page */
/* Rows of a file that is no PDF: SPACE_GRAY, SPACE_RGB, SPACE_CMYK or SPACE_LAB, samples as
 * read/raster/raster.h has them. `icc` is the profile that tells what gray or RGB mean, good as
 * long as the press; NULL, or one that can not be used: gray is black ink, RGB is sRGB. */
const PressRows *press_rows_carried(Press *p, Space space, const uint8_t *icc, size_t n);
/* Which planes the rows are of; sets count, planes, all, keeps_others, flat = false. Fewer planes
 * where the others are knocked out anyway. Rows of /None have no plane and keep the others. */
void press_rows_paint(const PressRows *r, Paint *out, Overprint o, MarkClass class);
/* `planes[i]` gets `n` tints for paint->planes[i]; `paint` as press_rows_paint left it. For /All
 * planes[0] gets them. */
void press_rows_convert(const PressRows *r, const Paint *paint, const uint8_t *samples, size_t n,
                        uint8_t *const *planes);

/* Gray, RGB or inks to the parent's space when a group ends; fits GroupEnd.convert. */
typedef struct PressBridge {
    Press *press;
    BlendSpace from, to;
} PressBridge;
void press_bridge(void *bridge, uint8_t *const rows[4], size_t n);

/* Process tints to sRGB through the press profile, for previews: `n` pixels, `rgb` interleaved. */
void press_preview(Press *p, const uint8_t *const cmyk[4], size_t n, uint8_t *rgb);

#endif
