/* Trouble with SQLite in plain sentences. Internal to record. */
#ifndef CHUPIN_RECORD_STORE_SQLITE_H
#define CHUPIN_RECORD_STORE_SQLITE_H

#include "record/store.h"

#include <sqlite3.h>

/* Of the last call that failed; `seconds` is how long it waited for somebody else. */
Result sqlite_trouble(const StoreHead *s, sqlite3 *db, int seconds);
Result sqlite_readonly(const StoreHead *s);
Result sqlite_not_a_record(const StoreHead *s);

#endif
