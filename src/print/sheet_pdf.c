/* The finished pages with the report attached: an embedded file of the document (ISO 32000-1,
 * 7.11.4), named so that a reader finds it. */
#include "print/sheet_parts.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

static const char attachment[] = "chupin-report.json";

static qpdf_oh name_of(qpdf_data q, const char *name) {
    return qpdf_oh_new_name(q, name);
}

static qpdf_oh stored_stream(qpdf_data q, const char *stored) {
    size_t bytes = strlen(stored);
    qpdf_oh stream = qpdf_oh_new_stream(q), dict = qpdf_oh_get_dict(q, stream);
    qpdf_oh params = qpdf_oh_new_dictionary(q);
    qpdf_oh_replace_key(q, params, "/Size", qpdf_oh_new_integer(q, (long long)bytes));
    qpdf_oh_replace_key(q, dict, "/Type", name_of(q, "/EmbeddedFile"));
    qpdf_oh_replace_key(q, dict, "/Subtype", name_of(q, "/application/json"));
    qpdf_oh_replace_key(q, dict, "/Params", params);
    qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)stored, bytes,
                                qpdf_oh_new_null(q), qpdf_oh_new_null(q));
    return stream;
}

static void attach(qpdf_data q, qpdf_oh root, const char *stored) {
    qpdf_oh stream = stored_stream(q, stored), files = qpdf_oh_new_dictionary(q);
    qpdf_oh_replace_key(q, files, "/F", stream);
    qpdf_oh_replace_key(q, files, "/UF", stream);
    qpdf_oh spec = qpdf_oh_new_dictionary(q);
    qpdf_oh_replace_key(q, spec, "/Type", name_of(q, "/Filespec"));
    qpdf_oh_replace_key(q, spec, "/F", qpdf_oh_new_string(q, attachment));
    qpdf_oh_replace_key(q, spec, "/UF", qpdf_oh_new_unicode_string(q, attachment));
    qpdf_oh_replace_key(q, spec, "/EF", files);
    qpdf_oh pair = qpdf_oh_new_array(q);
    qpdf_oh_append_item(q, pair, qpdf_oh_new_string(q, attachment));
    qpdf_oh_append_item(q, pair, qpdf_make_indirect_object(q, spec));
    qpdf_oh tree = qpdf_oh_new_dictionary(q), names = qpdf_oh_new_dictionary(q);
    qpdf_oh_replace_key(q, tree, "/Names", pair);
    qpdf_oh_replace_key(q, names, "/EmbeddedFiles", tree);
    qpdf_oh_replace_key(q, root, "/Names", names);
}

/* A sheet is trimmed where its paper ends; its language is for who reads it aloud. */
static void describe(qpdf_data q, qpdf_oh root, Lang lang) {
    qpdf_oh view = qpdf_oh_new_dictionary(q);
    qpdf_oh_replace_key(q, view, "/DisplayDocTitle", qpdf_oh_new_bool(q, QPDF_TRUE));
    qpdf_oh_replace_key(q, root, "/ViewerPreferences", view);
    qpdf_oh_replace_key(q, root, "/Lang", qpdf_oh_new_string(q, lang == LANG_ZH ? "zh-CN" : "en"));
    for (int i = 0; i < qpdf_get_num_pages(q); i++) {
        qpdf_oh page = qpdf_get_page_n(q, (size_t)i), pages = qpdf_oh_get_key(q, page, "/Parent");
        qpdf_oh own = qpdf_oh_get_key(q, page, "/MediaBox");
        qpdf_oh box = qpdf_oh_is_array(q, own) ? own : qpdf_oh_get_key(q, pages, "/MediaBox");
        qpdf_oh_replace_key(q, page, "/TrimBox", box);
    }
}

static bool write_out(qpdf_data q, Sink *to) {
    if (qpdf_init_write_memory(q) & QPDF_ERRORS)
        return false;
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    qpdf_set_object_stream_mode(q, qpdf_o_generate);
    if (qpdf_write(q) & QPDF_ERRORS)
        return false;
    sink_write(to, (const char *)qpdf_get_buffer(q), qpdf_get_buffer_length(q));
    return true;
}

bool sheet_pdf(Str pages, const char *stored, Lang lang, Sink *to) {
    qpdf_data q = qpdf_init();
    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    bool done = !(qpdf_read_memory(q, "sheet", pages.p, pages.n, NULL) & QPDF_ERRORS);
    if (done) {
        qpdf_oh root = qpdf_get_root(q);
        describe(q, root, lang);
        if (stored)
            attach(q, root, stored);
        done = !qpdf_has_error(q) && write_out(q, to);
    }
    qpdf_cleanup(&q);
    return done;
}
