/* Private to the YAML reader: the two readers behind yaml_parse.
 *
 * Nearly every file is written plainly: a key or an item a line, flow lists and maps within a line, texts plain, in
 * double quotes or folded with >-. The plain reader reads such files several times as fast as libyaml and declines
 * whatever else YAML has: it knows no errors, and where it gives nodes they are those libyaml would give. */
#ifndef CHUPIN_BASE_YAML_PLAIN_H
#define CHUPIN_BASE_YAML_PLAIN_H

#include "base/yaml.h"

YamlNode *yaml_plain(Arena *a, const YamlText *text); /* NULL: not written plainly enough; nothing is kept */
YamlNode *yaml_full(Arena *a, const YamlText *text, Errors *errors); /* as yaml_parse, by libyaml */

#endif
