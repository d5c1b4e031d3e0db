/* Reports: a finished Report as bytes in one format.
 *
 * reports.def has a row for each format and words.def, states.def every fixed wording. A writer
 * reads the Report and writes to the Sink; it keeps nothing and uses neither clock, locale nor
 * terminal: the style says all it may know.
 *
 *     const ReportFormat *f = report_format_find("json");
 *     f->write(report, &(ReportStyle){.lang = LANG_ZH, .width = 96}, &sink);
 */
#ifndef CHUPIN_REPORT_WRITE_H
#define CHUPIN_REPORT_WRITE_H

#include "base/sink.h"
#include "check/report.h"
#include "report/pictures.h"

typedef struct ReportStyle {
    Lang lang;
    bool colour;   /* ANSI colours */
    bool brief;    /* text: only one line a file */
    bool again;    /* not the first report of a run, so what is the same for every file is left
                      out */
    int width;     /* text: columns to fill */
    int exit_code; /* text: how this file counts for the exit code of the run */
    const ReportPictures
        *pictures;       /* of the artwork, for formats that show it; NULL: none to be had */
    const char *stored;  /* the report as the record keeps it (chupin.report/1), for formats that
                            carry it along; NULL: not wanted */
    const char *artwork; /* path of the artwork, for the annotated copy; NULL: not at hand */
} ReportStyle;

typedef struct ReportFormat {
    const char *name;
    bool many; /* takes several files in one output */
    Text use;
    void (*write)(const Report *r, const ReportStyle *style, Sink *to);
} ReportFormat;

/* report_text(), report_json(), … */
#define REPORT(id, many, zh, en)                                                                   \
    void report_##id(const Report *r, const ReportStyle *style, Sink *to);
#include "report/reports.def"
#undef REPORT

const ReportFormat *report_format_find(const char *name); /* NULL if there is none */

typedef enum Phrase {
#define PHRASE(ID, zh, en) PHRASE_##ID,
#include "report/words.def"
#undef PHRASE
    PHRASE_COUNT
} Phrase;
const char *phrase(Phrase p, Lang lang);

const char *item_state_word(ItemState s); /* as in JSON */
const char *machine_state_word(MachineState s);
const char *human_state_word(HumanState s);
const char *verdict_word(VerdictState s);
const char *party_word(Party p);
const char *decision_word(Decision d);
/* Why it was given, and why it was seconded when that is known; never NULL. */
const char *waiver_reasons(Arena *a, const Waiver *w, Lang lang);
const char *progress_word(Progress p);
Text item_state_name(ItemState s); /* as people read it */
Text human_state_name(HumanState s);
Text party_title(Party p);
Text decision_title(Decision d);
Text progress_name(Progress p);
Text machine_state_name(MachineState s);
Text verdict_name(VerdictState s);
Text verdict_sentence(const Report *r); /* verdict_name, or what is missing of a review */
const char *next_of_people(const Report *r, Lang lang); /* what they do where nothing is to mend */
Text verdict_short_name(VerdictState s); /* for lists; all of one language are equally wide */

/* After several text reports: one line a file and the sums. */
typedef struct FileLine {
    const char *name;
    VerdictState state;
    int errors, warnings, unchecked, exit_code;
} FileLine;
void report_summary(const FileLine *files, size_t count, const ReportStyle *style, Sink *to);

typedef struct JunitSums { /* test cases of a report */
    int tests, failures, errors, skipped;
} JunitSums;

#endif
