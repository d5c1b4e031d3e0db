/* How a value is printed, in all detail; value.h has the plain form. */
#ifndef CHUPIN_RULES_VALUE_TEXT_H
#define CHUPIN_RULES_VALUE_TEXT_H

#include "base/sink.h"
#include "rules/value.h"

typedef struct ValueStyle {
    const Unit *unit; /* NULL: the unit people read */
    int decimals;     /* -1: as the unit says, with the unit written; else without it */
    int finer;        /* more decimals than that */
} ValueStyle;

void value_write(Sink *out, Arena *a, Value v, Lang lang, ValueStyle style);
/* How many more decimals it takes that "299.8ppi is below 300ppi" does not print 300 twice. */
int finer_decimals(Value v, Value other, ValueStyle style);

#endif
