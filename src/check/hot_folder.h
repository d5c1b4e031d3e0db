/* A hot folder: a folder with 待检, 处理中, … in it (hot_folder.def), through which `watch` carries
 * artwork. A job keeps its place in every stage: 待检/J-1/a.pdf becomes 通过/J-1/a.pdf, its sheet
 * stays in 待检/J-1 and its reports are in 检查结果/J-1. Whoever has the artwork finds the others
 * by its path, so that a file may be signed where it lies.
 *
 * In 处理中 every watcher has a folder of its own above that place: 处理中/<watcher>/J-1/a.pdf. */
#ifndef CHUPIN_CHECK_HOT_FOLDER_H
#define CHUPIN_CHECK_HOT_FOLDER_H

#include "base/text.h"

typedef enum HotStage {
#define STAGE(ID, folder, zh, en) HOT_##ID,
#include "check/hot_folder.def"
#undef STAGE
    HOT_STAGES
} HotStage;

const char *hot_stage_folder(HotStage stage);
Text hot_stage_meaning(HotStage stage);

/* The hot folder that `path` lies in a stage of; NULL: none. The file itself need not be there. */
const char *hot_folder_root(Arena *a, const char *path);
/* `path` as it is in another stage; NULL: it is in no hot folder. */
const char *hot_folder_path(Arena *a, const char *path, HotStage stage);

#endif
