#include "ink/shading/mesh.h"

#include <math.h>

enum { CANVAS_BYTES = 8 << 20, PLACES = 16 };

/* What of the area the mesh can reach; all of it when there is a background. */
static Area reach_of(const Mesh *m) {
    const Shade *s = m->shade;
    Area a = s->area;
    if (s->background)
        return a;
    Area none = {a.x0, a.y0, a.x0, a.y0};
    if (!(m->x0 < a.x1 && m->y0 < a.y1 && m->x1 > a.x0 && m->y1 > a.y0))
        return none;
    return (Area){m->x0 > a.x0 ? (int)floor(m->x0) : a.x0, m->y0 > a.y0 ? (int)floor(m->y0) : a.y0,
                  m->x1 < a.x1 ? (int)ceil(m->x1) : a.x1, m->y1 < a.y1 ? (int)ceil(m->y1) : a.y1};
}

static uint8_t shape_of(uint16_t hits) {
    if (hits == 0 || hits == UINT16_MAX)
        return hits ? 255 : 0;
    return (uint8_t)((__builtin_popcount(hits) * 255 + PLACES / 2) / PLACES);
}

static void tell_band(const MeshCanvas *c) {
    size_t n = (size_t)(c->area.x1 - c->area.x0);
    const uint16_t *hits = c->hits;
    const uint8_t *samples = c->samples;
    for (int y = c->area.y0; y < c->area.y1; y++) {
        for (size_t x = 0; x < n; x++)
            c->shade->shape[x] = shape_of(hits[x]);
        shading_row(c->shade, y, c->area.x0, c->area.x1, c->shade->shape, samples);
        hits += n;
        samples += n * (size_t)c->shade->components;
    }
}

static bool paint_bands(Mesh *m, Area area) {
    const Shade *s = m->shade;
    size_t n = (size_t)(area.x1 - area.x0), of_pixel = sizeof(uint16_t) + (size_t)s->components;
    int rows = (int)(CANVAS_BYTES / (n * of_pixel)) + 1;
    if (rows > area.y1 - area.y0)
        rows = area.y1 - area.y0;
    size_t pixels = n * (size_t)rows;
    MeshCanvas c = {.shade = s,
                    .ramp = m->ramp,
                    .channels = m->channels,
                    .hits = ARENA_ARRAY(s->arena, uint16_t, pixels),
                    .samples = arena_alloc(s->arena, pixels * (size_t)s->components),
                    .grid = ARENA_ARRAY(s->arena, MeshVertex, GRID_ROOM)};
    for (int y = area.y0; y < area.y1; y += rows) {
        c.area = (Area){area.x0, y, area.x1, y + rows < area.y1 ? y + rows : area.y1};
        memset(c.hits, 0, pixels * sizeof *c.hits);
        mesh_walk(m, &c);
        if (shading_spent(s))
            return false;
        tell_band(&c);
    }
    return true;
}

static bool paint_mesh(Mesh *m) {
    const Shade *s = m->shade;
    mesh_walk(m, NULL);
    if (m->too_large)
        return shading_refuse(s, "渐变网格太大", "the mesh of a shading is too large");
    Area area = reach_of(m);
    if (!area_empty(area) && !paint_bands(m, area))
        return false;
    return !m->damaged || shading_refuse(s, "渐变网格的数据不完整",
                                         "the data of a shading's mesh are damaged or cut off");
}

bool shading_mesh(Shade *s, int type) {
    Mesh m;
    bool drawn = mesh_open(&m, s, type) && paint_mesh(&m);
    mesh_close(&m);
    return drawn;
}
