/* The streams of meshes (ISO 32000-1, 8.7.4.5.5 to 8.7.4.5.8). */
#include <math.h>

#include "ink/shading/function_bits.h"
#include "ink/shading/mesh.h"

enum { MOST_DATA = 1 << 26, MOST_VERTICES = 1 << 22, MOST_IN_ROW = 1 << 16, POINT_STEPS = 16 };
enum { MOST_FILL = 3 };              /* bytes behind the last record that may fill up the stream */
static const double FARTHEST = 1e9;  /* pixels */
static const double STRONGEST = 1e6; /* levels; clipped when painted */

static bool one_of(int bits, const char *widths) {
    for (; *widths; widths++)
        if (bits == *widths)
            return true;
    return false;
}

static bool read_widths(Mesh *m) {
    const Shade *s = m->shade;
    m->coordinate_bits = pdf_int(pdf_lookup(s->file, s->object, "BitsPerCoordinate"), 0);
    m->component_bits = pdf_int(pdf_lookup(s->file, s->object, "BitsPerComponent"), 0);
    m->flag_bits = m->type == 5 ? 0 : pdf_int(pdf_lookup(s->file, s->object, "BitsPerFlag"), -1);
    return one_of(m->coordinate_bits, "\1\2\4\10\14\20\30\40") &&
           one_of(m->component_bits, "\1\2\4\10\14\20") &&
           (m->type == 5 || one_of(m->flag_bits, "\2\4\10"));
}

static bool read_row(Mesh *m) {
    const Shade *s = m->shade;
    m->per_row = pdf_int(pdf_lookup(s->file, s->object, "VerticesPerRow"), 0);
    if (m->per_row > MOST_IN_ROW)
        return shading_refuse(s, "渐变网格太大", "the mesh of a shading is too large");
    if (m->per_row < 2)
        return false;
    m->rows = ARENA_ARRAY(s->arena, MeshVertex, 2 * m->per_row);
    return true;
}

bool mesh_open(Mesh *m, const Shade *s, int type) {
    *m = (Mesh){.shade = s,
                .type = type,
                .written = s->function ? 1 : s->values,
                .channels = s->function ? 1 : s->components};
    m->decode = shading_numbers(s, "Decode", 4 + 2 * m->written);
    if (pdf_type(s->object) != PDF_STREAM || !m->decode || !read_widths(m) ||
        (type == 5 && !read_row(m)))
        return false;
    if (s->function)
        m->ramp = ramp_new(s, m->decode[4], m->decode[5]);
    m->data = pdf_stream_decoded(s->file, s->object, MOST_DATA);
    m->damaged = m->data.truncated;
    return true;
}

void mesh_close(Mesh *m) {
    pdf_bytes_free(&m->data);
}

static double decoded(uint32_t v, int bits, const double *range) {
    return range[0] + v * (range[1] - range[0]) / (ldexp(1, bits) - 1);
}

static Point read_point(Mesh *m, Bits *b) {
    double x = decoded(bits_take(b, m->coordinate_bits), m->coordinate_bits, m->decode);
    double y = decoded(bits_take(b, m->coordinate_bits), m->coordinate_bits, m->decode + 2);
    Point p = matrix_apply(&m->shade->to_device, x, y);
    if (!(fabs(p.x) < FARTHEST) || !(fabs(p.y) < FARTHEST)) {
        m->damaged = true;
        return (Point){NAN, NAN};
    }
    m->vertices++;
    *m->shade->steps_left -= POINT_STEPS;
    m->x0 = fmin(m->x0, p.x);
    m->y0 = fmin(m->y0, p.y);
    m->x1 = fmax(m->x1, p.x);
    m->y1 = fmax(m->y1, p.y);
    return p;
}

static float place_of(const double *range, double t) {
    double place = range[0] != range[1] ? (t - range[0]) / (range[1] - range[0]) : 0;
    return (float)place;
}

/* A colour of an Indexed space becomes one of its base at once: between indices there is nothing.
 */
static void read_channels(const Mesh *m, Bits *b, float *channels) {
    const Shade *s = m->shade;
    double values[MAX_COLORANTS];
    for (int i = 0; i < m->written; i++)
        values[i] =
            decoded(bits_take(b, m->component_bits), m->component_bits, m->decode + 4 + 2 * i);
    if (s->function) {
        channels[0] = place_of(m->decode + 4, values[0]);
    } else if (s->space->space == SPACE_INDEXED) {
        uint8_t sample[MAX_COLORANTS];
        shading_sample(s, values, sample);
        for (int i = 0; i < m->channels; i++)
            channels[i] = sample[i];
    } else {
        for (int i = 0; i < m->channels; i++)
            channels[i] =
                (float)fmin(fmax((values[i] - s->low[i]) * s->scale[i], -STRONGEST), STRONGEST);
    }
}

static size_t record_bits(const Mesh *m, int points, int colours) {
    return (size_t)(2 * points * m->coordinate_bits + colours * m->written * m->component_bits);
}

static bool more(Mesh *m, const Bits *b, size_t bits) {
    m->too_large |= m->vertices > MOST_VERTICES;
    return bits_left(b, bits) && !m->too_large && *m->shade->steps_left >= 0;
}

/* What is left over and does not just fill up the stream is a record that was cut off. */
static void judge_rest(Mesh *m, const Bits *b) {
    m->damaged |= bits_left(b, 8 * MOST_FILL + 1);
}

static uint32_t read_vertex(Mesh *m, Bits *b, MeshVertex *v) {
    uint32_t flag = bits_take(b, m->flag_bits) & 3;
    Point p = read_point(m, b);
    v->x = p.x;
    v->y = p.y;
    read_channels(m, b, v->channels);
    bits_to_byte(b);
    return flag;
}

static void paint_triangle(MeshCanvas *c, const MeshVertex *a, const MeshVertex *b,
                           const MeshVertex *d) {
    if (c && !isnan(a->x + b->x + d->x))
        mesh_triangle(c, a, b, d);
}

/* Flag 0 starts a triangle, whose other two vertices have flags that do not count; 1 goes on from
 * the last two vertices, 2 from the first and last. */
static void walk_free_form(Mesh *m, MeshCanvas *c) {
    Bits b = bits_of(m->data.p, m->data.n);
    size_t bits = (size_t)m->flag_bits + record_bits(m, 1, 1);
    MeshVertex v[3], next = {0};
    int begun = 0;
    bool whole = false;
    while (more(m, &b, bits)) {
        uint32_t flag = read_vertex(m, &b, &next);
        if (begun == 0 && flag > 0) {
            if (!whole || flag == 3) {
                m->damaged = true;
                continue;
            }
            if (flag == 1)
                v[0] = v[1];
            v[1] = v[2];
            begun = 2;
        }
        v[begun++] = next;
        if (begun < 3)
            continue;
        whole = true;
        begun = 0;
        paint_triangle(c, &v[0], &v[1], &v[2]);
    }
    m->damaged |= begun > 0;
    judge_rest(m, &b);
}

static void walk_lattice(Mesh *m, MeshCanvas *c) {
    Bits b = bits_of(m->data.p, m->data.n);
    size_t bits = (record_bits(m, 1, 1) + 7) / 8 * 8, n = (size_t)m->per_row;
    MeshVertex *above = m->rows, *row = m->rows + n;
    for (size_t count = 0; more(m, &b, bits * n); count++) {
        for (size_t i = 0; i < n; i++)
            read_vertex(m, &b, &row[i]);
        for (size_t i = 0; count > 0 && i + 1 < n; i++) {
            paint_triangle(c, &above[i], &above[i + 1], &row[i]);
            paint_triangle(c, &above[i + 1], &row[i], &row[i + 1]);
        }
        MeshVertex *last = above;
        above = row;
        row = last;
    }
    m->damaged |= m->vertices < 2 * n;
    judge_rest(m, &b);
}

/* What an edge flag takes over from the patch before: four points and two colours. */
static void take_edge(MeshPatch *p, const MeshPatch *last, uint32_t flag) {
    for (uint32_t i = 0; i < 4; i++)
        p->points[i] = last->points[(3 * flag + i) % 12];
    memcpy(p->corners[0], last->corners[flag], sizeof *p->corners);
    memcpy(p->corners[1], last->corners[(flag + 1) % 4], sizeof *p->corners);
}

static bool patch_finite(const MeshPatch *p, int points) {
    for (int i = 0; i < points; i++)
        if (isnan(p->points[i].x))
            return false;
    return true;
}

static void walk_patches(Mesh *m, MeshCanvas *c) {
    Bits b = bits_of(m->data.p, m->data.n);
    MeshPatch last, p = {0};
    int points = m->type == 6 ? 12 : 16;
    bool first = true;
    while (more(m, &b, (size_t)m->flag_bits)) {
        uint32_t flag = bits_take(&b, m->flag_bits) & 3;
        int from = flag ? 4 : 0;
        if (!bits_left(&b, record_bits(m, points - from, flag ? 2 : 4)))
            break; /* bytes that fill up the stream look like a flag */
        if (flag && first) {
            m->damaged = true;
            return;
        }
        last = p;
        if (flag)
            take_edge(&p, &last, flag);
        for (int i = from; i < points; i++)
            p.points[i] = read_point(m, &b);
        for (int i = flag ? 2 : 0; i < 4; i++)
            read_channels(m, &b, p.corners[i]);
        bits_to_byte(&b);
        first = false;
        if (!c || !patch_finite(&p, points))
            continue;
        MeshPatch whole = p;
        if (m->type == 6)
            mesh_patch_from_coons(&whole);
        mesh_patch(c, &whole);
    }
    m->damaged |= first;
    judge_rest(m, &b);
}

void mesh_walk(Mesh *m, MeshCanvas *c) {
    m->x0 = m->y0 = INFINITY;
    m->x1 = m->y1 = -INFINITY;
    m->vertices = 0;
    if (m->type == 4)
        walk_free_form(m, c);
    else if (m->type == 5)
        walk_lattice(m, c);
    else
        walk_patches(m, c);
}
