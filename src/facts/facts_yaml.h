/* Facts from YAML: any map becomes a row, by the schema alone. Job sheets, papers, inks and the
 * rows of rule tests are read this way. Keys are English names or Chinese aliases; measured values
 * carry their unit (3mm, 3 毫米, 300%); full-width digits and signs are accepted. An unquoted
 * `unknown` leaves the field unknown.
 *
 *     row_clear(e, &job);
 *     if (!row_from_yaml(e, &job, arena, &text, node, &errors))
 *         return errors_result(&errors, ERR_USAGE);
 *
 * The row is the caller's; strings and the rows of references live in the arena. False after errors
 * were added: every trouble of the map is reported, not only the first. */
#ifndef CHUPIN_FACTS_FACTS_YAML_H
#define CHUPIN_FACTS_FACTS_YAML_H

#include "base/yaml.h"
#include "facts/facts.h"

/* Fields whose key is absent stay as they are. */
bool row_from_yaml(const EntityDesc *e, void *row, Arena *a, const YamlText *text,
                   const YamlNode *node, Errors *errors);
bool field_from_yaml(const FieldDesc *f, void *row, Arena *a, const YamlText *text,
                     const YamlNode *value, Errors *errors);

/* One number with its unit, in the dimension's canonical unit. On failure `why` (when not NULL)
 * says what to write. */
bool measure_parse(Arena *a, const char *written, Dimension d, double *out, Text *why);

#endif
