#include "check/report.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int compare_int(int64_t a, int64_t b) {
    return a < b ? -1 : a > b;
}

/* By page with the document last, then row, rule, paint order. The rest makes the order whole. */
static int by_place(const void *a, const void *b) {
    const Finding *x = a, *y = b;
    int c = compare_int(x->page ? x->page : INT_MAX, y->page ? y->page : INT_MAX);
    c = c ? c : compare_int(x->item, y->item);
    c = c ? c : strcmp(x->rule, y->rule);
    c = c ? c : compare_int(x->order, y->order);
    c = c ? c : compare_int(x->outcome, y->outcome);
    c = c ? c : compare_int(x->severity, y->severity);
    return c ? c : strcmp(x->fingerprint, y->fingerprint);
}

static int by_number(const void *a, const void *b) {
    return compare_int(((const PageSummary *)a)->number, ((const PageSummary *)b)->number);
}

static int by_id(const void *a, const void *b) {
    const RuleTally *x = a, *y = b;
    int c = strcmp(x->id, y->id);
    return c ? c : compare_int(x->item, y->item);
}

static void sort(void *items, size_t count, size_t size,
                 int (*compare)(const void *, const void *)) {
    if (count)
        qsort(items, count, size, compare);
}

static bool is_error(const Finding *f) {
    return f->outcome == OUTCOME_FAIL && f->severity == SEVERITY_ERROR;
}

typedef struct Reasons {
    Arena *arena;
    Text *items;
    size_t count, capacity;
} Reasons;

static void add_reason(Reasons *r, Text t) {
    for (size_t i = 0; i < r->count; i++)
        if (streq(r->items[i].zh, t.zh))
            return;
    *ARENA_PUSH(r->arena, r->items, r->count, r->capacity) = t;
}

static void changed_reason(Reasons *to, const RuleTally *t) {
    Arena *a = to->arena;
    if (t->off)
        add_reason(to, (Text){arena_printf(a, "规则 %s 被关掉了", t->id),
                              arena_printf(a, "rule %s is switched off", t->id)});
    else if (t->softened)
        add_reason(to, (Text){arena_printf(a, "规则 %s 被放宽了", t->id),
                              arena_printf(a, "rule %s is softened", t->id)});
}

/* Rules that ended unchecked without a finding of their own were on pages that could not be read
 * whole. */
static void unchecked_reason(const Report *r, Reasons *to, const RuleTally *t) {
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->outcome == OUTCOME_UNCHECKED && f->item == t->item && streq(f->rule, t->id)) {
            add_reason(to, f->message);
            return;
        }
    }
    if (r->file.unreadable.zh)
        add_reason(to, r->file.unreadable);
    else
        add_reason(to, (Text){"有的页内容没有读完整", "some pages could not be read whole"});
}

typedef struct Count {
    int rules, applicable, unchecked, changed;
} Count;

static Count judge_rules(const Report *r, Item *item, Reasons *reasons) {
    Count c = {0};
    for (size_t i = 0; i < r->rule_count; i++) {
        const RuleTally *t = &r->rules[i];
        if (t->item != item->row->number)
            continue;
        c.rules++;
        if (t->off || t->softened) {
            c.changed++;
            changed_reason(reasons, t);
        }
        if (t->off || !t->applicable)
            continue;
        c.applicable++;
        if (t->unchecked) {
            c.unchecked++;
            unchecked_reason(r, reasons, t);
        } else if (!t->fail) {
            item->proven++;
        }
    }
    return c;
}

static bool collect_findings(Report *r, Item *item) {
    size_t *list = ARENA_ARRAY(r->arena, size_t, r->finding_count);
    bool error = false;
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].item == item->row->number) {
            list[item->finding_count++] = i;
            error |= is_error(&r->findings[i]);
        }
    item->findings = list;
    return error;
}

/* A row is not concerned when none of its rules is, unless it asks more than they; else it passes
 * only when all was proven. */
static MachineState machine_state(const Report *r, const Item *item, Count c, bool error) {
    if (error)
        return MACHINE_FAIL;
    if (r->file.unreadable.zh)
        return MACHINE_UNCHECKED;
    bool more = item->row->unproven_count > 0;
    if (c.changed || c.unchecked)
        return MACHINE_UNCHECKED;
    if (!c.applicable)
        return !c.rules || more ? MACHINE_NONE : MACHINE_NOT_APPLICABLE;
    return more ? MACHINE_UNCHECKED : MACHINE_PASS;
}

static ItemState item_state(const Item *item) {
    bool human = item->human == HUMAN_PENDING;
    switch (item->machine) {
    case MACHINE_FAIL:
        return ITEM_FAIL;
    case MACHINE_UNCHECKED:
        return ITEM_UNCHECKED;
    case MACHINE_NONE:
        return item->row->unproven_count || !human ? ITEM_UNCHECKED : ITEM_HUMAN;
    case MACHINE_PASS:
        return human ? ITEM_HUMAN : ITEM_PASS;
    case MACHINE_NOT_APPLICABLE:
        return human ? ITEM_HUMAN : ITEM_NOT_APPLICABLE;
    }
    return ITEM_UNCHECKED;
}

static void finish_item(Report *r, Item *item, const ChecklistItem *row) {
    Reasons reasons = {.arena = r->arena};
    *item = (Item){.row = row, .human = row->human ? HUMAN_PENDING : HUMAN_NONE};
    bool error = collect_findings(r, item);
    if (r->file.unreadable.zh)
        add_reason(&reasons, r->file.unreadable);
    Count c = judge_rules(r, item, &reasons);
    item->machine = machine_state(r, item, c, error);
    item->state = item_state(item);
    bool unproven = !r->file.unreadable.zh && item->machine != MACHINE_NOT_APPLICABLE;
    for (size_t i = 0; unproven && i < row->unproven_count; i++)
        add_reason(&reasons, row->unproven[i]);
    if (item->state == ITEM_UNCHECKED && !reasons.count)
        add_reason(&reasons, (Text){"还没有规则查这一项", "no rule checks this row yet"});
    item->reasons = reasons.items;
    item->reason_count = reasons.count;
}

static void count_findings(Report *r) {
    r->verdict.errors = r->verdict.warnings = r->verdict.infos = r->verdict.unchecked = 0;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->outcome == OUTCOME_UNCHECKED)
            r->verdict.unchecked++;
        else if (f->severity == SEVERITY_ERROR)
            r->verdict.errors++;
        else if (f->severity == SEVERITY_WARNING)
            r->verdict.warnings++;
        else
            r->verdict.infos++;
    }
}

static void give_verdict(Report *r) {
    bool unchecked = r->unproven_count > 0;
    r->verdict.human = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        unchecked |=
            r->items[i].state == ITEM_UNCHECKED || r->items[i].machine == MACHINE_UNCHECKED;
        r->verdict.human += r->items[i].human == HUMAN_PENDING;
    }
    if (r->file.unreadable.zh) {
        r->verdict.machine = r->verdict.state = VERDICT_UNREADABLE;
    } else if (r->verdict.errors) {
        r->verdict.machine = r->verdict.state = VERDICT_FAIL;
    } else {
        r->verdict.machine = unchecked ? VERDICT_INCOMPLETE : VERDICT_CLEAN;
        r->verdict.state = unchecked || r->verdict.human ? VERDICT_INCOMPLETE : VERDICT_PASS;
    }
}

void report_finish(Report *r, const ChecklistItem *checklist) {
    sort(r->findings, r->finding_count, sizeof *r->findings, by_place);
    sort(r->pages, r->page_count, sizeof *r->pages, by_number);
    sort(r->rules, r->rule_count, sizeof *r->rules, by_id);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        finish_item(r, &r->items[i], &checklist[i]);
    count_findings(r);
    give_verdict(r);
}

static bool anything_unchecked(const Report *r) {
    bool any = r->verdict.unchecked > 0 || r->unproven_count > 0 || !r->job || !r->job->present;
    for (size_t i = 0; i < r->rule_count; i++)
        any |= r->rules[i].unchecked > 0 || r->rules[i].off || r->rules[i].softened;
    return any;
}

int report_exit_code(const Report *r, Severity fail_on, bool strict) {
    bool blocked = false;
    if (r->verdict.state == VERDICT_UNREADABLE)
        return 3;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->outcome == OUTCOME_FAIL && f->severity <= fail_on)
            return 1;
        blocked |= f->outcome == OUTCOME_UNCHECKED && f->by_file && f->severity == SEVERITY_ERROR;
    }
    for (size_t i = 0; i < r->rule_count; i++)
        blocked |= r->rules[i].lost > 0 && r->rules[i].severity == SEVERITY_ERROR;
    return blocked || (strict && anything_unchecked(r)) ? 3 : 0;
}
