/* Pictures of an artwork at hand, for formats that show it. */
#ifndef CHUPIN_CLI_PICTURES_H
#define CHUPIN_CLI_PICTURES_H

#include "cli/artwork.h"
#include "report/pictures.h"

/* Nothing is drawn before a format asks for it. `report` is of this artwork, or of an earlier state
 * of it: then there are no pictures. Lives as long as the artwork. */
const ReportPictures *artwork_pictures(const Artwork *art, const Report *report, double seconds);

#endif
