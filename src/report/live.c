#include "report/live.h"

#include "report/gather.h"
#include "report/write.h"

const char *live_outcome(Arena *a, const LiveTwin *live, Lang lang) {
    if (live->same_look)
        return phrase(PHRASE_LIVE_SAME, lang);
    if (live->sha256 && live->unpaired_count)
        return arena_printf(
            a, phrase(PHRASE_LIVE_PAGES, lang),
            page_list(a, live->unpaired, live->unpaired_count, phrase(PHRASE_PAGE_COMMA, lang)));
    Text why = live->difference_count ? live->differences[0].what : live->why;
    const char *words = text_in(why, lang);
    return arena_printf(a, phrase(PHRASE_LIVE_APART, lang), words ? words : "");
}
