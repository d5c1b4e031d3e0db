#include "base/yaml_explain.h"

#include <string.h>

static const char wide_colon[] = "：";

typedef struct Slip {   /* a colon that YAML does not take for one */
    size_t from, width; /* bytes of the line */
    bool wide;          /* full-width; else an ASCII one without the space */
} Slip;

/* key = up to 60 bytes without space, quote, bracket or comma, then "：", or ":" and at once a
 * value. Prose and addresses (http://…, 12:30) are left alone. */
static bool find_slip(Slip *out, const char *line) {
    enum { LONGEST_KEY = 60 };
    const char *p = line + strspn(line, " \t");
    while (p[0] == '-' && p[1] == ' ')
        p += 1 + strspn(p + 1, " ");
    const char *key = p;
    for (; *p && p - key <= LONGEST_KEY; p++) {
        if (p > key && strncmp(p, wide_colon, sizeof wide_colon - 1) == 0) {
            *out = (Slip){(size_t)(p - line), sizeof wide_colon - 1, true};
            return true;
        }
        if (strchr(" \t\"'#{}[],&*", *p))
            return false;
        if (*p == ':') {
            *out = (Slip){(size_t)(p - line), 1, false};
            bool number = key[0] >= '0' && key[0] <= '9';
            return p > key && p[1] && !strchr(" \t/:\\", p[1]) && !number;
        }
    }
    return false;
}

static void add_slip(Errors *e, const YamlText *text, int line, const char *source, Slip slip) {
    Where at = {.file = text->file, .line = line, .column = (int)slip.from + 1};
    Text wide = {"这里用了全角冒号“：”，请改成半角冒号加一个空格“: ”。",
                 "this is a full-width colon; write an ASCII colon and a space \": \""};
    Text tight = {"冒号后面要有一个空格。", "a space is needed after the colon"};
    errors_put(e, at, source, (int)slip.width, slip.wide ? wide : tight);
}

/* libyaml stumbles one or more lines after a colon it did not see: the nearest such line above, and
 * the first of a run of them, is what the person has to mend. */
static bool slip_near(Errors *e, const YamlText *text, int last, int first) {
    enum { LINES = 20 };
    Slip slip = {0};
    const char *source = NULL;
    int found = 0;
    first = first > last - LINES ? first : last - LINES;
    for (int line = last; line >= first && line >= 1; line--) {
        Slip here;
        const char *s = source_line(e->arena, text->text, line);
        if (s && find_slip(&here, s)) {
            slip = here;
            source = s;
            found = line;
        } else if (found) {
            break;
        }
    }
    if (found)
        add_slip(e, text, found, source, slip);
    return found > 0;
}

static const struct {
    const char *problem; /* begins libyaml's words */
    bool at_start;       /* the place to mend is where the thing began */
    Text text;
} known[] = {
    {"could not find expected ':'",
     true,
     {"这一行少了冒号：名称后面要写“: ”。", "a colon is missing: write \": \" after the name"}},
    {"mapping values are not allowed",
     false,
     {"这里不该有冒号：可能是上一行的缩进不对，或者这段文字要加引号。",
      "no colon can stand here: the indentation of the line above is off, or quote the text"}},
    {"found character that cannot start any token",
     false,
     {"文字不能以这个字符开头，请给整段文字加引号。",
      "a text cannot begin with this character; put the text in quotes"}},
    {"did not find expected key",
     false,
     {"缩进没有对齐：同一层的行要从同一列开始。",
      "the indentation is off: lines of one level begin in one column"}},
    {"did not find expected '-' indicator",
     false,
     {"缩进没有对齐：同一个列表的每一项都以“- ”开头，从同一列开始。",
      "the indentation is off: items of one list begin with \"- \" in one column"}},
    {"block sequence entries are not allowed",
     false,
     {"列表的“- ”要另起一行写。", "begin the list with \"- \" on a line of its own"}},
    {"did not find expected ',' or",
     true,
     {"这个括号没有配对，或者中间少了半角逗号。",
      "this bracket is not closed, or a comma is missing"}},
    {"found unexpected end of stream",
     true,
     {"这里开始的引号没有配对。", "the quote that begins here is not closed"}},
    {"found unexpected document indicator",
     true,
     {"这里开始的引号没有配对。", "the quote that begins here is not closed"}},
    {"control characters are not allowed",
     false,
     {"这里有看不见的控制字符，请删掉。", "an invisible control character stands here; remove it"}},
};

static bool tab_indents(const char *line) {
    return line && memchr(line, '\t', strspn(line, " \t-")) != NULL;
}

void yaml_explain(Errors *e, const YamlText *text, const YamlTrouble *trouble) {
    Where at = trouble->at;
    int first = trouble->context.line ? trouble->context.line : at.line - 1;
    const char *source = source_line(e->arena, text->text, at.line);
    if (tab_indents(source)) {
        at.column = (int)(strchr(source, '\t') - source) + 1;
        errors_put(
            e, at, source, 1,
            (Text){"这里用了 Tab 缩进，请改成空格。", "a tab is used for indentation; use spaces"});
        return;
    }
    if (slip_near(e, text, at.line, first))
        return;
    const char *problem = trouble->problem ? trouble->problem : "";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strncmp(problem, known[i].problem, strlen(known[i].problem)) != 0)
            continue;
        if (known[i].at_start && trouble->context.line)
            at = trouble->context;
        source = source_line(e->arena, text->text, at.line);
        errors_put(e, at, source, 1, known[i].text);
        return;
    }
    errors_add(e, at, source, 1, "这里不合 YAML 的写法（%s）。", "this is not YAML: %s", problem);
}

bool yaml_colon_error(Errors *e, const YamlText *text, const YamlNode *node) {
    if (node->kind != YAML_SCALAR || node->quoted)
        return false;
    const char *source = source_line(e->arena, text->text, node->at.line);
    Slip slip;
    if (!source || !find_slip(&slip, source))
        return false;
    add_slip(e, text, node->at.line, source, slip);
    return true;
}
