#include "check/identity.h"
#include "check/rule_data.h"
#include "ink/press/press.h"
#include "read/read.h"

#include <string.h>

void job_identity(const Jobs *jobs, const char *password, char hex[SHA256_HEX]) {
    Arena *scratch = arena_new();
    Sink to = sink_memory(scratch);
    Sha256 hash;
    job_canonical(&to, jobs);
    Str text = sink_text(&to);
    sha256_start(&hash);
    sha256_add(&hash, text.p, text.n);
    sha256_add(&hash, "", 1);
    if (password)
        sha256_add(&hash, password, strlen(password) + 1);
    sha256_end(&hash, hex);
    arena_free(scratch);
}

void rules_identity(const RuleSet *rules, const RuleData *data, char hex[SHA256_HEX]) {
    Sha256 hash;
    sha256_start(&hash);
    sha256_add(&hash, rules->sha256, SHA256_HEX);
    sha256_add(&hash, data->sha256, SHA256_HEX);
    sha256_end(&hash, hex);
}

const char *tool_identity(Arena *a) {
    PressProfile press;
    Text why;
    bool found = press_profile_carried(&press, a, NULL, 0, NULL, &why);
    return arena_printf(a, "chupin %s, poppler %s, lcms2 %s, press %s", CHUPIN_VERSION,
                        reader_versions(), press_version(), found ? press.sha256 : "none");
}
