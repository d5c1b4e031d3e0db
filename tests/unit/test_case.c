/* A rule worked out for marks that are alike must come out as the rule does: random rules over
 * random rows, of which many facts are unknown. The seed is fixed, so a failure can be repeated. */
#include "expressions.h"

#include "rules/case.h"

static uint64_t seed;

static unsigned chance(unsigned choices) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % choices;
}

static const char *const links[] = {
    "stroke.visible",
    "mark.visible",
    "stroke.zero_width",
    "stroke.dashed",
    "stroke.region == art",
    "mark.region != slug",
    "stroke.hidden in [no, layer]",
    "stroke.cap in [butt, round]",
    "stroke.cap not in [square]",
    "stroke.cap == round",
    "stroke.cap != butt",
    "mark.kind == stroke",
    "stroke.style.family not in [rgb, lab]",
    "stroke.style.tint >= 99.5%",
    "stroke.style.layer.visible == stroke.style.overprint",
    "stroke.style.alpha < stroke.style.tint",
    "stroke.width_min >= limit.line_min",
    "stroke.width_min >= limit.line_min * job.scale",
    "limit.line_min * job.scale < stroke.width_max",
    "stroke.width_max == 0.2mm",
    "stroke.width_max != limit.line_min",
    "stroke.width_max - stroke.width_min <= 0.1mm",
    "stroke.width_min > stroke.style.c * 1mm",
    "stroke.segments <= 2",
    "3 > stroke.segments",
    "stroke.segments in [1, 4]",
    "near(stroke.width_min, limit.line_min, 0.05mm)",
    "is_known(stroke.width_min)",
    "is_known(stroke.style.tint)",
    "limit.rgb_vectors",
    "job.scale > 0.5",
    "page.user_unit > 1",
    "stroke.box.w > 5mm",
    "true",
};

static const char *condition(Arena *a, int depth) {
    const char *link = links[chance(sizeof links / sizeof *links)];
    switch (depth ? chance(6) : 0) {
    case 0:
        return link;
    case 1:
        return arena_printf(a, "not (%s)", condition(a, depth - 1));
    case 2:
        return arena_printf(a, "(%s or %s)", condition(a, depth - 1), condition(a, depth - 1));
    default:
        return arena_printf(a, "(%s and %s)", condition(a, depth - 1), condition(a, depth - 1));
    }
}

static Tri any_truth(void) {
    return (Tri)((int)chance(3) - 1);
}

/* Around 0.2 mm, on and beside the tolerance. */
static double any_width(void) {
    static const double mm[] = {0, 0.1, 0.189, 0.19, 0.1901, 0.2, 0.2099, 0.21, 0.211, 0.5, NAN};
    return MM(mm[chance(sizeof mm / sizeof *mm)]);
}

static double any_ratio(void) {
    static const double ratios[] = {0, 0.5, 0.995, 1, NAN};
    return ratios[chance(sizeof ratios / sizeof *ratios)];
}

static Style *any_style(Lab *lab) {
    Style *s = facts_add(lab->facts, FACT_style);
    Layer *layer = facts_add(lab->facts, FACT_layer);
    layer->visible = any_truth();
    s->family = (uint8_t)chance(FAMILY_WORDS);
    s->tint = any_ratio();
    s->alpha = any_ratio();
    s->c = any_ratio();
    s->overprint = any_truth();
    s->layer = chance(2) ? layer : NULL;
    return s;
}

static void any_stroke(Stroke *s, Style *const *styles, size_t count) {
    row_clear(entity_of(FACT_stroke), s);
    unsigned which = chance((unsigned)count + 1);
    s->style = which < count ? styles[which] : NULL;
    s->kind = chance(8) ? MARK_STROKE : MARK_UNKNOWN;
    s->region = (uint8_t)chance(REGION_WORDS);
    s->hidden = (uint8_t)chance(3);
    s->visible = any_truth();
    s->cap = (uint8_t)chance(CAP_WORDS);
    s->dashed = any_truth();
    s->zero_width = any_truth();
    s->width_min = (float)any_width();
    s->width_max = (float)any_width();
    s->segments = chance(4) ? (int32_t)chance(6) : UNKNOWN_INT;
    if (chance(2))
        s->box = (Box32){0, 0, (float)MM((int)chance(10)), 1};
}

static const Node *compiled(Lab *lab, const char *text) {
    const Node *n = lab_compile(lab, text);
    if (!n)
        fail_msg("%s\n%s", text, errors_render(lab->arena, &lab->errors, LANG_EN));
    return n;
}

typedef struct Known { /* cases by answers */
    size_t count;
    Answers answers[256];
    const RuleCase *cases[256];
} Known;

static const RuleCase *case_for(Lab *lab, Known *known, const Questions *q, const Rule *rule) {
    Answers answers = questions_ask(q, &lab->env);
    for (size_t i = 0; i < known->count; i++)
        if (memcmp(&known->answers[i], &answers, sizeof answers) == 0)
            return known->cases[i];
    if (known->count == 256)
        known->count = 0;
    known->answers[known->count] = answers;
    return known->cases[known->count++] = rule_case(lab->arena, rule, &lab->env);
}

typedef struct Trial {
    Lab lab;
    Limit *limit;
    Job *job;
    Page *page;
    const char *where, *require, *warn;
    Rule rule;
} Trial;

static void trial_open(Trial *t) {
    t->lab = lab_open(FACT_stroke);
    t->limit = lab_row(&t->lab, FACT_limit, "{}");
    t->job = lab_row(&t->lab, FACT_job, "{}");
    t->page = lab_row(&t->lab, FACT_page, "{}");
    t->limit->line_min = any_width();
    t->limit->rgb_vectors = any_truth();
    t->job->scale = any_ratio();
    t->where = condition(t->lab.arena, 3);
    t->require = condition(t->lab.arena, 3);
    t->warn = condition(t->lab.arena, 2);
    t->rule = (Rule){.each = FACT_stroke,
                     .where = chance(5) ? compiled(&t->lab, t->where) : NULL,
                     .require = compiled(&t->lab, t->require),
                     .warn = chance(2) ? compiled(&t->lab, t->warn) : NULL};
}

typedef struct Met {
    int settled, outcomes[OUTCOME_WORDS];
} Met;

static void try_rows(Trial *t, int rows, Met *met) {
    enum { STYLES = 5 };
    Lab *lab = &t->lab;
    Questions q = {0};
    assert_true(questions_add(&q, lab->arena, &t->rule));
    Known *known = ARENA_NEW(lab->arena, Known);
    Style *styles[STYLES];
    for (int k = 0; k < STYLES; k++)
        styles[k] = any_style(lab);
    Stroke stroke;
    lab->env.row[FACT_stroke] = lab->env.row[FACT_mark] = &stroke;
    for (int k = 0; k < rows; k++) {
        any_stroke(&stroke, styles, STYLES);
        t->page->user_unit = chance(2) ? 1.0 + chance(2) : (double)NAN;
        const RuleCase *c = case_for(lab, known, &q, &t->rule);
        Outcome wanted = rule_run(&t->rule, &lab->env), got = case_run(c, &stroke, &lab->env);
        met->settled += c->settled;
        met->outcomes[wanted]++;
        if (got != wanted || (c->settled && c->outcome != wanted))
            fail_msg("%s, not %s\nwhere %s\nrequire %s\nwarn %s", outcome_word(got),
                     outcome_word(wanted), t->where, t->require, t->warn);
    }
}

static void a_case_comes_out_as_its_rule_does(void **state) {
    (void)state;
    enum { RULES = 1500, ROWS = 150 };
    Met met = {0};
    seed = 1;
    for (int i = 0; i < RULES; i++) {
        Trial t;
        trial_open(&t);
        try_rows(&t, ROWS, &met);
        lab_close(&t.lab);
    }
    /* The rows must not all be of one sort. */
    assert_true(met.settled > RULES * ROWS / 20);
    static const Outcome wanted[] = {OUTCOME_PASS, OUTCOME_FAIL, OUTCOME_WARN, OUTCOME_UNCHECKED,
                                     OUTCOME_NOT_SELECTED};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_true(met.outcomes[wanted[i]] > RULES);
}

static void a_rule_that_hangs_on_traits_alone_is_settled(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    Rule rule = {.each = FACT_stroke,
                 .where = compiled(&lab, "stroke.visible and stroke.region == art"),
                 .require = compiled(&lab, "stroke.style.family not in [rgb, lab]")};
    lab_row(&lab, FACT_limit, "{line_min: 0.2mm}");
    lab_row(&lab, FACT_stroke, "{visible: true, region: art, style: {family: rgb}}");
    const RuleCase *c = rule_case(lab.arena, &rule, &lab.env);
    assert_true(c->settled);
    assert_int_equal(c->outcome, OUTCOME_FAIL);
    rule.require = compiled(&lab, "stroke.width_min > limit.line_min");
    assert_false(rule_case(lab.arena, &rule, &lab.env)->settled);
    lab_row(&lab, FACT_stroke, "{visible: false, region: art}");
    c = rule_case(lab.arena, &rule, &lab.env);
    assert_true(c->settled);
    assert_int_equal(c->outcome, OUTCOME_NOT_SELECTED);
    lab_close(&lab);
}

static void the_same_question_is_asked_once_and_too_many_are_refused(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    Questions q = {0};
    Rule rule = {.each = FACT_stroke, .require = compiled(&lab, "stroke.dashed")};
    rule.where = compiled(&lab, "stroke.visible and not stroke.dashed");
    assert_true(questions_add(&q, lab.arena, &rule));
    rule.where = compiled(&lab, "stroke.zero_width and stroke.visible");
    assert_true(questions_add(&q, lab.arena, &rule));
    assert_int_equal(q.count, 1);
    for (int i = 1; i < MOST_QUESTIONS; i++) {
        rule.where = NULL;
        rule.require = compiled(&lab, arena_printf(lab.arena, "stroke.style.opm == %d", i));
        assert_true(questions_add(&q, lab.arena, &rule));
    }
    rule.require = compiled(&lab, "stroke.style.opm == 1000");
    assert_false(questions_add(&q, lab.arena, &rule));
    rule.require = compiled(&lab, "stroke.style.opm == 7");
    assert_true(questions_add(&q, lab.arena, &rule));
    lab_close(&lab);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_comes_out_as_its_rule_does),
        cmocka_unit_test(a_rule_that_hangs_on_traits_alone_is_settled),
        cmocka_unit_test(the_same_question_is_asked_once_and_too_many_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
