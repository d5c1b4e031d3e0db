#include "read/raster/jpeg_file.h"

#include <string.h>

/* ICC.1:2010, B.4: each segment says its number, from 1, and how many there are. */
enum { NUMBERS = 2, MOST_PARTS = MOST_ICC_PARTS + 1 };

/* Puts the parts in order; what is refused here libjpeg's jpeg_read_icc_profile refuses too. */
static Text order(const JpegFile *f, const JpegPart *in_order[MOST_PARTS]) {
    size_t kept = f->icc_parts < MOST_ICC_PARTS ? f->icc_parts : MOST_ICC_PARTS;
    for (size_t i = 0; i < kept; i++) {
        const JpegPart *part = &f->icc[i];
        if (part->n < NUMBERS || part->p[1] != f->icc[0].p[1] || !part->p[0] ||
            part->p[0] > part->p[1])
            return (Text){"特性文件的分段编号不对", "wrong numbers of the profile's segments"};
        if (in_order[part->p[0]])
            return (Text){"特性文件的分段编号重复", "two segments of the profile with one number"};
        in_order[part->p[0]] = part;
    }
    if (f->icc_parts != f->icc[0].p[1])
        return (Text){"特性文件缺了分段", "segments of the profile are missing"};
    return (Text){0};
}

static void join(const JpegFile *f, const JpegPart *const *in_order, RasterHead *out) {
    size_t total = 0;
    for (size_t i = 1; i <= f->icc_parts; i++)
        total += in_order[i]->n - NUMBERS;
    if (!total) {
        out->icc_fault = (Text){"特性文件是空的", "the profile is empty"};
        return;
    }
    uint8_t *joined = f->icc_parts > 1 ? arena_alloc(f->source.arena, total) : NULL;
    out->icc = joined ? joined : in_order[1]->p + NUMBERS;
    out->icc_count = total;
    for (size_t i = 1; joined && i <= f->icc_parts; i++) {
        size_t n = in_order[i]->n - NUMBERS;
        memcpy(joined, in_order[i]->p + NUMBERS, n);
        joined += n;
    }
}

void jpegfile_read_icc(const JpegFile *f, RasterHead *out) {
    const JpegPart *in_order[MOST_PARTS] = {0};
    if (!f->icc_parts)
        return;
    out->icc_fault = f->icc[0].n < NUMBERS
                         ? (Text){"特性文件的分段是空的", "an empty segment of the profile"}
                         : order(f, in_order);
    if (!out->icc_fault.zh)
        join(f, in_order, out);
}
