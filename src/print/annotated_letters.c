/* All that the copy says in outlines. */
#include "print/annotated_parts.h"

#include <string.h>

typedef struct DrawnWords {
    const char *text;
    TextPath path;
} DrawnWords;

static const DrawnWords *find(const Copy *c, const char *text) {
    for (size_t i = 0; i < c->letter_count; i++)
        if (streq(c->letters[i].text, text))
            return &c->letters[i];
    return NULL;
}

static void make(Copy *c, const char *text) {
    if (!find(c, text))
        *ARENA_PUSH(c->arena, c->letters, c->letter_count, c->letter_capacity) =
            (DrawnWords){text, text_path(c->arena, text, true)};
}

const char *review_words(const Copy *c) {
    return arena_printf(c->arena, "%s   %s", note_word(NOTE_REVIEW_ONLY, LANG_ZH),
                        note_word(NOTE_REVIEW_ONLY, LANG_EN));
}

void letters_ready(Copy *c) {
    make(c, review_words(c));
    for (size_t i = 0; i < c->r->finding_count; i++)
        make(c, note_label(c, &c->r->findings[i]));
}

TextPath letters_of(const Copy *c, const char *text) {
    const DrawnWords *l = find(c, text);
    return l ? l->path : (TextPath){"", 0};
}
