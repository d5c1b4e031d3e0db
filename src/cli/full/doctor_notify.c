/* Whether notifications would arrive: nothing is sent, each server is only connected to. */
#include "check/job_sheet.h"
#include "cli/full/doctor.h"
#include "notify/post.h"

static const struct {
    NotifyKey key;
    Text name;
} channels[] = {
    {NOTIFY_WECOM, {"企业微信", "WeCom"}}, {NOTIFY_DINGTALK, {"钉钉", "DingTalk"}},
    {NOTIFY_FEISHU, {"飞书", "Feishu"}},   {NOTIFY_WEBHOOK, {"回调", "webhook"}},
    {NOTIFY_EMAIL, {"邮件", "e-mail"}},
};
enum { CHANNELS = sizeof channels / sizeof *channels };

static const Text mend = {"写法见 chupin help watch；密钥放进环境变量或文件，出得去网的防火墙放行",
                          "chupin help watch says how it is written; secrets are in the "
                          "environment or a file; let the firewall pass it"};

static Result read_plan(NotifyPlan *plan, Patient *p) {
    TRY(notify_site(plan, p->arena));
    const SheetPairs *pairs = p->jobs ? &jobs_sheet(p->jobs)->notify : NULL;
    for (size_t i = 0; pairs && i < pairs->count; i++)
        TRY(notify_set(plan, p->arena, pairs->keys[i], pairs->values[i], true, (Where){0}));
    return OK;
}

Seen doctor_notify(Patient *p) {
    NotifyPlan plan = {0};
    Text reached = {"", ""};
    Result r = read_plan(&plan, p);
    if (r.kind)
        return doctor_trouble(p, HEALTH_BROKEN, &r, mend);
    if (!notify_wanted(&plan))
        return (Seen){.what = {"没有设，监视只把结果放进文件夹",
                               "none set; a watch only puts results into folders"}};
    for (size_t i = 0; i < CHANNELS; i++) {
        Text name = channels[i].name;
        if (!plan.values[channels[i].key])
            continue;
        r = notify_reach(p->arena, &plan, channels[i].key);
        if (r.kind)
            return (Seen){HEALTH_BROKEN,
                          {arena_printf(p->arena, "%s：%s", name.zh, r.text.zh),
                           arena_printf(p->arena, "%s: %s", name.en, r.text.en)},
                          mend};
        const char *gap = *reached.en ? ", " : "";
        reached = (Text){arena_printf(p->arena, "%s%s%s", reached.zh, *gap ? "、" : "", name.zh),
                         arena_printf(p->arena, "%s%s%s", reached.en, gap, name.en)};
    }
    return (Seen){.what = {arena_printf(p->arena, "%s：连得上", reached.zh),
                           arena_printf(p->arena, "%s: reachable", reached.en)}};
}
