/* The total ink that output intents lay down by themselves. */
#ifndef CHUPIN_INK_PRESS_INTENT_TAC_H
#define CHUPIN_INK_PRESS_INTENT_TAC_H

#include "read/pdf/content_of_page.h"

/* Sets `tac` of the document's output intents; once a document. */
void intent_tac(Facts *facts, PdfFile *f);

#endif
