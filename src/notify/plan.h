/* Where to tell about results: `notify:` of the site configuration and of a job sheet.
 *
 *     notify: {企业微信: env:WECOM_KEY, 钉钉: file:/etc/chupin/ding, 钉钉密钥: env:DING_SECRET}
 *
 * Off as long as nothing is written. What a sheet says goes over what the site says, key by key. A
 * plan travels as text (one "key<TAB>value" a line, secrets still by reference), and only the
 * process that sends reads what the references name. */
#ifndef CHUPIN_NOTIFY_PLAN_H
#define CHUPIN_NOTIFY_PLAN_H

#include "base/result.h"

typedef enum NotifyKey {
#define NOTIFY_KEY(ID, names, secret, place) NOTIFY_##ID,
#include "notify/keys.def"
#undef NOTIFY_KEY
    NOTIFY_KEYS
} NotifyKey;

typedef struct NotifyPlan {
    const char *values[NOTIFY_KEYS]; /* NULL: not said */
} NotifyPlan;

/* One key as it is written. ERR_USAGE: no such key, a secret that is written out, or a key that a
 * sheet may not have. `at`: the file it stands in. */
Result notify_set(NotifyPlan *p, Arena *a, const char *key, const char *value, bool in_sheet,
                  Where at);
/* Of $XDG_CONFIG_HOME/chupin/chupin.yaml, else of /etc/chupin/chupin.yaml. */
Result notify_site(NotifyPlan *p, Arena *a);
bool notify_wanted(const NotifyPlan *p); /* any channel */
const char *notify_text(Arena *a, const NotifyPlan *p);
void notify_from_text(NotifyPlan *p, Arena *a, const char *text);
/* The value itself: what env: or file: names. ERR_USAGE: it is not there or empty. */
Result notify_value(const char **out, Arena *a, const NotifyPlan *p, NotifyKey key);

#endif
