/* Mesh shadings, types 4 to 7: triangles and patches read from a stream and painted on a canvas.
 *
 * A vertex carries channels: levels 0 … 255 of each component, or, where the shading has a
 * function, the place 0 … 1 of its parametric variable in its range. The stream is read again for
 * every band of the canvas, so that memory does not grow with the mesh. */
#ifndef CHUPIN_INK_SHADING_MESH_H
#define CHUPIN_INK_SHADING_MESH_H

#include "ink/shading/shading_parts.h"

typedef struct MeshVertex {
    double x, y; /* device */
    float channels[MAX_COLORANTS];
} MeshVertex;

/* Points and corners in the order of the stream (ISO 32000-1, 8.7.4.5.8): along the boundary from
 * u = v = 0, up in v first, then the inner points. */
typedef struct MeshPatch {
    Point points[16];
    float corners[4][MAX_COLORANTS];
} MeshPatch;

typedef struct MeshCanvas {
    const Shade *shade;
    Ramp *ramp; /* NULL: channels are levels */
    int channels;
    Area area;
    uint16_t *hits;   /* a pixel has 4 × 4 places, a bit each, that are set when covered */
    uint8_t *samples; /* of pixels with a hit */
    MeshVertex *grid; /* room for two rows of a patch */
} MeshCanvas;
enum { MOST_CELLS = 1024, GRID_ROOM = 2 * (MOST_CELLS + 1) };

/* A pixel whose centre is inside takes the colour there; one that is only touched does so while
 * nothing else has covered it. */
void mesh_triangle(MeshCanvas *c, const MeshVertex *a, const MeshVertex *b, const MeshVertex *d);
/* The 12 points of a Coons patch become 16. */
void mesh_patch_from_coons(MeshPatch *p);
void mesh_patch(MeshCanvas *c, const MeshPatch *p);

typedef struct Mesh {
    const Shade *shade;
    int type;
    PdfBytes data;
    int flag_bits, coordinate_bits, component_bits;
    const double *decode;
    int written; /* numbers of a colour in the stream */
    int channels;
    int per_row;
    Ramp *ramp;
    MeshVertex *rows;      /* of a lattice: two */
    double x0, y0, x1, y1; /* of all points */
    size_t vertices;       /* read in this walk */
    bool damaged, too_large;
} Mesh;

/* False: `why` of the shading says why. */
bool mesh_open(Mesh *m, const Shade *s, int type);
void mesh_close(Mesh *m);
/* Paints all of it; without a canvas it is measured and checked. */
void mesh_walk(Mesh *m, MeshCanvas *c);

#endif
