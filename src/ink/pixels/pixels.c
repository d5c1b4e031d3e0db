#include "ink/pixels/pixels.h"

enum { MOST_WHO = 32 };

typedef struct Telling {
    const PixelRows *who;
    size_t count;
    bool done[MOST_WHO];
} Telling;

static bool tell_row(void *self, uint32_t y, const uint8_t *samples) {
    Telling *t = self;
    bool wanted = false;
    for (size_t i = 0; i < t->count; i++) {
        t->done[i] = t->done[i] || !t->who[i].row(t->who[i].self, y, samples);
        wanted |= !t->done[i];
    }
    return wanted;
}

RasterRead pixels_tell(const RasterPixels *p, const PixelRows *who, size_t count) {
    Telling t = {.who = who, .count = count < MOST_WHO ? count : MOST_WHO};
    RasterRead read = raster_rows(p, tell_row, &t);
    for (size_t i = 0; i < t.count; i++)
        if (who[i].end)
            who[i].end(who[i].self, &read);
    return read;
}
