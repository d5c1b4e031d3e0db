/* Result: how trouble for the operator travels (no file, bad rule, bad job sheet). Trouble in the
 * artwork is a finding, never a Result; our own bugs are assertions. A Result is returned by value
 * and may not be ignored. Its sentence says what is wrong, where, and what to do next, in both
 * languages; it lives in the arena it was made in. */
#ifndef CHUPIN_BASE_RESULT_H
#define CHUPIN_BASE_RESULT_H

#include "base/text.h"

typedef enum ErrKind {
    ERR_NONE,
    ERR_USAGE,  /* the command line, a rule or a job sheet is wrong: exit 2 */
    ERR_FILE,   /* a path cannot be read: exit 3 */
    ERR_OUTPUT, /* a result cannot be written */
    ERR_LIMIT,  /* a budget was reached */
} ErrKind;

typedef struct Where {
    const char *file; /* NULL: no place */
    int line, column; /* 1-based; 0: unknown. The column counts bytes */
} Where;

typedef struct [[nodiscard]] Result {
    ErrKind kind;
    Text text;
    Where at;
} Result;

#define OK ((Result){0})
#define TRY(call)                                                                                  \
    do {                                                                                           \
        Result try_result_ = (call);                                                               \
        if (try_result_.kind)                                                                      \
            return try_result_;                                                                    \
    } while (0)

/* Both formats take the same arguments in the same order. */
__attribute__((format(printf, 4, 6), format(printf, 5, 6))) Result result_fail(
    Arena *a, ErrKind kind, Where at, const char *zh, const char *en, ...);

/* Several errors reported in one run, in the order in which they were found. */
typedef struct Error {
    Where at;
    int width;          /* bytes the caret underlines, at least 1 */
    const char *source; /* the source line for the caret, or NULL */
    Text text;
} Error;

typedef struct Errors {
    Arena *arena;
    Error *items;
    size_t count, capacity;
} Errors;

__attribute__((format(printf, 5, 7), format(printf, 6, 7))) void errors_add(
    Errors *e, Where at, const char *source, int width, const char *zh, const char *en, ...);
/* The same with a finished text. */
void errors_put(Errors *e, Where at, const char *source, int width, Text text);
/* The 1-based line of a text, without its end; NULL if there is none. */
char *source_line(Arena *a, Str text, int line);
/* Each as "file:3:7: sentence", the line and a caret aligned by display width. */
char *errors_render(Arena *a, const Errors *e, Lang lang);
/* All errors as one Result of that kind; OK when there are none. */
Result errors_result(const Errors *e, ErrKind kind);

#endif
