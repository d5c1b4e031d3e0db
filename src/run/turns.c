#include "run/turns.h"

#include <stdint.h>
#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#else
#define __sanitizer_start_switch_fiber(fake, stack, bytes)  ((void)0)
#define __sanitizer_finish_switch_fiber(fake, stack, bytes) ((void)0)
#endif

enum { STACK_BYTES = 8 << 20, GUARD_BYTES = 1 << 16 }; /* as much as a program begins with */

static void *second_stack(const Turns *t) {
    return (char *)t->stack + GUARD_BYTES;
}

static void run_second(unsigned high, unsigned low) {
    Turns *t = (Turns *)((uintptr_t)high << 32 | low);
    __sanitizer_finish_switch_fiber(NULL, &t->watched.first_stack, &t->watched.first_bytes);
    t->work(t->self);
    t->ended = true;
    __sanitizer_start_switch_fiber(NULL, t->watched.first_stack, t->watched.first_bytes);
}

/* Memory that is not touched costs nothing. */
static bool make_stack(Turns *t) {
    void *p = mmap(NULL, GUARD_BYTES + STACK_BYTES, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (p == MAP_FAILED)
        return false;
    t->stack = p;
    return mprotect(p, GUARD_BYTES, PROT_NONE) == 0 && getcontext(&t->second) == 0;
}

void turns_start(Turns *t, void (*work)(void *self), void *self) {
    *t = (Turns){.work = work, .self = self};
    t->ended = !make_stack(t);
    if (t->ended)
        return;
    t->second.uc_stack.ss_sp = second_stack(t);
    t->second.uc_stack.ss_size = STACK_BYTES;
    t->second.uc_link = &t->first;
    /* makecontext hands on nothing but int. */
    makecontext(&t->second, (void (*)(void))run_second, 2, (unsigned)((uintptr_t)t >> 32),
                (unsigned)(uintptr_t)t);
    turns_pass(t);
}

void turns_pass(Turns *t) {
    if (t->ended)
        return;
    __sanitizer_start_switch_fiber(&t->watched.first_fake, second_stack(t), STACK_BYTES);
    swapcontext(&t->first, &t->second);
    __sanitizer_finish_switch_fiber(t->watched.first_fake, NULL, NULL);
}

void turns_yield(Turns *t) {
    __sanitizer_start_switch_fiber(&t->watched.second_fake, t->watched.first_stack,
                                   t->watched.first_bytes);
    swapcontext(&t->second, &t->first);
    __sanitizer_finish_switch_fiber(t->watched.second_fake, &t->watched.first_stack,
                                    &t->watched.first_bytes);
}

void turns_end(Turns *t) {
    if (t->stack)
        munmap(t->stack, GUARD_BYTES + STACK_BYTES);
    t->stack = NULL;
}
