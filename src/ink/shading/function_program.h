/* The instructions of a compiled type 4 function. */
#ifndef CHUPIN_INK_SHADING_FUNCTION_PROGRAM_H
#define CHUPIN_INK_SHADING_FUNCTION_PROGRAM_H

#define UNARY(NAME, text) UNARY_##NAME,
#define BINARY(NAME, text)
#define STACK(NAME, text)
typedef enum UnaryOp {
#include "ink/shading/function_ops.def"
} UnaryOp;

#define UNARY(NAME, text)
#define BINARY(NAME, text) BINARY_##NAME,
#define STACK(NAME, text)
typedef enum BinaryOp {
#include "ink/shading/function_ops.def"
} BinaryOp;

#define UNARY(NAME, text)
#define BINARY(NAME, text)
#define STACK(NAME, text) STACK_##NAME,
typedef enum StackOp {
#include "ink/shading/function_ops.def"
} StackOp;

typedef enum Does {
    DOES_PUSH,
    DOES_UNARY,
    DOES_BINARY,
    DOES_STACK,
    DOES_UNLESS, /* takes a truth value and jumps when it is false */
    DOES_JUMP
} Does;

#endif
