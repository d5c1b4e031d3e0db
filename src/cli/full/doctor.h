/* What `chupin doctor` looks at: each row of doctor.def is a function from a patient to what was
 * seen. None of them prints or changes anything that stays. Internal to cmd_doctor. */
#ifndef CHUPIN_CLI_FULL_DOCTOR_H
#define CHUPIN_CLI_FULL_DOCTOR_H

#include "cli/artwork.h"

typedef enum Health { HEALTH_OK, HEALTH_LOOK, HEALTH_BROKEN, HEALTHS } Health;

typedef struct Seen {
    Health health;
    Text what;
    Text todo; /* NULLs when there is nothing to do */
} Seen;

typedef struct Patient {
    const Cli *cli;
    Arena *arena;
    const char *folder;
    /* What one row opened for those after it. */
    Rulebook book;
    bool has_rules;
    JobOptions options;
    Jobs *jobs; /* NULL: the rules or the sheet are wrong */
} Patient;

#define LOOK_AT(id, zh, en) Seen doctor_##id(Patient *p);
#include "cli/full/doctor.def"
#undef LOOK_AT

/* Both formats take the same arguments. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) Text doctor_text(Patient *p,
                                                                             const char *zh,
                                                                             const char *en, ...);
/* A Result as what was seen. */
Seen doctor_trouble(Patient *p, Health health, const Result *r, Text todo);
/* The first of several errors. */
Seen doctor_errors(Patient *p, const Errors *errors, Text todo);

#endif
