/* Process tints from one blend space to another, and to the screen. */
#include "ink/press/press_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256 };

/* That the press's own transforms can be made was tried when its profile was chosen. */
static const Grid *own_grid(Press *p, Light *l, BlendSpace in) {
    if (light_link(p, l, in) != LINKED) {
        fputs("chupin: out of memory\n", stderr);
        abort();
    }
    return light_grid(l, in);
}

/* n <= CHUNK pixels of `count` rows, side by side; `flip` turns ink to light. */
static void join(uint8_t *pixels, const uint8_t *const *rows, size_t at, size_t n, int count,
                 uint8_t flip) {
    for (size_t x = 0; x < n; x++)
        for (int k = 0; k < count; k++)
            pixels[x * (size_t)count + (size_t)k] = rows[k][at + x] ^ flip;
}

static void lights_to_inks(Press *p, uint8_t *const rows[4], size_t n) {
    const Grid *grid = own_grid(p, &p->of_srgb, BLENDS_IN_INKS);
    uint8_t lights[CHUNK * 3], inks[CHUNK * 4];
    for (size_t at = 0; at < n; at += CHUNK) {
        size_t part = n - at < CHUNK ? n - at : CHUNK;
        uint8_t *to[4] = {rows[0] + at, rows[1] + at, rows[2] + at, rows[3] + at};
        join(lights, (const uint8_t *const *)rows, at, part, 3, 255);
        grid_convert(grid, lights, part, inks);
        pixels_to_rows(inks, part, to, PROCESS);
    }
}

static void inks_to_lights(Press *p, uint8_t *const rows[4], size_t n) {
    const Grid *grid = own_grid(p, &p->of_press, BLENDS_IN_RGB);
    uint8_t inks[CHUNK * 4], lights[CHUNK * 4];
    for (size_t at = 0; at < n; at += CHUNK) {
        size_t part = n - at < CHUNK ? n - at : CHUNK;
        uint8_t *to[3] = {rows[0] + at, rows[1] + at, rows[2] + at};
        join(inks, (const uint8_t *const *)rows, at, part, PROCESS, 0);
        grid_convert(grid, inks, part, lights);
        pixels_to_rows(lights, part, to, 3);
    }
    memset(rows[3], 0, n);
}

/* Rows 0 to 2 hold amounts of ink either way, so lights and inks add up alike. */
static void to_gray(uint8_t *const rows[4], size_t n, bool inks) {
    const uint8_t *const from[4] = {rows[0], rows[1], rows[2], inks ? rows[3] : NULL};
    bytes_to_gray(from, 1, true, n, rows[3]);
    for (int i = 0; i < 3; i++)
        memset(rows[i], 0, n);
}

static void gray_to(uint8_t *const rows[4], size_t n, BlendSpace to) {
    for (int i = 0; i < 3; i++) {
        if (to == BLENDS_IN_RGB)
            memcpy(rows[i], rows[3], n);
        else
            memset(rows[i], 0, n);
    }
    if (to == BLENDS_IN_RGB)
        memset(rows[3], 0, n);
}

void press_bridge(void *bridge, uint8_t *const rows[4], size_t n) {
    const PressBridge *b = bridge;
    if (b->from == b->to)
        return;
    if (b->from == BLENDS_IN_GRAY)
        gray_to(rows, n, b->to);
    else if (b->to == BLENDS_IN_GRAY)
        to_gray(rows, n, b->from == BLENDS_IN_INKS);
    else if (b->from == BLENDS_IN_RGB)
        lights_to_inks(b->press, rows, n);
    else
        inks_to_lights(b->press, rows, n);
}

void press_preview(Press *p, const uint8_t *const cmyk[4], size_t n, uint8_t *rgb) {
    const Grid *grid = own_grid(p, &p->of_press, BLENDS_IN_RGB);
    uint8_t inks[CHUNK * 4], lights[CHUNK * 4];
    for (size_t at = 0; at < n; at += CHUNK) {
        size_t part = n - at < CHUNK ? n - at : CHUNK;
        join(inks, cmyk, at, part, PROCESS, 0);
        grid_convert(grid, inks, part, lights);
        for (size_t x = 0; x < part; x++)
            for (size_t k = 0; k < 3; k++)
                rgb[3 * (at + x) + k] = (uint8_t)(255 - lights[4 * x + k]);
    }
}
