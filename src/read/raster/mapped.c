#include "read/raster/mapped.h"

#include <sys/mman.h>

enum { MOST_KEPT = 8 << 20, PAGE_BYTES = 1 << 16 /* no system has larger ones by default */ };

void mapped_passed(Mapped *m, const uint8_t *at) {
    const RasterSource *s = m->source;
    if (!s->mapped || at < s->bytes || at > s->bytes + s->count)
        return;
    size_t passed = (size_t)(at - s->bytes) & ~(size_t)(PAGE_BYTES - 1);
    if (passed < m->kept) { /* it has been gone back to an earlier place */
        m->kept = passed;
    } else if (passed - m->kept >= MOST_KEPT) {
        madvise((void *)(uintptr_t)(s->bytes + m->kept), passed - m->kept, MADV_DONTNEED);
        m->kept = passed;
    }
}
