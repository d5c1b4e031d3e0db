#include "check/page_shares.h"

#include <sys/mman.h>

PageShares *page_shares_new(void) {
    void *p = mmap(NULL, sizeof(PageShares), PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
        return NULL;
    /* A worker on another file must not reach it: whoever starts ours says so (run/worker.h). */
    if (madvise(p, sizeof(PageShares), MADV_DONTFORK) == 0)
        return p;
    munmap(p, sizeof(PageShares));
    return NULL;
}

void page_shares_free(PageShares *s) {
    if (s)
        munmap(s, sizeof *s);
}

bool page_shares_fit(const File *file, const Document *document) {
    return file->readable == 1 && file->format == FORMAT_PDF && file->damaged == 0 && document &&
           document->page_count >= LEAST_SHARED_PAGES && document->page_count <= MOST_SHARED_PAGES;
}

/* Who begins after somebody closed finds nothing to do. Who begins before is waited for. */
bool page_share_begin(CheckShare *s) {
    atomic_fetch_add(&s->all->readers, 1);
    return !atomic_load(&s->all->closed);
}

bool page_share_take(CheckShare *s, int page) {
    if (page < 1 || page > MOST_SHARED_PAGES)
        return s->first;
    return !atomic_exchange(&s->all->pages[page - 1].taken, true);
}

void page_share_done(CheckShare *s, const Page *page, PageLook look) {
    if (page->number < 1 || page->number > MOST_SHARED_PAGES)
        return;
    SharedPage *p = &s->all->pages[page->number - 1];
    p->facts = *page;
    p->look = look;
}

bool page_share_arrive(CheckShare *s) {
    return atomic_fetch_sub(&s->all->readers, 1) == 1 && !atomic_exchange(&s->all->closed, true);
}

static bool same_look(const PageLook *a, const PageLook *b) {
    return b->known && a->hash[0] == b->hash[0] && a->hash[1] == b->hash[1];
}

/* The first earlier page, of all of them, that looks the same. */
static void find_same(const PageShares *s, Page *page, size_t index) {
    const PageLook *look = &s->pages[index].look;
    if (!look->known)
        return;
    page->same_as = 0;
    for (size_t i = 0; i < index && !page->same_as; i++)
        if (same_look(look, &s->pages[i].look))
            page->same_as = (int32_t)i + 1;
}

void page_share_join(const CheckShare *s, const Facts *facts) {
    size_t count = facts_count(facts, FACT_page);
    for (size_t i = 0; i < count && i < MOST_SHARED_PAGES; i++) {
        Page *page = facts_at(facts, FACT_page, i);
        row_merge(entity_of(FACT_page), facts->document, page, &s->all->pages[i].facts);
        find_same(s->all, page, i);
    }
}
