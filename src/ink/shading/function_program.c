/* Type 4 (ISO 32000-1, 7.10.5), compiled: braces become jumps ahead, names become numbers.
 *
 *     program = block;  block = "{" { number | operator | conditional } "}";
 *     conditional = block ("if" | block "ifelse"); */
#include "ink/shading/function_program.h"

#include "ink/shading/function_parts.h"

enum { MOST_PROGRAM_BYTES = 1 << 20, MOST_INSTRUCTIONS = 1 << 16, BLOCK_NESTING = 64 };

typedef struct Compiler {
    FunctionReader *reader;
    Program *program;
    Str rest;
} Compiler;

static const struct Operator_ {
    const char *name;
    uint8_t does, op;
} operators[] = {
#define UNARY(NAME, text)  {text, DOES_UNARY, UNARY_##NAME},
#define BINARY(NAME, text) {text, DOES_BINARY, BINARY_##NAME},
#define STACK(NAME, text)  {text, DOES_STACK, STACK_##NAME},
#include "ink/shading/function_ops.def"
};

static bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

static bool brace(char c) {
    return c == '{' || c == '}';
}

static void skip_blanks(Str *s) {
    bool comment = false;
    for (; s->n && (comment || blank(*s->p) || *s->p == '%'); s->p++, s->n--)
        comment = *s->p == '%' || (comment && *s->p != '\n' && *s->p != '\r');
}

/* A brace, or what stands up to the next blank, brace or comment; empty at the end. */
static Str next_token(Compiler *c) {
    skip_blanks(&c->rest);
    Str token = {c->rest.p, 0};
    if (c->rest.n && brace(*token.p))
        token.n = 1;
    else
        while (token.n < c->rest.n && !blank(token.p[token.n]) && !brace(token.p[token.n]) &&
               token.p[token.n] != '%')
            token.n++;
    c->rest.p += token.n;
    c->rest.n -= token.n;
    return token;
}

static Instruction *emit(Compiler *c, Does does) {
    Program *p = c->program;
    if (p->count == MOST_INSTRUCTIONS)
        return function_refuse(c->reader, "函数程序太长", "the program of a function is too long");
    Instruction *i = ARENA_PUSH(c->reader->arena, p->code, p->count, p->capacity);
    i->does = (uint8_t)does;
    return i;
}

static bool compile_word(Compiler *c, Str token) {
    double value = 0;
    size_t used = number_parse(token, &value);
    if (used && (used == token.n || (used + 1 == token.n && token.p[used] == '.'))) {
        Instruction *i = emit(c, DOES_PUSH);
        if (i)
            i->value = value;
        return i;
    }
    for (size_t k = 0; k < sizeof operators / sizeof *operators; k++)
        if (str_is(token, operators[k].name)) {
            Instruction *i = emit(c, operators[k].does);
            if (i)
                i->op = operators[k].op;
            return i;
        }
    return false;
}

static bool compile_block(Compiler *c, int depth);

static void land(Compiler *c, size_t jump) {
    c->program->code[jump].target = (uint32_t)c->program->count;
}

/* After the brace of a first block. The truth value was pushed before it, so the jump over it can
 * stand here, whether `if` or `ifelse` follows. */
static bool compile_conditional(Compiler *c, int depth) {
    size_t over_first = c->program->count;
    if (!emit(c, DOES_UNLESS) || !compile_block(c, depth + 1))
        return false;
    Str word = next_token(c);
    if (str_is(word, "{")) {
        size_t over_second = c->program->count;
        if (!emit(c, DOES_JUMP))
            return false;
        land(c, over_first);
        if (!compile_block(c, depth + 1) || !str_is(next_token(c), "ifelse"))
            return false;
        land(c, over_second);
        return true;
    }
    land(c, over_first);
    return str_is(word, "if");
}

static bool compile_block(Compiler *c, int depth) {
    if (depth > BLOCK_NESTING)
        return function_refuse(c->reader, "函数程序套得太深",
                               "the program of a function is nested too deeply");
    for (;;) {
        Str token = next_token(c);
        if (token.n == 0)
            return false;
        if (str_is(token, "}"))
            return true;
        bool done = str_is(token, "{") ? compile_conditional(c, depth) : compile_word(c, token);
        if (!done)
            return false;
    }
}

bool function_read_program(FunctionReader *r, Function *fn, const PdfObj *o) {
    if (pdf_type(o) != PDF_STREAM)
        return false;
    PdfBytes text = pdf_stream_decoded(r->file, o, MOST_PROGRAM_BYTES);
    Compiler c = {.reader = r, .program = &fn->program, .rest = {(const char *)text.p, text.n}};
    bool done = str_is(next_token(&c), "{") && compile_block(&c, 0);
    pdf_bytes_free(&text);
    fn->cost = fn->program.count + (size_t)fn->outputs + 1;
    return done;
}
