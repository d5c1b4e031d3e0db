/* Type 1: colour by place in a rectangle (ISO 32000-1, 8.7.4.5.2). */
#include <math.h>

#include "ink/shading_parts.h"

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
    double reach_x = hypot(to_domain.a, to_domain.c), reach_y = hypot(to_domain.b, to_domain.d);
    for (int y = s->area.y0; y < s->area.y1; y++) {
        for (int x = s->area.x0; x < s->area.x1; x++) {
            size_t i = (size_t)(x - s->area.x0);
            Point p = matrix_apply(&to_domain, x + 0.5, y + 0.5);
            double share = overlap(p.x, reach_x, domain[0], domain[1]) *
                           overlap(p.y, reach_y, domain[2], domain[3]);
            s->shape[i] = (uint8_t)(share * 255 + 0.5);
            double in[2] = {fmin(fmax(p.x, domain[0]), domain[1]),
                            fmin(fmax(p.y, domain[2]), domain[3])};
            if (s->shape[i])
                shading_evaluate(s, in, s->samples + i * (size_t)s->components);
        }
        if (shading_spent(s))
            return false;
        shading_row(s, y, s->area.x0, s->area.x1, s->shape, s->samples);
    }
    return true;
}
