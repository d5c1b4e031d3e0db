/* Patches (ISO 32000-1, 8.7.4.5.7 and 8): cut into a grid of cells that are all but flat, painted
 * as two triangles each. Where a patch folds over itself the largest v shows, then the largest u:
 * so cells are painted in that order. */
#include <math.h>

#include "ink/shading/mesh.h"

static const double NEAR_PLACE = 0.1;  /* pixels a place may be off */
static const double NEAR_LEVEL = 0.25; /* levels a colour may be off */
enum { SPAN_OF_RAMP = 1024 };          /* levels that a function is taken to run through */

/* Where the points of the stream belong: column for u, row for v. */
static const uint8_t place_in_grid[16][2] = {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 3}, {2, 3},
                                             {3, 3}, {3, 2}, {3, 1}, {3, 0}, {2, 0}, {1, 0},
                                             {1, 1}, {1, 2}, {2, 2}, {2, 1}};

typedef struct Grid {
    double x[4][4], y[4][4]; /* [u][v] */
} Grid;

static Grid grid_of(const MeshPatch *p) {
    Grid g;
    for (int i = 0; i < 16; i++) {
        g.x[place_in_grid[i][0]][place_in_grid[i][1]] = p->points[i].x;
        g.y[place_in_grid[i][0]][place_in_grid[i][1]] = p->points[i].y;
    }
    return g;
}

/* The inner point beside corner (i, j), from the boundary. */
static double inner(const double p[4][4], int i, int j) {
    int a = i ? 2 : 1, b = j ? 2 : 1, k = 3 - i, l = 3 - j;
    return (-4 * p[i][j] + 6 * (p[i][b] + p[a][j]) - 2 * (p[i][l] + p[k][j]) +
            3 * (p[k][b] + p[a][l]) - p[k][l]) /
           9;
}

void mesh_patch_from_coons(MeshPatch *p) {
    Grid g = grid_of(p);
    for (int i = 12; i < 16; i++) {
        int u = place_in_grid[i][0] == 1 ? 0 : 3, v = place_in_grid[i][1] == 1 ? 0 : 3;
        p->points[i] = (Point){inner(g.x, u, v), inner(g.y, u, v)};
    }
}

/* How much the grid bends along u, along v, and is twisted; how far it goes. */
typedef struct Bend {
    double u, v, twist, length_u, length_v;
} Bend;

static void measure(Bend *b, const double p[4][4]) {
    double u = 0, v = 0, twist = 0;
    for (int i = 0; i < 4; i++) {
        double along_u = 0, along_v = 0;
        for (int j = 0; j < 3; j++) {
            along_u += fabs(p[j + 1][i] - p[j][i]);
            along_v += fabs(p[i][j + 1] - p[i][j]);
            if (j < 2) {
                u = fmax(u, fabs(p[j][i] - 2 * p[j + 1][i] + p[j + 2][i]));
                v = fmax(v, fabs(p[i][j] - 2 * p[i][j + 1] + p[i][j + 2]));
            }
            if (i < 3)
                twist = fmax(twist, fabs(p[i][j] - p[i + 1][j] - p[i][j + 1] + p[i + 1][j + 1]));
        }
        b->length_u = fmax(b->length_u, along_u);
        b->length_v = fmax(b->length_v, along_v);
    }
    b->u = fmax(b->u, u);
    b->v = fmax(b->v, v);
    b->twist = fmax(b->twist, twist);
}

static double colour_twist(const MeshCanvas *c, const MeshPatch *p) {
    double twist = 0;
    for (int i = 0; i < c->channels; i++)
        twist = fmax(twist, (double)fabsf(p->corners[0][i] - p->corners[1][i] + p->corners[2][i] -
                                          p->corners[3][i]));
    return c->ramp ? twist * SPAN_OF_RAMP : twist;
}

/* Not more than one a pixel. */
static int cells(double wanted, double length) {
    double most = fmin(ceil(length) + 1, MOST_CELLS);
    return wanted > 1 ? (int)fmin(ceil(wanted), most) : 1;
}

/* A cubic is off its chords by at most 6/8 of its largest second difference over n²; a cell with a
 * twist is off its two triangles by a quarter of that. */
static void choose_cells(const MeshCanvas *c, const MeshPatch *p, const Grid *g, int *across,
                         int *up) {
    Bend b = {0};
    measure(&b, g->x);
    measure(&b, g->y);
    double u = fmax(1, sqrt(0.75 * b.u / NEAR_PLACE)), v = fmax(1, sqrt(0.75 * b.v / NEAR_PLACE));
    double least = fmax(9 * b.twist / 4 / NEAR_PLACE, colour_twist(c, p) / 4 / NEAR_LEVEL);
    double grow = u * v < least ? sqrt(least / (u * v)) : 1;
    *across = cells(u * grow, b.length_u);
    *up = cells(v * grow, b.length_v);
}

static void weights(double t, double w[4]) {
    double s = 1 - t;
    w[0] = s * s * s;
    w[1] = 3 * s * s * t;
    w[2] = 3 * s * t * t;
    w[3] = t * t * t;
}

static void fill_row(const MeshCanvas *c, const MeshPatch *p, const Grid *g, double v, int across,
                     MeshVertex *row) {
    double along[4], x[4], y[4];
    weights(v, along);
    for (int i = 0; i < 4; i++) {
        x[i] = g->x[i][0] * along[0] + g->x[i][1] * along[1] + g->x[i][2] * along[2] +
               g->x[i][3] * along[3];
        y[i] = g->y[i][0] * along[0] + g->y[i][1] * along[1] + g->y[i][2] * along[2] +
               g->y[i][3] * along[3];
    }
    for (int k = 0; k <= across; k++, row++) {
        double u = (double)k / across, w[4];
        weights(u, w);
        row->x = x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + x[3] * w[3];
        row->y = y[0] * w[0] + y[1] * w[1] + y[2] * w[2] + y[3] * w[3];
        float fu = (float)u, fv = (float)v;
        for (int i = 0; i < c->channels; i++) {
            float start = p->corners[0][i] + fv * (p->corners[1][i] - p->corners[0][i]);
            float end = p->corners[3][i] + fv * (p->corners[2][i] - p->corners[3][i]);
            row->channels[i] = start + fu * (end - start);
        }
    }
}

/* A patch lies within the hull of its points. */
static bool outside(const MeshPatch *p, const Area *a) {
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int i = 0; i < 16; i++) {
        x0 = fmin(x0, p->points[i].x);
        y0 = fmin(y0, p->points[i].y);
        x1 = fmax(x1, p->points[i].x);
        y1 = fmax(y1, p->points[i].y);
    }
    return x0 >= a->x1 || y0 >= a->y1 || x1 <= a->x0 || y1 <= a->y0;
}

void mesh_patch(MeshCanvas *c, const MeshPatch *p) {
    if (outside(p, &c->area))
        return;
    Grid g = grid_of(p);
    int across, up;
    choose_cells(c, p, &g, &across, &up);
    MeshVertex *below = c->grid, *row = c->grid + MOST_CELLS + 1;
    fill_row(c, p, &g, 0, across, below);
    for (int j = 1; j <= up && *c->shade->steps_left >= 0; j++) {
        fill_row(c, p, &g, (double)j / up, across, row);
        for (int i = 0; i < across; i++) {
            mesh_triangle(c, &below[i], &below[i + 1], &row[i]);
            mesh_triangle(c, &below[i + 1], &row[i], &row[i + 1]);
        }
        MeshVertex *last = below;
        below = row;
        row = last;
    }
}
