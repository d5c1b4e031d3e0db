/* Rows and verdict of a report, from its findings and tallies and from what people answered. */
#include "check/report.h"

#include <string.h>

static bool is_open_error(const Finding *f) {
    return f->outcome == OUTCOME_FAIL && f->severity == SEVERITY_ERROR && !f->waiver;
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
    size_t unproven; /* lines of the row that nothing measured */
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

/* What the record lets a rule prove is no longer unproven once that rule was run. */
static bool is_settled(const Report *r, const ChecklistItem *row, size_t line) {
    const char *by = row->settled_by ? row->settled_by[line] : NULL;
    for (size_t i = 0; by && i < r->rule_count; i++)
        if (streq(r->rules[i].id, by) && r->rules[i].applicable && !r->rules[i].off)
            return true;
    return false;
}

static size_t unproven_lines(const Report *r, const ChecklistItem *row) {
    size_t count = 0;
    for (size_t i = 0; i < row->unproven_count; i++)
        count += !is_settled(r, row, i);
    return count;
}

static bool collect_findings(Report *r, Item *item) {
    size_t *list = ARENA_ARRAY(r->arena, size_t, r->finding_count);
    bool error = false;
    item->finding_count = 0;
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].item == item->row->number) {
            list[item->finding_count++] = i;
            error |= is_open_error(&r->findings[i]);
        }
    item->findings = list;
    return error;
}

/* A row is not concerned when none of its rules is, unless it asks more than they; else it passes
 * only when all was proven. */
static MachineState machine_state(const Report *r, Count c, bool error) {
    if (error)
        return MACHINE_FAIL;
    if (r->file.unreadable.zh)
        return MACHINE_UNCHECKED;
    if (c.changed || c.unchecked)
        return MACHINE_UNCHECKED;
    if (!c.applicable)
        return !c.rules || c.unproven ? MACHINE_NONE : MACHINE_NOT_APPLICABLE;
    return c.unproven ? MACHINE_UNCHECKED : MACHINE_PASS;
}

static bool is_answered(const Item *item) {
    return item->human == HUMAN_YES || item->human == HUMAN_NA;
}

/* What no rule measures yet is a person's to answer; what this file or its sheet left open is not:
 * unknown is not pass, whoever says so. */
static ItemState item_state(const Item *item, Count c, bool unreadable) {
    bool answered = is_answered(item), pending = item->human == HUMAN_PENDING;
    if (item->machine == MACHINE_FAIL || item->human == HUMAN_NO)
        return ITEM_FAIL;
    if (unreadable || c.changed || c.unchecked || (c.unproven && !answered))
        return ITEM_UNCHECKED;
    if (pending)
        return ITEM_HUMAN;
    if (item->machine == MACHINE_NOT_APPLICABLE)
        return ITEM_NOT_APPLICABLE;
    if (item->machine != MACHINE_NONE)
        return ITEM_PASS;
    return !answered ? ITEM_UNCHECKED : item->human == HUMAN_YES ? ITEM_PASS : ITEM_NOT_APPLICABLE;
}

static void judge_item(Report *r, Item *item) {
    Reasons reasons = {.arena = r->arena};
    const ChecklistItem *row = item->row;
    bool error = collect_findings(r, item), unreadable = r->file.unreadable.zh != NULL;
    item->proven = 0;
    if (unreadable)
        add_reason(&reasons, r->file.unreadable);
    Count c = judge_rules(r, item, &reasons);
    c.unproven = unproven_lines(r, row);
    item->machine = machine_state(r, c, error);
    item->state = item_state(item, c, unreadable);
    bool unproven = !unreadable && item->machine != MACHINE_NOT_APPLICABLE;
    for (size_t i = 0; unproven && i < row->unproven_count; i++)
        if (!is_settled(r, row, i))
            add_reason(&reasons, row->unproven[i]);
    if (item->state == ITEM_UNCHECKED && !reasons.count)
        add_reason(&reasons, (Text){"还没有规则查这一项", "no rule checks this row yet"});
    item->reasons = reasons.items;
    item->reason_count = reasons.count;
}

static void count_findings(Report *r) {
    r->verdict.errors = r->verdict.warnings = r->verdict.infos = r->verdict.unchecked = 0;
    r->verdict.waived = 0;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->outcome == OUTCOME_UNCHECKED)
            r->verdict.unchecked++;
        else if (f->waiver)
            r->verdict.waived++;
        else if (f->severity == SEVERITY_ERROR)
            r->verdict.errors++;
        else if (f->severity == SEVERITY_WARNING)
            r->verdict.warnings++;
        else
            r->verdict.infos++;
    }
}

/* The machine's part of a row is open, whatever a person says to it. */
static bool machine_is_open(const Report *r, const Item *item) {
    if (item->machine == MACHINE_NONE)
        return unproven_lines(r, item->row) || !item->row->human;
    return item->machine == MACHINE_UNCHECKED;
}

static bool is_rejected(const Standing *s) {
    for (Party p = PARTY_DESIGN; s && p < PARTIES; p++) {
        const Signature *last = NULL;
        for (size_t i = 0; i < s->signature_count; i++)
            last = s->signatures[i].party == p ? &s->signatures[i] : last;
        if (last && last->decision == DECISION_REJECT)
            return true;
    }
    return false;
}

/* 出品 is reviewed, checked and free of mistakes: without the director's review nothing is one. */
static bool is_approved(const Standing *s) {
    if (!s || !party_approved(s, PARTY_DIRECTOR))
        return false;
    for (Party p = PARTY_DESIGN; p < PARTIES; p++)
        if ((s->parties >> p & 1) && !party_approved(s, p))
            return false;
    return true;
}

static void give_verdict(Report *r) {
    bool unchecked = r->unproven_count > 0, failed = false, open = unchecked;
    r->verdict.human = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &r->items[i];
        unchecked |= machine_is_open(r, item);
        failed |= item->state == ITEM_FAIL;
        open |= item->state == ITEM_UNCHECKED || item->state == ITEM_HUMAN;
        r->verdict.human += item->human == HUMAN_PENDING;
    }
    if (r->file.unreadable.zh) {
        r->verdict.machine = r->verdict.state = VERDICT_UNREADABLE;
        return;
    }
    r->verdict.machine = r->verdict.errors ? VERDICT_FAIL
                         : unchecked       ? VERDICT_INCOMPLETE
                                           : VERDICT_CLEAN;
    if (r->verdict.errors || failed || is_rejected(r->standing))
        r->verdict.state = VERDICT_FAIL;
    else
        r->verdict.state = open || !is_approved(r->standing) ? VERDICT_INCOMPLETE : VERDICT_PASS;
}

void report_judge(Report *r) {
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        judge_item(r, &r->items[i]);
    count_findings(r);
    give_verdict(r);
}

bool item_is_open(const Item *item) {
    return item->state == ITEM_FAIL || item->human == HUMAN_PENDING ||
           (item->state == ITEM_UNCHECKED && !is_answered(item));
}

bool report_awaits_review(const Report *r) {
    bool open = r->verdict.state != VERDICT_INCOMPLETE || r->unproven_count > 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        open |= r->items[i].state == ITEM_UNCHECKED || r->items[i].state == ITEM_HUMAN;
    return !open;
}
