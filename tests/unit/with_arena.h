/* A test with an arena of its own as its state. After cmocka.h. */
#ifndef CHUPIN_TESTS_WITH_ARENA_H
#define CHUPIN_TESTS_WITH_ARENA_H

#include "base/arena.h"

static int begin_arena(void **state) {
    *state = arena_new();
    return 0;
}

static int end_arena(void **state) {
    arena_free(*state);
    return 0;
}

#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, begin_arena, end_arena)

#endif
