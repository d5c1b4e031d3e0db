/* JUnit XML for build servers: the file is a test suite, every rule a test case under its item, and
 * every question for a person another one.
 *
 * An open must-fix finding is a failure. What could not be checked because of the file is an error;
 * what lacks a job sheet, a measurement or a person's answer is skipped, as it changes no exit code
 * either. Warnings and waived findings are told in the output of a case that passes. */
#include "report/batch_parts.h"

#include <string.h>

typedef struct Xml {
    Sink *to;
    Arena *arena;
    Lang lang;
    const Report *r;
} Xml;

typedef enum CaseState { CASE_PASSED, CASE_FAILED, CASE_BROKEN, CASE_SKIPPED } CaseState;

/* XML 1.0 has no way to write what is no character. */
static void point_write(Sink *to, const char *p, size_t n, int32_t point) {
    static const int32_t FIRST_NON_CHARACTER = 0xFFFE, LAST_NON_CHARACTER = 0xFFFF;
    bool special = point == '&' || point == '<' || point == '>' || point == '"' || point == '\n';
    if (point >= FIRST_NON_CHARACTER && point <= LAST_NON_CHARACTER)
        sink_format(to, "\\u%04X", (unsigned)point);
    else if (special)
        sink_format(to, "&#%d;", (int)point);
    else
        sink_write(to, p, n);
}

static void text_write(const Xml *x, const char *text) {
    while (text && *text) {
        size_t line = strcspn(text, "\n");
        const char *p = text_printable(x->arena, text, line), *end = p + strlen(p);
        while (p < end) {
            const char *from = p;
            int32_t point;
            int n = text_next(&p, end, &point);
            point_write(x->to, from, (size_t)n, point);
        }
        text += line;
        if (*text)
            point_write(x->to, text, 1, *text), text++;
    }
}

static void attribute(const Xml *x, const char *name, const char *value) {
    sink_format(x->to, " %s=\"", name);
    text_write(x, value);
    sink_char(x->to, '"');
}

static bool is_of(const Finding *f, const RuleTally *t) {
    return f->item == t->item && streq(f->rule, t->id);
}

static CaseState finding_state(const Finding *f) {
    if (f->waiver || f->severity != SEVERITY_ERROR)
        return f->outcome == OUTCOME_UNCHECKED && !f->waiver ? CASE_SKIPPED : CASE_PASSED;
    if (f->outcome == OUTCOME_UNCHECKED)
        return f->by_file ? CASE_BROKEN : CASE_SKIPPED;
    return CASE_FAILED;
}

static int weight(CaseState s) {
    switch (s) {
    case CASE_FAILED:
        return 3;
    case CASE_BROKEN:
        return 2;
    case CASE_SKIPPED:
        return 1;
    case CASE_PASSED:
        return 0;
    }
    return 0;
}

static CaseState rule_state(const Report *r, const RuleTally *t) {
    CaseState worst = !t->applicable || t->off ? CASE_SKIPPED : CASE_PASSED;
    if (t->unchecked)
        worst = CASE_SKIPPED;
    for (size_t i = 0; i < r->finding_count; i++) {
        CaseState s = finding_state(&r->findings[i]);
        if (is_of(&r->findings[i], t) && weight(s) > weight(worst))
            worst = s;
    }
    return worst;
}

static bool asks_person(const Item *item) {
    return item->row->human;
}

static CaseState person_state(const Item *item) {
    if (item->human == HUMAN_NO)
        return CASE_FAILED;
    return item->human == HUMAN_PENDING ? CASE_SKIPPED : CASE_PASSED;
}

static void count(JunitSums *sums, CaseState s) {
    sums->tests++;
    sums->failures += s == CASE_FAILED;
    sums->errors += s == CASE_BROKEN;
    sums->skipped += s == CASE_SKIPPED;
}

JunitSums junit_sums(const Report *r) {
    JunitSums sums = {0};
    count(&sums, r->file.unreadable.zh ? CASE_BROKEN : CASE_PASSED);
    for (size_t i = 0; i < r->rule_count; i++)
        count(&sums, rule_state(r, &r->rules[i]));
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (asks_person(&r->items[i]))
            count(&sums, person_state(&r->items[i]));
    return sums;
}

static void case_open(const Xml *x, int item, const char *name) {
    sink_str(x->to, "    <testcase");
    attribute(x, "classname",
              arena_printf(x->arena, "%s.%02d %s", x->r->file.name, item,
                           text_in(x->r->items[item].row->title, x->lang)));
    attribute(x, "name", name);
    attribute(x, "file", x->r->file.name);
    sink_str(x->to, " time=\"0\"");
}

/* "第 7 页：右边出血只有 1.2 mm" */
static const char *finding_line(const Xml *x, const Finding *f) {
    const char *where = phrase(PHRASE_WHOLE_FILE, x->lang);
    if (f->page)
        where = arena_printf(x->arena, phrase(PHRASE_ON_PAGE, x->lang),
                             arena_printf(x->arena, "%d", f->page));
    const char *fix = text_in(f->fix, x->lang), *message = text_in(f->message, x->lang);
    const char *colon = x->lang == LANG_ZH ? "：" : ": ";
    if (f->waiver)
        return arena_printf(x->arena, "%s%s%s [%s %s]", where, colon, message,
                            phrase(PHRASE_HEAD_WAIVED, x->lang), f->waiver->by);
    if (!fix || !*fix)
        return arena_printf(x->arena, "%s%s%s", where, colon, message);
    return arena_printf(x->arena, "%s%s%s\n  %s%s", where, colon, message,
                        phrase(PHRASE_FIX, x->lang), fix);
}

/* Of the findings in that state, or of all of them. */
static const char *lines_of(const Xml *x, const RuleTally *t, const CaseState *only) {
    const char *all = "";
    for (size_t i = 0; i < x->r->finding_count; i++) {
        const Finding *f = &x->r->findings[i];
        if (is_of(f, t) && (!only || finding_state(f) == *only))
            all = arena_printf(x->arena, "%s%s%s", all, *all ? "\n" : "", finding_line(x, f));
    }
    return all;
}

static const char *first_line(const Xml *x, const char *lines) {
    return arena_copy(x->arena, lines, strcspn(lines, "\n"));
}

static void outcome(const Xml *x, CaseState s, const char *type, const char *lines) {
    static const char *const tags[] = {
        [CASE_FAILED] = "failure", [CASE_BROKEN] = "error", [CASE_SKIPPED] = "skipped"};
    if (s == CASE_PASSED && !*lines) {
        sink_str(x->to, "/>\n");
        return;
    }
    const char *tag = s == CASE_PASSED ? "system-out" : tags[s];
    sink_format(x->to, ">\n      <%s", tag);
    if (s != CASE_PASSED)
        attribute(x, "message", first_line(x, lines));
    if (s == CASE_FAILED || s == CASE_BROKEN)
        attribute(x, "type", type);
    sink_char(x->to, '>');
    if (s != CASE_SKIPPED)
        text_write(x, lines);
    sink_format(x->to, "</%s>\n    </testcase>\n", tag);
}

static const char *skip_reason(const Xml *x, const RuleTally *t) {
    if (t->off)
        return x->lang == LANG_ZH ? "这条规则关掉了" : "the rule is switched off";
    if (!t->applicable)
        return text_in(item_state_name(ITEM_NOT_APPLICABLE), x->lang);
    return text_in(item_state_name(ITEM_UNCHECKED), x->lang);
}

static void rule_case(const Xml *x, const RuleTally *t) {
    CaseState s = rule_state(x->r, t);
    const char *lines = lines_of(x, t, s == CASE_PASSED ? NULL : &s);
    if (s == CASE_SKIPPED && !*lines)
        lines = skip_reason(x, t);
    case_open(x, t->item, t->id);
    outcome(x, s, severity_word(t->severity), lines);
}

static void file_case(const Xml *x) {
    const Report *r = x->r;
    case_open(x, 0, "readable");
    outcome(x, r->file.unreadable.zh ? CASE_BROKEN : CASE_PASSED, "unreadable",
            r->file.unreadable.zh ? text_in(r->file.unreadable, x->lang) : "");
}

static void person_case(const Xml *x, const Item *item) {
    CaseState s = person_state(item);
    const char *question = text_in(item->row->human_question, x->lang);
    const char *said = item->answer
                           ? arena_printf(x->arena, "%s %s %s", item->answer->by, item->answer->at,
                                          item->answer->note ? item->answer->note : "")
                           : "";
    case_open(x, item->row->number, question);
    outcome(x, s, "human",
            s == CASE_SKIPPED ? text_in(human_state_name(HUMAN_PENDING), x->lang) : said);
}

void junit_suite(const Report *r, const ReportStyle *style, Sink *to) {
    Xml xml = {.to = to, .arena = arena_new(), .lang = style->lang, .r = r}, *x = &xml;
    JunitSums sums = junit_sums(r);
    const char *counts =
        arena_printf(x->arena, "tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\"",
                     sums.tests, sums.failures, sums.errors, sums.skipped);
    sink_str(to, "  <testsuite");
    attribute(x, "name", r->file.name);
    sink_format(to, " %s time=\"0\">\n    <properties>\n", counts);
    const char *const properties[][2] = {{"verdict", verdict_word(r->verdict.state)},
                                         {"sha256", r->file.sha256},
                                         {"as_of", r->as_of},
                                         {"rules_sha256", r->rules_sha256}};
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        sink_format(to, "      <property name=\"%s\"", properties[i][0]);
        attribute(x, "value", properties[i][1]);
        sink_str(to, "/>\n");
    }
    sink_str(to, "    </properties>\n");
    file_case(x);
    for (size_t i = 0; i < r->rule_count; i++)
        rule_case(x, &r->rules[i]);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (asks_person(&r->items[i]))
            person_case(x, &r->items[i]);
    sink_str(to, "  </testsuite>\n");
    arena_free(x->arena);
}

void junit_begin(const JunitSums *sums, Sink *to) {
    sink_format(to,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"chupin\" "
                "tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"0\">\n",
                sums->tests, sums->failures, sums->errors);
}

void report_junit(const Report *r, const ReportStyle *style, Sink *to) {
    JunitSums sums = junit_sums(r);
    junit_begin(&sums, to);
    junit_suite(r, style, to);
    sink_str(to, "</testsuites>\n");
}
