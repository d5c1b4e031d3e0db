/* The tokenizer of content streams. A Reader borrows the bytes of one decoded stream and gives
 * operator after operator; the operands of the last one stand on its stack until the next call.
 * Text and arrays of operands point into the stream or into the scratch arena, and live as long as
 * the operands do. Garbage is never fatal: it is skipped and remembered in `faults`.
 *
 *     Reader r = {0};
 *     reader_start(&r, bytes, n, scratch, page_arena);
 *     while (reader_next(&r, &name))
 *         run(name, r.stack, r.count);
 *     reader_end(&r);
 */
#ifndef CHUPIN_READ_PDF_CONTENT_H
#define CHUPIN_READ_PDF_CONTENT_H

#include "base/text.h"

typedef enum OperandType {
    OPERAND_NULL,
    OPERAND_BOOL, /* number is 0 or 1 */
    OPERAND_NUMBER,
    OPERAND_NAME,
    OPERAND_STRING,
    OPERAND_ARRAY,
    OPERAND_DICT /* items are key, value, key, value */
} OperandType;

typedef struct Operand Operand;
struct Operand {
    uint32_t type;  /* OperandType */
    uint32_t count; /* bytes of a name or string, items of an array or dict */
    union {
        double number; /* may be infinite: whoever uses it decides */
        const char *bytes;
        const Operand *items;
    };
};

enum { READER_FIRST = 64, READER_MOST = 65536, READER_NESTING = 32 };

typedef enum ReaderFault {
    READER_BAD_NUMBER = 1,
    READER_BAD_STRING = 2,
    READER_BAD_NESTING = 4,
    READER_TOO_MANY = 8
} ReaderFault;

typedef struct Reader {
    const uint8_t *p, *end;
    Operand *stack;
    uint32_t count;
    unsigned faults; /* ReaderFault bits since the caller last cleared them */

    uint32_t capacity, open_count;
    uint32_t open[READER_NESTING]; /* where the items of each open array or dict begin, × 2, + 1 for
                                      a dict */
    Arena *scratch, *arena;
    ArenaMark empty; /* scratch is rewound to it when the operands go */
    bool dirty;
} Reader;

/* A Reader that was used before keeps its stack. */
void reader_start(Reader *r, const uint8_t *p, size_t n, Arena *scratch, Arena *arena);
/* Drops the operands and reads up to the next operator. False at the end of the stream. */
bool reader_next(Reader *r, Str *name);
void reader_end(Reader *r);
/* Does readable content start at p? Tells the EI of an inline image from data that looks like one.
 */
bool reader_looks_like_content(const uint8_t *p, const uint8_t *end);

static inline Str operand_text(const Operand *o) {
    return o->type == OPERAND_NAME || o->type == OPERAND_STRING ? (Str){o->bytes, o->count}
                                                                : (Str){"", 0};
}
static inline double operand_number(const Operand *o, double otherwise) {
    return o->type == OPERAND_NUMBER ? o->number : otherwise;
}

#endif
