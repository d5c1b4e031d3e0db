/* How large a page of pixels is in print: a question that the density tag and the job sheet answer
 * each in its own way. Lengths in pt as in the file, that is with the scale of the job applied. */
#ifndef CHUPIN_READ_RASTER_SIZE_H
#define CHUPIN_READ_RASTER_SIZE_H

#include "read/derive.h"
#include "read/raster/raster.h"

/* Width, height and the facts of both sizes: density_…, job_…, fit, fit_off, ppi. The job's size
 * counts with its bleed or without, in either orientation, whichever has the shape of the pixels;
 * where both have it, the density decides. */
void raster_sizes(Raster *r, const RasterHead *head, const Job *job, const Limit *limit);
/* The MediaBox: the size the job asks for, else that of the tag, else one pt a pixel, which is
 * evidence of nothing. Needs raster_sizes. */
Box raster_media(const Raster *r);
/* Whether the job says where the trim is in that box. */
bool raster_fits_job(const Raster *r);

#endif
