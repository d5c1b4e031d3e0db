/* What a name says about a file before it is opened: artwork_names.def. */
#ifndef CHUPIN_READ_ARTWORK_NAME_H
#define CHUPIN_READ_ARTWORK_NAME_H

#include <stdbool.h>

/* By its ending; a path may stand before the name. */
bool name_is_of_artwork(const char *name);
/* Copies under way, backups, files of the system and our own: nobody means them. A name alone. */
bool name_is_passed_over(const char *name);

#endif
