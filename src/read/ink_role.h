/* What an ink is for, from whoever knows best: the job sheet, then ISO 19593 metadata of the layers
 * it lies on, then the table of ink names. */
#ifndef CHUPIN_READ_INK_ROLE_H
#define CHUPIN_READ_INK_ROLE_H

#include "read/read.h"

/* ROLE_UNKNOWN: the layer says nothing. NULL is allowed. */
InkRole ink_role_of_layer(const Layer *l);
/* The next ink of the job sheet with this name from row *next on, which moves behind it; NULL: no
 * more. Names compare after text_nfkc_fold, `folded` is already. */
DeclaredInk *ink_declared(const Facts *facts, Arena *a, const char *folded, size_t *next);
/* The first row of inks.yaml that fits and has a role; `generic`: a row of placeholder names fits
 * too. */
InkRole ink_role_of_name(Arena *a, const ReadPlan *plan, const char *folded, bool *generic);
/* The row of an ink whose kind and use stand takes its role from the best that knows: first
 * ink_role_by_job, then what else is known through ink_role_set, then ink_role_by_name, after which
 * it has one. A role once set stays. */
void ink_role_set(Ink *ink, InkRole role, RoleSource source);
void ink_role_by_job(Facts *facts, const ReadPlan *plan, Ink *ink, const char *folded);
void ink_role_by_name(Facts *facts, const ReadPlan *plan, Ink *ink, const char *folded);
/* What the job sheet declares becomes rows at open; what no ink claimed is not found at close. */
void declared_inks_open(Facts *facts, const ReadPlan *plan);
void declared_inks_close(Facts *facts);
/* A spot ink while its document is still being read: layers count as far as styles are known. Never
 * ROLE_UNKNOWN. */
InkRole ink_role_so_far(const Facts *facts, const ReadPlan *plan, Arena *a, const char *name);

#endif
