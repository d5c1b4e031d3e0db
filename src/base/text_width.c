#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

/* Terminal columns of one code point. Controls and combining marks take none. */
static int point_width(int32_t point) {
    if (point < 0x7F)
        return point >= 0x20;
    return utf8proc_charwidth(point);
}

int text_width(const char *s, size_t n) {
    const char *p = s, *end = s + n;
    int width = 0;
    while (p < end) {
        int32_t point;
        text_next(&p, end, &point);
        width += point_width(point);
    }
    return width;
}

size_t text_clip(const char *s, int columns) {
    const char *p = s, *end = s + strlen(s);
    while (p < end) {
        const char *from = p;
        int32_t point;
        text_next(&p, end, &point);
        columns -= point_width(point);
        if (columns < 0)
            return (size_t)(from - s);
    }
    return (size_t)(p - s);
}
