/* How group robots want a message signed. Both are HMAC-SHA256 in base64, and not the same.
 * https://open.dingtalk.com/document/robots/customize-robot-security-settings
 * https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot */
#ifndef CHUPIN_NOTIFY_SIGN_H
#define CHUPIN_NOTIFY_SIGN_H

#include "base/text.h"

/* Key: the secret; message: "<milliseconds>\n<secret>". */
const char *sign_dingtalk(Arena *a, int64_t milliseconds, const char *secret);
/* Key: "<seconds>\n<secret>"; message: nothing. */
const char *sign_feishu(Arena *a, int64_t seconds, const char *secret);
/* For a query: everything but letters, digits and -._~ is escaped. */
const char *url_escaped(Arena *a, const char *text);

#endif
