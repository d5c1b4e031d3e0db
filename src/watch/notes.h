/* 说明.txt: beside artwork, why it is there. For a.pdf it is a.pdf.说明.txt. Internal to watch. */
#ifndef CHUPIN_WATCH_NOTES_H
#define CHUPIN_WATCH_NOTES_H

#include "base/text.h"

#define NOTE_ENDING ".说明.txt"

const char *note_path(Arena *a, const char *artwork);
const char *note_artwork(Arena *a, const char *note); /* NULL: that is none */
/* Whole or not at all; with a BOM and CRLF, which the editor of every Windows shows right. Returns
 * 0 or an errno. */
int note_write(Arena *a, const char *path, const char *text);

#endif
