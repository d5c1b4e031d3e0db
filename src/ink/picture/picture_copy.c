#include "ink/picture/picture_copy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KEPT = 128, MOST_SEEN = 256, AT_ONCE = 8 };

typedef struct Key {
    PdfRef ref;
    Matrix unit;
    Area wanted;
} Key;

typedef struct Kept {
    Key key;
    PictureCopy *copy; /* NULL: free */
    uint64_t used;
} Kept;

struct CopyStore {
    size_t budget, held;
    uint64_t clock;
    Kept kept[MOST_KEPT];
    Key seen[MOST_SEEN];
    int seen_next;
};

static bool copy_layer(CopyLayer *l, Reduction *r) {
    *l = (CopyLayer){r->columns, r->rows, r->unpack.channels, 0, 0, NULL};
    size_t stride = (size_t)l->columns.count * (size_t)l->channels;
    l->pixels = calloc((size_t)l->rows.count, stride);
    if (!l->pixels)
        return false;
    BoxRow row;
    for (int done = 0; reduction_next(r, &row); done++) {
        int at = row.at - l->rows.first;
        memcpy(l->pixels + (size_t)at * stride, row.pixels, stride);
        l->low = done && l->low < at ? l->low : at;
        l->high = done && l->high > at ? l->high : at + 1;
    }
    return true;
}

static size_t layer_bytes(const CopyLayer *l) {
    return (size_t)l->columns.count * (size_t)l->channels * (size_t)l->rows.count;
}

PictureCopy *copy_new(Reducing *r) {
    PictureCopy *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->finish = r->finish;
    if (!copy_layer(&c->image, &r->image) ||
        (r->finish.masked && !copy_layer(&c->mask, &r->mask))) {
        copy_free(c);
        return NULL;
    }
    c->damaged = reducing_damaged(r);
    c->bytes = sizeof *c + layer_bytes(&c->image) + layer_bytes(&c->mask);
    return c;
}

void copy_free(PictureCopy *c) {
    if (!c)
        return;
    free(c->image.pixels);
    free(c->mask.pixels);
    free(c);
}

CopyStore *store_new(size_t budget) {
    CopyStore *s = calloc(1, sizeof *s);
    if (s)
        s->budget = budget;
    return s;
}

void store_free(CopyStore *s) {
    if (!s)
        return;
    for (int i = 0; i < MOST_KEPT; i++)
        copy_free(s->kept[i].copy);
    free(s);
}

/* Places a millionth of a pixel apart are one: matrices come out of products. */
static bool near(double a, double b) {
    return fabs(a - b) < 1e-6;
}

static bool same_key(const Key *k, PdfRef ref, const Place *p) {
    const Matrix *m = &k->unit, *n = &p->unit;
    return k->ref.num == ref.num && k->ref.gen == ref.gen && near(m->a, n->a) && near(m->b, n->b) &&
           near(m->c, n->c) && near(m->d, n->d) && near(m->e, n->e) && near(m->f, n->f) &&
           !memcmp(&k->wanted, &p->wanted, sizeof k->wanted);
}

const PictureCopy *store_find(CopyStore *s, PdfRef ref, const Place *place) {
    for (int i = 0; s && ref.num && i < MOST_KEPT; i++) {
        Kept *k = &s->kept[i];
        if (k->copy && same_key(&k->key, ref, place)) {
            k->used = ++s->clock;
            return k->copy;
        }
    }
    return NULL;
}

bool store_wants(CopyStore *s, PdfRef ref, const Place *place, double bytes) {
    if (!s || !ref.num || bytes > (double)s->budget)
        return false;
    if (bytes <= (double)(s->budget / AT_ONCE))
        return true;
    for (int i = 0; i < MOST_SEEN; i++)
        if (same_key(&s->seen[i], ref, place))
            return true;
    s->seen[s->seen_next++ % MOST_SEEN] = (Key){ref, place->unit, place->wanted};
    s->seen_next %= MOST_SEEN;
    return false;
}

/* The place to put a copy: a free one, else that of the copy not used for longest. */
static Kept *oldest(CopyStore *s) {
    Kept *found = &s->kept[0];
    for (int i = 0; i < MOST_KEPT; i++)
        if (!s->kept[i].copy || (found->copy && s->kept[i].used < found->used))
            found = &s->kept[i];
    return found;
}

static Kept *oldest_copy(CopyStore *s) {
    Kept *found = NULL;
    for (int i = 0; i < MOST_KEPT; i++)
        if (s->kept[i].copy && (!found || s->kept[i].used < found->used))
            found = &s->kept[i];
    return found;
}

static void drop(CopyStore *s, Kept *k) {
    s->held -= k->copy->bytes;
    copy_free(k->copy);
    *k = (Kept){0};
}

void store_keep(CopyStore *s, PdfRef ref, const Place *place, PictureCopy *c) {
    while (s->held && s->held + c->bytes > s->budget)
        drop(s, oldest_copy(s));
    Kept *k = oldest(s);
    if (k->copy)
        drop(s, k);
    *k = (Kept){{ref, place->unit, place->wanted}, c, ++s->clock};
    s->held += c->bytes;
}
