/* One plain mail by SMTP. Internal to notify. */
#ifndef CHUPIN_NOTIFY_MAIL_H
#define CHUPIN_NOTIFY_MAIL_H

#include "notify/plan.h"

/* `to`: addresses with commas. */
Result mail_send(Arena *a, const NotifyPlan *plan, const char *to, const char *subject,
                 const char *text);

#endif
