/* Parts of the web page: report_html.c puts them in order.
 *
 * All that comes from outside is written by html_text, which shows what could disturb a page as
 * text; only what stands in our own source is written as it is. */
#ifndef CHUPIN_REPORT_HTML_PARTS_H
#define CHUPIN_REPORT_HTML_PARTS_H

#include "report/numbers.h"
#include "report/write.h"

typedef enum HtmlWord {
#define HTML_WORD(ID, zh, en) HTML_##ID,
#include "report/html_words.def"
#undef HTML_WORD
    HTML_WORDS
} HtmlWord;

typedef struct HtmlAlbum HtmlAlbum;

typedef struct Html {
    Sink *to;
    Arena *arena; /* scratch */
    Lang lang;
    const Report *r;
    const ReportStyle *style;
    Numbers numbers;
    const int *number; /* of each finding of the report; 0: none */
    HtmlAlbum *album;  /* pictures that are shown */
} Html;

/* html_pen.c */
const char *html_word(const Html *h, HtmlWord w);
void html_raw(const Html *h, const char *markup); /* ours */
void html_text(const Html *h, const char *text);  /* escaped; line ends stay; NULL: nothing */
void html_in(const Html *h, Text t);
void html_say(const Html *h, HtmlWord w);
__attribute__((format(printf, 2, 3))) void html_format(const Html *h, const char *format, ...);
/* <tag class="…">text</tag>; `class` NULL: none. */
void html_element(const Html *h, const char *tag, const char *class, const char *text);
void html_name(const Html *h,
               const char *text); /* of people and files: apart from what is around */
/* <section id> with its heading. */
void html_section(const Html *h, const char *id, HtmlWord title);
/* <table> and a header cell for each word. */
void html_table(const Html *h, const HtmlWord *heads, size_t count);
void html_pages_text(const Html *h, const int *pages, size_t count); /* "第 3、9–12 页" */
const char *html_number(const Html *h, double value, int decimals);
void html_pair(const Html *h, HtmlWord name, const char *value); /* <dt>, <dd>; nothing for none */

extern const char *const html_css[]; /* a piece each; ends with NULL */

/* html_pictures.c */
void html_album_open(Html *h);
/* The page; NULL: `why` (NULLs: it was never meant to be drawn). */
const ReportPicture *html_page_picture(const Html *h, int page, Text *why);
bool html_page_is_shown(const Html *h, int page);
const ReportPicture *html_crop(const Html *h, const Finding *f); /* NULL: none */
void html_image(const Html *h, const ReportPicture *p, const char *alt);
/* style="left:…" of a place on a picture that shows `mm`; a hair gets some width. */
void html_at(const Html *h, const Box *mm, const Box *place);

void html_head(const Html *h); /* verdict, which file, the 15 items */
void html_findings(const Html *h);
void html_pages(const Html *h);
void html_unchecked(const Html *h);
void html_checklist(const Html *h);
void html_signatures(const Html *h);
void html_waivers(const Html *h);
void html_mended(const Html *h);
void html_differences(const Html *h);
void html_inks(const Html *h);
void html_rules(const Html *h);
void html_foot(const Html *h);

#endif
