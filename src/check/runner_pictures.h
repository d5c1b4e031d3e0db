/* Pictures of the artwork looked at pixel by pixel. Internal to check. */
#ifndef CHUPIN_CHECK_RUNNER_PICTURES_H
#define CHUPIN_CHECK_RUNNER_PICTURES_H

#include "check/runner.h"
#include "ink/picture/picture_looks.h"

/* Those of a PDF page, where the job asks for it. `press`: NULL when nothing could be drawn. */
void runner_look(Runner *r, Facts *facts, const Page *page, const PageContent *content,
                 const PressProfile *press);
/* That of a raster page, whose pixels are read anyway: who looks at its rows. How many that are. */
size_t runner_look_rows(Runner *r, Facts *facts, const RasterPixels *pixels, PixelRows *out);
void runner_look_close(Runner *r);

#endif
