/* Shared by the typing of calls: plain functions in call.c, those over rows in rows.c. */
#ifndef CHUPIN_RULES_CALL_H
#define CHUPIN_RULES_CALL_H

#include "rules/compile.h"

typedef enum FunctionId {
#define FUNCTION(ID, name, least, most, signature, zh, en) FUNCTION_##ID,
#include "rules/functions.def"
#undef FUNCTION
    FUNCTION_COUNT_
} FunctionId;

Node *type_rows(Scope *s, const Ast *call, FunctionId id);
Node *type_inside(Scope *s, const Ast *call);
Node *misused(const Scope *s, const Ast *call, FunctionId id); /* says how it is written */
/* When the rows of an entity are all there. */
Step rows_step(int kind);
char *source_slice(const Scope *s, const Ast *ast);

#endif
