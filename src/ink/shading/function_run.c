/* Runs type 4 programs. Truth values are told from numbers because `not` is two operators; else a
 * truth value is 1 or 0, and what a strict reader would refuse (`idiv` of reals) is done on the
 * whole part. */
#include <math.h>
#include <string.h>

#include "ink/shading/function_parts.h"
#include "ink/shading/function_program.h"

enum { STACK_ROOM = 100 }; /* ISO 32000-1, Table C.1 */

typedef struct Value {
    double v;
    bool truth; /* a truth value */
} Value;

typedef struct Machine {
    int count;
    Value stack[STACK_ROOM];
} Machine;

static int32_t whole(double v) {
    return v >= INT32_MAX ? INT32_MAX : v <= INT32_MIN ? INT32_MIN : (int32_t)v;
}

static double radians(double degrees) {
    return degrees * (M_PI / 180);
}

/* Quarter turns are exact, as PostScript programs expect. */
static double sine(double degrees) {
    double turn = fmod(degrees, 360);
    return turn == 0 || fabs(turn) == 180 ? 0
           : turn == 90 || turn == -270   ? 1
           : turn == 270 || turn == -90   ? -1
                                          : sin(radians(turn));
}

static double angle(double num, double den) {
    double degrees = atan2(num, den) * (180 / M_PI);
    return degrees < 0 ? degrees + 360 : degrees;
}

static int32_t shifted(int32_t v, int32_t by) {
    if (by <= -32 || by >= 32)
        return 0;
    uint32_t bits = (uint32_t)v;
    return (int32_t)(by < 0 ? bits >> -by : bits << by);
}

static double unary(UnaryOp op, Value a) {
    switch (op) {
    case UNARY_ABS:
        return fabs(a.v);
    case UNARY_CEILING:
        return ceil(a.v);
    case UNARY_COS:
        return sine(fmod(a.v, 360) + 90);
    case UNARY_CVI:
    case UNARY_TRUNCATE:
        return trunc(a.v);
    case UNARY_CVR:
        return a.v;
    case UNARY_FLOOR:
        return floor(a.v);
    case UNARY_LN:
        return log(a.v);
    case UNARY_LOG:
        return log10(a.v);
    case UNARY_NEG:
        return -a.v;
    case UNARY_NOT:
        return a.truth ? a.v == 0 : ~whole(a.v);
    case UNARY_ROUND:
        return floor(a.v + 0.5);
    case UNARY_SIN:
        return sine(a.v);
    case UNARY_SQRT:
        return sqrt(a.v);
    }
    return NAN;
}

/* NaN and infinities mean that it went wrong. */
static double binary(BinaryOp op, double a, double b) {
    switch (op) {
    case BINARY_ADD:
        return a + b;
    case BINARY_AND:
        return whole(a) & whole(b);
    case BINARY_ATAN:
        return a == 0 && b == 0 ? NAN : angle(a, b);
    case BINARY_BITSHIFT:
        return shifted(whole(a), whole(b));
    case BINARY_DIV:
        return a / b;
    case BINARY_EQ:
        return a == b;
    case BINARY_EXP:
        return pow(a, b);
    case BINARY_GE:
        return a >= b;
    case BINARY_GT:
        return a > b;
    case BINARY_IDIV:
        return trunc(trunc(a) / trunc(b));
    case BINARY_LE:
        return a <= b;
    case BINARY_LT:
        return a < b;
    case BINARY_MOD:
        return fmod(trunc(a), trunc(b));
    case BINARY_MUL:
        return a * b;
    case BINARY_NE:
        return a != b;
    case BINARY_OR:
        return whole(a) | whole(b);
    case BINARY_SUB:
        return a - b;
    case BINARY_XOR:
        return whole(a) ^ whole(b);
    }
    return NAN;
}

static bool gives_truth(BinaryOp op, bool of_truths) {
    switch (op) {
    case BINARY_EQ:
    case BINARY_GE:
    case BINARY_GT:
    case BINARY_LE:
    case BINARY_LT:
    case BINARY_NE:
        return true;
    case BINARY_AND:
    case BINARY_OR:
    case BINARY_XOR:
        return of_truths;
    case BINARY_ADD:
    case BINARY_ATAN:
    case BINARY_BITSHIFT:
    case BINARY_DIV:
    case BINARY_EXP:
    case BINARY_IDIV:
    case BINARY_MOD:
    case BINARY_MUL:
    case BINARY_SUB:
        return false;
    }
    return false;
}

static bool push(Machine *m, double v, bool truth) {
    if (m->count == STACK_ROOM)
        return false;
    m->stack[m->count++] = (Value){v, truth};
    return true;
}

/* Takes a count or place that must be 0 … `most`; -1: it is not. */
static int take_count(Machine *m, int most) {
    if (m->count == 0)
        return -1;
    double v = m->stack[--m->count].v;
    return v >= 0 && v <= most && v <= m->count ? (int)v : -1;
}

static bool roll(Machine *m) {
    if (m->count < 2)
        return false;
    int by = whole(m->stack[--m->count].v), n = take_count(m, STACK_ROOM);
    if (n <= 0)
        return n == 0;
    Value turned[STACK_ROOM], *from = m->stack + m->count - n;
    int up = (by % n + n) % n;
    for (int i = 0; i < n; i++)
        turned[(i + up) % n] = from[i];
    memcpy(from, turned, sizeof(Value) * (size_t)n);
    return true;
}

static bool copy(Machine *m) {
    int n = take_count(m, STACK_ROOM);
    if (n < 0 || m->count + n > STACK_ROOM)
        return false;
    memcpy(m->stack + m->count, m->stack + m->count - n, sizeof(Value) * (size_t)n);
    m->count += n;
    return true;
}

static bool copy_from(Machine *m, int below_top) {
    if (below_top < 0 || below_top >= m->count)
        return false;
    Value v = m->stack[m->count - 1 - below_top];
    return push(m, v.v, v.truth);
}

static bool exchange(Machine *m) {
    if (m->count < 2)
        return false;
    Value *top = m->stack + m->count - 1, below = top[-1];
    top[-1] = *top;
    *top = below;
    return true;
}

static bool on_stack(Machine *m, StackOp op) {
    switch (op) {
    case STACK_COPY:
        return copy(m);
    case STACK_DUP:
        return copy_from(m, 0);
    case STACK_EXCH:
        return exchange(m);
    case STACK_FALSE:
        return push(m, 0, true);
    case STACK_INDEX:
        return copy_from(m, take_count(m, STACK_ROOM));
    case STACK_POP:
        return m->count-- > 0;
    case STACK_ROLL:
        return roll(m);
    case STACK_TRUE:
        return push(m, 1, true);
    }
    return false;
}

static bool do_unary(Machine *m, UnaryOp op) {
    if (m->count < 1)
        return false;
    Value *top = m->stack + m->count - 1;
    top->v = unary(op, *top);
    top->truth &= op == UNARY_NOT;
    return isfinite(top->v);
}

static bool do_binary(Machine *m, BinaryOp op) {
    if (m->count < 2)
        return false;
    Value *b = m->stack + --m->count, *a = b - 1;
    a->v = binary(op, a->v, b->v);
    a->truth = gives_truth(op, a->truth && b->truth);
    return isfinite(a->v);
}

static bool step(Machine *m, const Instruction *i, size_t *at) {
    switch ((Does)i->does) {
    case DOES_PUSH:
        return push(m, i->value, false);
    case DOES_UNARY:
        return do_unary(m, (UnaryOp)i->op);
    case DOES_BINARY:
        return do_binary(m, (BinaryOp)i->op);
    case DOES_STACK:
        return on_stack(m, (StackOp)i->op);
    case DOES_UNLESS:
        if (m->count < 1)
            return false;
        if (m->stack[--m->count].v == 0)
            *at = i->target;
        return true;
    case DOES_JUMP:
        *at = i->target;
        return true;
    }
    return false;
}

bool program_run(const Program *p, const double *in, int inputs, double *out, int outputs) {
    Machine m;
    m.count = 0;
    for (int i = 0; i < inputs; i++)
        (void)push(&m, in[i], false); /* there is room: MOST_INPUTS < STACK_ROOM */
    for (size_t at = 0; at < p->count;) {
        const Instruction *i = &p->code[at++];
        if (!step(&m, i, &at))
            return false;
    }
    if (m.count < outputs)
        return false;
    for (int i = 0; i < outputs; i++)
        out[i] = m.stack[m.count - outputs + i].v;
    return true;
}
