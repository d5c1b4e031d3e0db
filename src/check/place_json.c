#include "check/place_json.h"

#include <math.h>
#include <string.h>

enum { CONTENT_DIGITS = 16 };

void content_json(Json *j, uint64_t content) {
    char digits[CONTENT_DIGITS];
    for (int i = 0; i < CONTENT_DIGITS; i++)
        digits[i] = "0123456789abcdef"[content >> (60 - 4 * i) & 15];
    if (content)
        json_strn(j, digits, sizeof digits);
    else
        json_none(j);
}

static void place_json(Json *j, const Place *p) {
    json_open(j, '[');
    json_int(j, p->page);
    if (p->boxed) {
        const double sides[] = {p->box.x0, p->box.y0, p->box.x1 - p->box.x0, p->box.y1 - p->box.y0};
        json_open(j, '[');
        for (int i = 0; i < 4; i++)
            json_num(j, sides[i], REPORT_DECIMALS);
        json_close(j);
    } else {
        json_none(j);
    }
    json_str(j, p->edge ? enum_word(enum_find("Edge"), p->edge) : NULL);
    json_num(j, p->value, REPORT_DECIMALS);
    content_json(j, p->content);
    json_close(j);
}

void places_json(Json *j, const Place *places, size_t count) {
    json_open(j, '[');
    for (size_t i = 0; i < count; i++)
        place_json(j, &places[i]);
    json_close(j);
}

bool box_read(Box *out, const json_t *from) {
    static const char *const names[] = {"x", "y", "w", "h"};
    double side[4];
    for (size_t i = 0; i < 4; i++) {
        const json_t *n =
            json_is_array(from) ? json_array_get(from, i) : json_object_get(from, names[i]);
        if (!json_is_number(n))
            return false;
        side[i] = json_number_value(n);
    }
    *out = (Box){side[0], side[1], side[0] + side[2], side[1] + side[3]};
    return true;
}

bool content_read(uint64_t *out, const char *text) {
    *out = 0;
    if (!text)
        return true;
    if (strlen(text) != CONTENT_DIGITS || strspn(text, "0123456789abcdef") != CONTENT_DIGITS)
        return false;
    for (const char *p = text; *p; p++)
        *out = *out << 4 | (uint64_t)(*p <= '9' ? *p - '0' : *p - 'a' + 10);
    return true;
}

static bool place_read(Place *out, const json_t *from) {
    const json_t *page = json_array_get(from, 0), *box = json_array_get(from, 1),
                 *edge = json_array_get(from, 2), *value = json_array_get(from, 3),
                 *content = json_array_get(from, 4);
    *out = (Place){.box = {NAN, NAN, NAN, NAN}, .value = NAN};
    if (!json_is_integer(page) || json_integer_value(page) < 0 ||
        json_integer_value(page) > INT32_MAX)
        return false;
    out->page = (int)json_integer_value(page);
    out->boxed = !json_is_null(box);
    if (out->boxed && !box_read(&out->box, box))
        return false;
    int word =
        json_is_string(edge) ? enum_value(enum_find("Edge"), str_of(json_string_value(edge))) : 0;
    if (word < 0)
        return false;
    out->edge = (uint8_t)word;
    if (json_is_number(value))
        out->value = json_number_value(value);
    return content_read(&out->content, json_string_value(content));
}

bool places_read(const Place **out, size_t *count, Arena *a, const json_t *from) {
    size_t n = json_array_size(from);
    Place *places = n ? ARENA_ARRAY(a, Place, n) : NULL;
    for (size_t i = 0; i < n; i++)
        if (!place_read(&places[i], json_array_get(from, i)))
            return false;
    *out = places;
    *count = n;
    return json_is_array(from);
}
