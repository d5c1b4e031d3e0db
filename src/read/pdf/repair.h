/* The end of a PDF file, read by ourselves: does `startxref` lead to a cross-reference section, is
 * the end of the file missing, and where else may a section stand? Nothing here changes the bytes.
 * Positions count from the first byte of the file; the numbers written in the file count from its
 * `%PDF-` header. */
#ifndef CHUPIN_READ_PDF_REPAIR_H
#define CHUPIN_READ_PDF_REPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define REPAIR_NONE SIZE_MAX

typedef struct RepairLook {
    size_t header; /* where "%PDF-" stands in the first 1024 bytes; REPAIR_NONE: nowhere */
    size_t
        section; /* the section that the last startxref leads to; REPAIR_NONE: it leads nowhere */
    bool from_first_byte; /* the numbers in the file count from byte 0 although the header stands
                             later */
    bool near_end;        /* that startxref is where readers look for it, in the last 1024 bytes */
    bool cut_off;     /* objects stand behind the last section and the last startxref, or there are
                         neither */
    bool has_objects; /* some "1 0 obj" was found where it was looked for */
} RepairLook;

RepairLook repair_look(const uint8_t *p, size_t n);

/* Sections whose trailer names a catalog, the last one first; returns how many were found, at most
 * `max`. */
size_t repair_sections(size_t *at, size_t max, const uint8_t *p, size_t n);

enum { REPAIR_TAIL = 64 };
/* What has to be appended to the file so that it ends as it should; returns its length. */
size_t repair_tail(char out[REPAIR_TAIL], size_t startxref);

#ifdef __cplusplus
}
#endif
#endif
