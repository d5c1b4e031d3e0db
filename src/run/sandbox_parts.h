/* The two walls. Internal to sandbox.c. */
#ifndef CHUPIN_RUN_SANDBOX_PARTS_H
#define CHUPIN_RUN_SANDBOX_PARTS_H

#include "run/sandbox.h"

int landlock_version(void); /* 0: the kernel has none, or it is switched off */
bool landlock_enter(const Sandbox *box, int version);
bool filter_enter(bool writing);

#endif
