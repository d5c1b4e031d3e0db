/* The walls around a worker: which calls of the kernel it may make (seccomp) and which files it may
 * see (Landlock, where the kernel has it).
 *
 * Nothing here can be taken back: what is entered is entered for good. A worker reads its input,
 * rules, fonts and profiles; it writes nowhere, or only into one folder; it has no network, starts
 * no process and looks into none. Where the kernel has no Landlock, the list of files does not
 * hold; that nothing is written does, by the filter of calls. */
#ifndef CHUPIN_RUN_SANDBOX_H
#define CHUPIN_RUN_SANDBOX_H

#include "base/text.h"

typedef struct Sandbox {
    const char *const *reads; /* files and folders, ended by NULL; NULL: none */
    const char *writes;       /* a folder it may make and replace files in; NULL: nowhere */
} Sandbox;

/* Walls in the calling process. False: it could not be shut in as far as this kernel allows. */
bool sandbox_enter(const Sandbox *box);

typedef struct SandboxState {
    bool calls;   /* calls of the kernel are filtered */
    int landlock; /* version of the kernel's Landlock; 0: none */
    Text text;    /* both for a person, and what to do */
} SandboxState;
/* What this kernel gives. Asks it; nothing is entered. */
SandboxState sandbox_state(Arena *a);

#endif
