/* Six blocks to sign: filled where the record has a signature, blank for the pen elsewhere. */
#include "print/sheet_parts.h"

static const double block_gap = MM(4), pad = 7, air = MM(4);
static const double block_w = (COLUMN_W - 2 * MM(4)) / 3;
enum { BLOCKS_A_ROW = 3, DECISIONS = 3, NAME_LINES = 2, NOTE_LINES = 2 };

static const SheetWord party_names[PARTIES] = {
    [PARTY_DESIGN] = SAY_PARTY_DESIGN,     [PARTY_COPY] = SAY_PARTY_COPY,
    [PARTY_DIRECTOR] = SAY_PARTY_DIRECTOR, [PARTY_AE] = SAY_PARTY_AE,
    [PARTY_CLIENT] = SAY_PARTY_CLIENT,     [PARTY_PRINTER] = SAY_PARTY_PRINTER,
};
static const SheetWord decision_names[DECISIONS] = {
    [DECISION_APPROVE] = SAY_APPROVE,
    [DECISION_WITH_CHANGES] = SAY_WITH_CHANGES,
    [DECISION_REJECT] = SAY_REJECT,
};

const char *sheet_party_name(const Sheet *s, Party party) {
    return sheet_say(s, party_names[party]);
}

/* The last one counts. */
static const Signature *signature_of(Sheet *s, Party party) {
    const Signature *found = NULL;
    for (size_t i = 0; i < s->standing->signature_count; i++)
        if (s->standing->signatures[i].party == party)
            found = &s->standing->signatures[i];
    return found;
}

static const char *remark(Sheet *s, const Signature *g) {
    if (!g)
        return "";
    const char *scan = g->scan_name
                           ? sheet_join(s, sheet_say(s, SAY_SCAN), sheet_safe(s, g->scan_name),
                                        sheet_safe(s, g->scan_sha256))
                           : "";
    return sheet_fit(s, sheet_after(s, sheet_safe(s, g->note), scan), FACE_NOTE, block_w - 2 * pad,
                     NOTE_LINES);
}

static double name_w(Sheet *s) {
    double words = type_width(s, FACE_LABEL, sheet_say(s, SAY_NAME)) +
                   type_width(s, FACE_LABEL, sheet_say(s, SAY_DATE));
    return block_w - 2 * pad - words - MM(20) - 12;
}

static const char *signer(Sheet *s, const Signature *g) {
    return g ? sheet_fit(s, sheet_safe(s, g->by), FACE_STRONG, name_w(s), NAME_LINES) : "";
}

static double block_height(Sheet *s, Party party) {
    const Signature *g = signature_of(s, party);
    double name = type_height(s, FACE_STRONG, signer(s, g), name_w(s));
    double least = type_leading(FACE_STRONG) * (g ? 1 : 2.4);
    return 5 + type_leading(FACE_STRONG) + 3 + type_leading(FACE_BODY) + 2 +
           type_height(s, FACE_NOTE, remark(s, g), block_w - 2 * pad) +
           (name > least ? name : least) + 7;
}

static double row_of_blocks(Sheet *s, int first) {
    double height = 0;
    for (int p = first; p < first + BLOCKS_A_ROW; p++) {
        double block = block_height(s, (Party)p);
        height = block > height ? block : height;
    }
    return height;
}

static double head_height(void) {
    return type_leading(FACE_HEADING) + 8;
}

static const char *head_of_chain(Sheet *s) {
    if (!s->standing->head)
        return sheet_say(s, SAY_NO_HEAD);
    return sheet_join(s, "%s%s%s", sheet_say(s, SAY_HEAD), sheet_say(s, SAY_COLON),
                      sheet_join(s, sheet_say(s, SAY_HEAD_VALUE), (long long)s->standing->head_seq,
                                 sheet_safe(s, s->standing->head)));
}

double sheet_signatures_height(Sheet *s) {
    double height = air + head_height() + 4;
    for (int p = 0; p < PARTIES; p += BLOCKS_A_ROW)
        height += row_of_blocks(s, p) + (p ? block_gap : 0);
    return height + 5 + type_height(s, FACE_LABEL, sheet_say(s, SAY_NO_ESIGN), COLUMN_W) +
           type_height(s, FACE_LABEL, head_of_chain(s), COLUMN_W);
}

static double decisions_width(Sheet *s, Face f) {
    double used = 0;
    for (int d = 0; d < DECISIONS; d++)
        used += tick_width(s, f, sheet_say(s, decision_names[d]));
    return used;
}

static void draw_decisions(Sheet *s, const Signature *g, double x, double y) {
    const double room = block_w - 2 * pad, least_gap = 5;
    Face f = decisions_width(s, FACE_BODY) + 2 * least_gap > room ? FACE_NOTE : FACE_BODY;
    double gap = (room - decisions_width(s, f)) / (DECISIONS - 1);
    gap = gap > MM(5) ? MM(5) : gap;
    for (int d = 0; d < DECISIONS; d++)
        x += tick_draw(s, f, g && (int)g->decision == d, sheet_say(s, decision_names[d]), x, y) +
             gap;
}

static void draw_name(Sheet *s, const Signature *g, double x, double bottom) {
    double line = bottom - 6, base = line - 2.5, w = name_w(s);
    double label_y = base - type_rise(FACE_LABEL);
    const char *name = sheet_say(s, SAY_NAME), *date = sheet_say(s, SAY_DATE), *by = signer(s, g);
    double start = x + type_width(s, FACE_LABEL, name) + 4;
    double date_x = start + w + 4;
    double date_start = date_x + type_width(s, FACE_LABEL, date) + 4;
    type_draw(s, FACE_LABEL, name, x, label_y, block_w, ALIGN_LEFT);
    type_draw(s, FACE_LABEL, date, date_x, label_y, block_w, ALIGN_LEFT);
    rule_draw(s, start, line, w, HAIR, TONE_INK);
    rule_draw(s, date_start, line, MM(20), HAIR, TONE_INK);
    double lines = type_height(s, FACE_STRONG, by, w) - type_leading(FACE_STRONG);
    type_draw(s, FACE_STRONG, by, start, base - type_rise(FACE_STRONG) - lines, w, ALIGN_LEFT);
    if (g)
        type_draw(s, FACE_BODY, sheet_day(s, g->at), date_start, base - type_rise(FACE_BODY),
                  MM(20), ALIGN_LEFT);
}

static void draw_block(Sheet *s, Party party, double x, double y, double height) {
    const Signature *g = signature_of(s, party);
    frame_draw(s, x + HAIR / 2, y + HAIR / 2, block_w - HAIR, height - HAIR, HAIR, TONE_INK);
    type_draw(s, FACE_STRONG, sheet_party_name(s, party), x + pad, y + 5, block_w, ALIGN_LEFT);
    double top = y + 5 + type_leading(FACE_STRONG) + 3;
    draw_decisions(s, g, x + pad, top);
    type_draw(s, FACE_NOTE, remark(s, g), x + pad, top + type_leading(FACE_BODY) + 2,
              block_w - 2 * pad, ALIGN_LEFT);
    draw_name(s, g, x + pad, y + height);
}

static void draw_signatures(Sheet *s, const void *what, double y) {
    (void)what;
    double drop = type_rise(FACE_HEADING) - type_rise(FACE_STRONG);
    rule_draw(s, 0, y, COLUMN_W, 1.1, TONE_INK);
    type_draw(s, FACE_HEADING, sheet_say(s, SAY_SIGN), 0, y + 4, COLUMN_W, ALIGN_LEFT);
    type_draw(s, FACE_STRONG, sheet_say(s, SAY_BINDING), 0, y + 4 + drop, COLUMN_W, ALIGN_RIGHT);
    y += head_height() + 4;
    for (int p = 0; p < PARTIES; p++) {
        double height = row_of_blocks(s, p - p % BLOCKS_A_ROW);
        draw_block(s, (Party)p, (p % BLOCKS_A_ROW) * (block_w + block_gap), y, height);
        if (p % BLOCKS_A_ROW == BLOCKS_A_ROW - 1)
            y += height + block_gap;
    }
    y += 5 - block_gap;
    type_draw(s, FACE_LABEL, sheet_say(s, SAY_NO_ESIGN), 0, y, COLUMN_W, ALIGN_LEFT);
    y += type_height(s, FACE_LABEL, sheet_say(s, SAY_NO_ESIGN), COLUMN_W);
    type_draw(s, FACE_LABEL, head_of_chain(s), 0, y, COLUMN_W, ALIGN_LEFT);
}

void sheet_signatures(Sheet *s) {
    flow_add(s, sheet_signatures_height(s) - air, air, draw_signatures, NULL)->foot = true;
}
