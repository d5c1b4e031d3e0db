/* What SQLite reports, as what a person should do. */
#include "record/store_sqlite.h"

static Result fail_full(const StoreHead *s) {
    return result_fail(s->arena, ERR_OUTPUT, (Where){0},
                       "磁盘满了，没有写进记录 %s；腾出空间再做一次，以前记下的都还在",
                       "the disk is full, nothing was written to the record %s; make room and do "
                       "it again, all that was recorded before is still there",
                       s->place);
}

Result sqlite_readonly(const StoreHead *s) {
    return result_fail(s->arena, ERR_OUTPUT, (Where){0},
                       "记录 %s 或它的文件夹不让写；请管理员开放写权限，或用 --record 另指一处",
                       "the record %s or its folder may not be written to; ask for the right to "
                       "write, or name another place with --record",
                       s->place);
}

static Result fail_busy(const StoreHead *s, int seconds) {
    return result_fail(s->arena, ERR_OUTPUT, (Where){0},
                       "记录 %s 正被别人使用，等了 %d 秒；过一会再做一次，什么也没有丢",
                       "the record %s is in use by somebody else, waited %d s; do it again in a "
                       "moment, nothing is lost",
                       s->place, seconds);
}

Result sqlite_not_a_record(const StoreHead *s) {
    return result_fail(
        s->arena, ERR_FILE, (Where){0},
        "%s 不是出品记录，或已损坏；换回备份，或用 chupin job rebuild 由 检查结果/ 重建",
        "%s is not a record, or it is damaged; put the backup back, or make it anew "
        "from 检查结果/ with chupin job rebuild",
        s->place);
}

Result sqlite_trouble(const StoreHead *s, sqlite3 *db, int seconds) {
    int code = sqlite3_errcode(db) & 0xff; /* without what makes it an extended code */
    /* A limit on the size of files (ulimit -f) reaches SQLite as a failed write. */
    if (code == SQLITE_FULL || sqlite3_extended_errcode(db) == SQLITE_IOERR_WRITE)
        return fail_full(s);
    if (code == SQLITE_READONLY || code == SQLITE_PERM || code == SQLITE_CANTOPEN)
        return sqlite_readonly(s);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_PROTOCOL)
        return fail_busy(s, seconds);
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
        return sqlite_not_a_record(s);
    return result_fail(s->arena, ERR_OUTPUT, (Where){0},
                       "记录 %s 出错：%s；没有写进去，以前记下的都还在",
                       "trouble with the record %s: %s; nothing was written, all that was recorded "
                       "before is still there",
                       s->place, sqlite3_errmsg(db));
}
