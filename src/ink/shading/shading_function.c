/* Type 1: colour by place in a rectangle (ISO 32000-1, 8.7.4.5.2). */
#include <math.h>

#include "ink/shading/shading_parts.h"

static void place_row(const Shade *s, const Matrix *m, const double *domain, int y) {
    int n = s->area.x1 - s->area.x0;
    Point p = matrix_apply(m, s->area.x0 + 0.5, y + 0.5);
    memset(s->shape, 255, (size_t)n);
    shading_cut(s->shape, n, (Cut){p.x, m->a, hypot(m->a, m->c), domain[0], domain[1]});
    shading_cut(s->shape, n, (Cut){p.y, m->b, hypot(m->b, m->d), domain[2], domain[3]});
    for (int i = 0; i < n; i++) {
        double in[2] = {fmin(fmax(p.x + i * m->a, domain[0]), domain[1]),
                        fmin(fmax(p.y + i * m->b, domain[2]), domain[3])};
        if (s->shape[i])
            shading_evaluate(s, in, s->samples + i * s->components);
    }
}

bool shading_of_function(Shade *s) {
    static const double unit[4] = {0, 1, 0, 1};
    const double *domain = shading_numbers(s, "Domain", 4);
    const double *matrix = shading_numbers(s, "Matrix", 6);
    domain = domain ? domain : unit;
    Matrix m = {1, 0, 0, 1, 0, 0}, to_domain;
    if (matrix)
        m = (Matrix){matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5]};
    m = matrix_multiply(&m, &s->to_device);
    if (!shading_invert(s, &m, &to_domain))
        return false;
    for (int y = s->area.y0; y < s->area.y1; y++) {
        place_row(s, &to_domain, domain, y);
        if (shading_spent(s))
            return false;
        shading_row(s, y, s->area.x0, s->area.x1, s->shape, s->samples);
    }
    return true;
}
