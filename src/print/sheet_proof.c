/* What the sheet rests on, and the foot of every page. */
#include "print/sheet_parts.h"

static const char *tool(const Sheet *s) {
    const char *text =
        sheet_join(s, "chupin %s", s->r->version ? sheet_safe(s, s->r->version) : CHUPIN_VERSION);
    if (s->r->engine && *s->r->engine)
        text = sheet_join(s, "%s  ·  poppler %s", text, sheet_safe(s, s->r->engine));
    if (s->r->colour_engine && *s->r->colour_engine)
        text = sheet_join(s, "%s  ·  lcms2 %s", text, sheet_safe(s, s->r->colour_engine));
    return text;
}

static const char *press(const Sheet *s, const UsedProfile *p) {
    const char *from = sheet_safe_in(s, p->from), *name = sheet_safe(s, p->name);
    name = *from ? sheet_join(s, sheet_say(s, SAY_IN_BRACKETS), name, from) : name;
    return sheet_after(s, name, sheet_safe(s, p->sha256));
}

void sheet_overlong(Sheet *s) {
    if (!s->overlong_count)
        return;
    flow_heading(s, sheet_say(s, SAY_OVERLONG), sheet_say(s, SAY_OVERLONG_ASIDE));
    for (size_t i = 0; i < s->overlong_count; i++)
        flow_text(s, FACE_NOTE, s->overlong[i]);
}

void sheet_proof(Sheet *s) {
    const Report *r = s->r;
    flow_heading(s, sheet_say(s, SAY_PROOF), "");
    size_t first = s->block_count;
    flow_facts(s, sheet_say(s, SAY_TOOL), tool(s));
    flow_facts(s, sheet_say(s, SAY_RULES),
               sheet_after(s, sheet_safe(s, r->profile), sheet_safe(s, r->rules_sha256)));
    for (size_t i = 0; i < r->profile_count; i++)
        flow_facts(s, sheet_say(s, SAY_PRESS), press(s, &r->profiles[i]));
    if (r->job && r->job->present)
        flow_facts(
            s, sheet_say(s, SAY_JOB_SHEET),
            sheet_after(s, sheet_safe(s, r->job->sheet_name), sheet_safe(s, r->job->sheet_sha256)));
    flow_facts(s, sheet_say(s, SAY_RUN), sheet_safe(s, s->standing->run));
    flow_facts(s, sheet_say(s, SAY_ATTACHMENT),
               sheet_say(s, s->style->stored ? SAY_ATTACHED : SAY_NOT_ATTACHED));
    flow_facts(s, sheet_say(s, SAY_READING), sheet_say(s, SAY_READING_TEXT));
    for (size_t i = first; i + 1 < s->block_count; i++)
        s->blocks[i].keep = true;
}

/* Only here a name may lose its end: it stands in full on the first page. */
static const char *fitting(Sheet *s, const char *text, double width) {
    if (type_width(s, FACE_LABEL, text) <= width)
        return text;
    size_t columns = 0;
    const char *cut = "";
    for (const char *longer = ""; type_width(s, FACE_LABEL, longer) <= width; columns++) {
        cut = longer;
        longer = sheet_join(s, "%.*s…", (int)text_clip(text, (int)columns), text);
    }
    return cut;
}

void sheet_footer(Sheet *s) {
    const double y = BODY_BOTTOM + MM(3), side = COLUMN_W * 0.38;
    rule_draw(s, 0, y, COLUMN_W, HAIR, TONE_HAIR);
    type_draw(s, FACE_LABEL, fitting(s, sheet_safe(s, s->r->file.name), side), 0, y + 3, COLUMN_W,
              ALIGN_LEFT);
    type_draw(s, FACE_TAG, sheet_short_id(s), 0, y + 3, COLUMN_W, ALIGN_CENTRE);
    type_draw(s, FACE_LABEL, sheet_join(s, sheet_say(s, SAY_PAGE_OF), s->page, s->page_count), 0,
              y + 3, COLUMN_W, ALIGN_RIGHT);
}
