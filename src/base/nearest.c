#include "base/text.h"

#include <string.h>

/* Costs in halves of an edit: a changed letter, a missing or extra one and two swapped ones are one
 * edit; a letter in the other case, or one separator for another, is half of one. */
enum { EDIT = 2, HALF = 1, LONGEST = 64, FAR = 1000 };

typedef struct Points {
    int count;
    int32_t at[LONGEST];
} Points;

static bool points_of(Points *out, const char *word) {
    const char *p = word, *end = word + strlen(word);
    out->count = 0;
    while (p < end) {
        if (out->count == LONGEST)
            return false;
        text_next(&p, end, &out->at[out->count++]);
    }
    return true;
}

static int32_t lower(int32_t c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static bool separator(int32_t c) {
    return c == '-' || c == '_' || c == ' ' || c == '.';
}

static int change(int32_t a, int32_t b) {
    if (lower(a) == lower(b))
        return 0;
    return separator(a) && separator(b) ? HALF : EDIT;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Optimal string alignment (Damerau–Levenshtein without edits between swapped letters). */
static int distance(const Points *a, const Points *b) {
    int rows[3][LONGEST + 1];
    int *before = rows[0], *last = rows[1], *now = rows[2];
    for (int j = 0; j <= b->count; j++)
        last[j] = before[j] = j * EDIT;
    for (int i = 1; i <= a->count; i++) {
        now[0] = i * EDIT;
        for (int j = 1; j <= b->count; j++) {
            int best = last[j - 1] + change(a->at[i - 1], b->at[j - 1]);
            best = least(best, least(last[j], now[j - 1]) + EDIT);
            if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
                best = least(best, before[j - 2] + EDIT);
            now[j] = best;
        }
        int *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[b->count];
}

/* `width` for `width_min`: one of the parts that separators make is the word itself. */
static bool is_part(const Points *word, const Points *candidate) {
    if (word->count < 3)
        return false;
    for (int from = 0; from + word->count <= candidate->count; from++) {
        int to = from + word->count;
        bool starts = from == 0 || separator(candidate->at[from - 1]);
        bool ends = to == candidate->count || separator(candidate->at[to]);
        if (starts && ends &&
            memcmp(word->at, candidate->at + from, (size_t)word->count * sizeof *word->at) == 0)
            return true;
    }
    return false;
}

/* How far a word may be off and still be meant. */
static int allowed(const Points *a, const Points *b) {
    int longer = a->count > b->count ? a->count : b->count;
    return longer < 2 ? HALF : longer < 6 ? EDIT : longer < 9 ? 2 * EDIT : 3 * EDIT;
}

const char *nearest_word(const char *word, const char *const *candidates, size_t count) {
    enum { PART = 2 * EDIT };
    Points wanted;
    if (!word || !*word || !points_of(&wanted, word))
        return NULL;
    const char *best = NULL;
    int best_cost = FAR;
    for (size_t i = 0; i < count; i++) {
        Points candidate;
        if (!candidates[i] || !points_of(&candidate, candidates[i]))
            continue;
        int cost = distance(&wanted, &candidate);
        if (cost > allowed(&wanted, &candidate))
            cost = FAR;
        else if (!streq(word, candidates[i]))
            cost += HALF;
        if (is_part(&wanted, &candidate))
            cost = least(cost, PART);
        if (cost < best_cost) {
            best_cost = cost;
            best = candidates[i];
        }
    }
    return best;
}
