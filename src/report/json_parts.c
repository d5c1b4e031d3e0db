#include "report/json_parts.h"

void key_str(Json *j, const char *key, const char *value) {
    json_key(j, key);
    json_str(j, value);
}

void key_num(Json *j, const char *key, double value) {
    json_key(j, key);
    json_num(j, value, REPORT_DECIMALS);
}

void key_int(Json *j, const char *key, int64_t value) {
    json_key(j, key);
    json_int(j, value);
}

void key_bool(Json *j, const char *key, bool value) {
    json_key(j, key);
    json_bool(j, value);
}

void key_count(Json *j, const char *key, int value, int least) {
    json_key(j, key);
    if (value < least)
        json_none(j);
    else
        json_int(j, value);
}

void key_text(Json *j, const char *key, Text t) {
    json_key(j, key);
    if (t.zh)
        json_text(j, t);
    else
        json_none(j);
}
