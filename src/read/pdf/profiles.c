/* ICC profiles of the document, one row for each stream. */
#include "read/icc.h"
#include "read/pdf/content_of_page.h"
#include "read/pdf/gather.h"

enum { MOST_PROFILE_BYTES = 16 << 20 };

Profile *profile_of(Gather *g, PdfRef ref, const PdfObj *stream, int declared) {
    uint64_t key = ref.num ? (uint64_t)ref.num << 20 | (uint64_t)ref.gen : (uintptr_t)stream;
    void **slot = table_slot(&g->profile_table, g->arena, key);
    if (*slot)
        return *slot;
    Profile *row = *slot = facts_add(g->facts, FACT_profile);
    row->declared = declared;
    if (pdf_type(stream) != PDF_STREAM) {
        row->description = "";
        row->valid = 0;
        row->fault = "特性文件缺失";
        row->fault_en = "it is not in the file";
        row->bytes = 0;
        row->components = 0;
        return row;
    }
    PdfBytes bytes = pdf_stream_decoded(g->file, stream, MOST_PROFILE_BYTES);
    IccProfile icc;
    icc_read(&icc, g->arena, bytes.p, bytes.n);
    row->description = icc.description;
    row->class = (uint8_t)icc.class;
    row->space = (uint8_t)icc.space;
    row->version = arena_strdup(g->arena, icc.version);
    row->components = icc.components;
    row->bytes = (double)bytes.n;
    row->valid = icc.valid && !bytes.truncated;
    static const Text cut_off = {"特性文件的数据不完整", "its data are cut off"};
    Text fault = bytes.truncated && icc.valid ? cut_off : icc.fault;
    row->fault = fault.zh;
    row->fault_en = fault.en;
    if (row->valid == 1 && g->listener->profile)
        g->listener->profile(g->listener->self, g->facts, row,
                             &(ProfileData){g->file, bytes.p, bytes.n});
    pdf_bytes_free(&bytes);
    return row;
}
