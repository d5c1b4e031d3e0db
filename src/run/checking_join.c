#include "ink/measure/measure.h"
#include "run/checking_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- what one worker tells ---- */

static void keep_file(void *self, const File *file, const Document *document) {
    ToldShare *s = self;
    File *kept = ARENA_NEW(s->arena, File);
    *kept = *file;
    s->file = kept;
    if (!document)
        return;
    Document *d = ARENA_NEW(s->arena, Document);
    *d = *document;
    s->document = d;
}

/* Before the end is come to, findings without a page are about the document as it was opened. */
static ToldPart *part_of(ToldShare *s, const Finding *f) {
    if (s->closed)
        return &s->closing;
    return f && !f->page ? &s->opening : &s->page;
}

static void keep_finding(void *self, const Finding *f) {
    ToldShare *s = self;
    ToldPart *part = part_of(s, f);
    Finding *kept = ARENA_NEW(s->arena, Finding);
    *kept = *f;
    *ARENA_PUSH(s->arena, part->findings, part->finding_count, part->finding_capacity) = kept;
}

static void keep_unproven(void *self, const Unproven *line) {
    ToldShare *s = self;
    ToldPart *part = part_of(s, NULL);
    Unproven *kept = ARENA_NEW(s->arena, Unproven);
    *kept = *line;
    *ARENA_PUSH(s->arena, part->unproven, part->unproven_count, part->unproven_capacity) = kept;
}

/* A page is told after what was found on it. */
static void keep_page(void *self, const PageSummary *page) {
    ToldShare *s = self;
    PageSummary *kept = ARENA_NEW(s->arena, PageSummary);
    *kept = *page;
    s->page.page = kept;
    *ARENA_PUSH(s->arena, s->pages, s->page_count, s->page_capacity) = s->page;
    s->page = (ToldPart){0};
}

static void keep_tally(void *self, const RuleTally *tally) {
    ToldShare *s = self;
    RuleTally *kept = ARENA_NEW(s->arena, RuleTally);
    *kept = *tally;
    *ARENA_PUSH(s->arena, s->tallies, s->tally_count, s->tally_capacity) = kept;
}

static void keep_profile(void *self, const UsedProfile *profile) {
    ToldShare *s = self;
    UsedProfile *kept = ARENA_NEW(s->arena, UsedProfile);
    *kept = *profile;
    s->profile = kept;
}

CheckTeller told_teller(ToldShare *share) {
    return (CheckTeller){share,         keep_file,  keep_page,   keep_finding,
                         keep_unproven, keep_tally, keep_profile};
}

/* ---- put together ---- */

static bool same_rules(const ToldShare *a, const ToldShare *b) {
    if (a->tally_count != b->tally_count)
        return false;
    for (size_t i = 0; i < a->tally_count; i++)
        if (!streq(a->tallies[i]->id, b->tallies[i]->id) ||
            a->tallies[i]->item != b->tallies[i]->item)
            return false;
    return true;
}

static bool fits(const ToldShare *first, const ToldShare *s) {
    return s->file && s->document && s->file->sha256 &&
           streq(s->file->sha256, first->file->sha256) &&
           s->document->page_count == first->document->page_count && same_rules(first, s) &&
           !s->unsure && !s->page.finding_count && !s->page.unproven_count;
}

static bool every_page_once(const ToldShare *shares, size_t count, Arena *a) {
    size_t pages = (size_t)shares[0].document->page_count, told = 0;
    bool *seen = ARENA_ARRAY(a, bool, pages), once = true;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < shares[i].page_count && once; k++, told++) {
            size_t number = (size_t)shares[i].pages[k].page->number;
            once = number >= 1 && number <= pages && !seen[number - 1];
            if (once)
                seen[number - 1] = true;
        }
    return once && told == pages;
}

bool told_whole(const ToldShare *shares, size_t count, Arena *a) {
    size_t closed = 0;
    if (!shares[0].file || !shares[0].document || shares[0].document->page_count < 1)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!fits(&shares[0], &shares[i]))
            return false;
        closed += shares[i].closed;
    }
    return closed == 1 && every_page_once(shares, count, a);
}

static int by_page(const void *a, const void *b) {
    const ToldPart *const *x = a, *const *y = b;
    return (*x)->page->number - (*y)->page->number;
}

/* The opening, the pages in their order, the end. */
static const ToldPart **parts_in_order(const ToldShare *shares, size_t count, Arena *a,
                                       size_t *part_count) {
    size_t most = 3 * count, n = 0;
    for (size_t i = 0; i < count; i++)
        most += shares[i].page_count;
    const ToldPart **parts = ARENA_ARRAY(a, const ToldPart *, most);
    for (size_t i = 0; i < count; i++)
        parts[n++] = &shares[i].opening;
    size_t first = n;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < shares[i].page_count; k++)
            parts[n++] = &shares[i].pages[k];
    if (n > first)
        qsort(parts + first, n - first, sizeof *parts, by_page);
    for (size_t i = 0; i < count; i++)
        parts[n++] = &shares[i].page; /* of a worker that broke down in the middle of one */
    for (size_t i = 0; i < count; i++)
        parts[n++] = &shares[i].closing;
    *part_count = n;
    return parts;
}

/* Places for waivers are kept as long as there are not too many in the file, as the check itself
 * does where it knows them all. */
static void tell_findings(const ToldPart *part, size_t *places, const CheckTeller *to) {
    for (size_t i = 0; i < part->finding_count; i++) {
        Finding f = *part->findings[i];
        if (*places + f.all_count > MOST_FILE_PLACES)
            f.all = NULL, f.all_count = 0;
        *places += f.all_count;
        to->finding(to->self, &f);
    }
}

/* What cannot be read comes before what could not be drawn, of which not too much is told. */
static void tell_unproven(const ToldPart *const *parts, size_t count, const CheckTeller *to) {
    size_t undrawn = 0;
    for (int pages = 0; pages < 2; pages++)
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < parts[i]->unproven_count; k++)
                if ((parts[i]->page != NULL) == pages && (!pages || undrawn++ < MOST_UNDRAWN))
                    to->unproven(to->self, parts[i]->unproven[k]);
}

static int added(int a, int b) {
    return a > INT32_MAX - b ? INT32_MAX : a + b;
}

static void tell_tallies(const ToldShare *shares, size_t count, const CheckTeller *to) {
    for (size_t k = 0; k < shares[0].tally_count; k++) {
        RuleTally sum = *shares[0].tallies[k];
        for (size_t i = 1; i < count; i++) {
            const RuleTally *t = shares[i].tallies[k];
            sum.pass = added(sum.pass, t->pass);
            sum.fail = added(sum.fail, t->fail);
            sum.unchecked = added(sum.unchecked, t->unchecked);
            sum.lost = added(sum.lost, t->lost);
            sum.applicable |= t->applicable;
        }
        to->tally(to->self, &sum);
    }
}

void told_join(const ToldShare *shares, size_t count, Arena *a, const CheckTeller *to) {
    size_t parts_count, places = 0;
    const ToldPart **parts = parts_in_order(shares, count, a, &parts_count);
    const UsedProfile *profile = NULL;
    if (shares[0].file)
        to->file(to->self, shares[0].file, shares[0].document);
    for (size_t i = 0; i < parts_count; i++) {
        tell_findings(parts[i], &places, to);
        if (parts[i]->page)
            to->page(to->self, parts[i]->page);
    }
    tell_unproven(parts, parts_count, to);
    tell_tallies(shares, count, to);
    for (size_t i = 0; i < count && !profile; i++)
        profile = shares[i].profile;
    if (profile)
        to->profile(to->self, profile);
}
