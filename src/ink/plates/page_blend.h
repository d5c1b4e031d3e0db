/* The space a page is blended in. */
#ifndef CHUPIN_INK_PLATES_PAGE_BLEND_H
#define CHUPIN_INK_PLATES_PAGE_BLEND_H

#include "ink/surface/surface.h"
#include "read/pdf/content_of_page.h"

/* That of its page group where something on the page is transparent; else the inks: without
 * transparency nothing is blended and colours go to the press as they are (ISO
 * 32000-1, 11.4.7, 11.6.6). */
BlendSpace page_blend_space(const PageContent *content);

#endif
