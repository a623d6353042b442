#include "internal.h"

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

struct cicu_text {
  UChar *units;        // the text in UTF-16
  int32_t *offsets;    // the byte offset of each unit, and the length behind the last
  UChar *bidi_units;   // the text with isolates inserted
  int32_t *bidi_map;   // the unit index of each of them, -1 for an inserted one
  int32_t count;       // units in the text
  int32_t length;      // bytes in the text
  int32_t capacity;    // elements each array holds
  UBreakIterator *clusters;
  UBiDi *bidi;
};

struct cicu_lines {
  UBreakIterator *iterator;
};

cicu_text *cicu_text_open(void) {
  char locale[CICU_LOCALE_CAPACITY];
  cicu_locale("en", locale);
  cicu_text *text = calloc(1, sizeof *text);
  if (!text) return NULL;
  UErrorCode status = U_ZERO_ERROR;
  text->clusters = ubrk_open(UBRK_CHARACTER, "en", NULL, 0, &status);
  text->bidi = ubidi_open();
  if (U_FAILURE(status) || !text->bidi) {
    cicu_text_close(text);
    return NULL;
  }
  return text;
}

void cicu_text_close(cicu_text *text) {
  if (!text) return;
  ubrk_close(text->clusters);
  ubidi_close(text->bidi);
  free(text->units);
  free(text->offsets);
  free(text->bidi_units);
  free(text->bidi_map);
  free(text);
}

static bool grow(void **array, int32_t capacity, size_t size) {
  void *larger = realloc(*array, (size_t)capacity * size);
  if (larger) *array = larger;
  return larger != NULL;
}

// Room for `wanted` units with two isolate marks for each, which is the most there can be.
static bool reserve(cicu_text *text, int32_t wanted) {
  if (wanted <= text->capacity) return true;
  int32_t capacity = wanted < 256 ? 256 : wanted + wanted / 2;
  bool grown = grow((void **)&text->units, capacity, sizeof(UChar)) && grow((void **)&text->offsets, capacity, sizeof(int32_t))
    && grow((void **)&text->bidi_units, capacity * 3, sizeof(UChar)) && grow((void **)&text->bidi_map, capacity * 3, sizeof(int32_t));
  if (grown) text->capacity = capacity;
  return grown;
}

bool cicu_text_set(cicu_text *text, const uint8_t *bytes, int32_t length) {
  text->count = text->length = 0;
  if (!reserve(text, length + 2)) return false;
  int32_t index = 0, count = 0;
  while (index < length) {
    int32_t start = index;
    UChar32 scalar;
    U8_NEXT(bytes, index, length, scalar);
    if (scalar < 0) scalar = 0xFFFD;
    text->offsets[count] = start;
    if (scalar <= 0xFFFF) {
      text->units[count++] = (UChar)scalar;
    } else {
      text->units[count++] = U16_LEAD(scalar);
      text->offsets[count] = start;
      text->units[count++] = U16_TRAIL(scalar);
    }
  }
  text->offsets[count] = length;
  text->count = count;
  text->length = length;
  return true;
}

static bool mark(cicu_text *text, UBreakIterator *iterator, uint8_t *flags, uint8_t bit, bool with_start) {
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(iterator, text->units, text->count, &status);
  if (U_FAILURE(status)) return false;
  int32_t position = ubrk_first(iterator);
  if (!with_start) position = ubrk_next(iterator);
  for (; position != UBRK_DONE; position = ubrk_next(iterator)) flags[text->offsets[position]] |= bit;
  return true;
}

bool cicu_text_mark_clusters(cicu_text *text, uint8_t *flags, uint8_t bit) { return mark(text, text->clusters, flags, bit, true); }

bool cicu_text_mark_lines(cicu_text *text, cicu_lines *lines, uint8_t *flags, uint8_t bit) {
  return mark(text, lines->iterator, flags, bit, false);
}

static bool is_bidi_control(UChar unit) {
  return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
}

bool cicu_text_levels(cicu_text *text, uint8_t base, const int32_t *isolates, int32_t count, uint8_t *levels) {
  int32_t total = 0, next = 0;
  bool inside = false;
  for (int32_t index = 0; index <= text->count; index++) {
    int32_t offset = text->offsets[index];
    if (inside && offset >= isolates[2 * next + 1]) {
      text->bidi_units[total] = 0x2069;  // PDI
      text->bidi_map[total++] = -1;
      inside = false;
      next++;
    }
    if (index == text->count) break;
    while (!inside && next < count && isolates[2 * next + 1] <= isolates[2 * next]) next++;
    if (!inside && next < count && offset >= isolates[2 * next]) {
      text->bidi_units[total] = 0x2068;  // FSI
      text->bidi_map[total++] = -1;
      inside = true;
    }
    UChar unit = text->units[index];
    text->bidi_units[total] = inside && is_bidi_control(unit) ? 0x200B : unit;
    text->bidi_map[total++] = index;
  }
  UErrorCode status = U_ZERO_ERROR;
  ubidi_setPara(text->bidi, text->bidi_units, total, base, NULL, &status);
  const UBiDiLevel *found = U_SUCCESS(status) && total > 0 ? ubidi_getLevels(text->bidi, &status) : NULL;
  if (U_FAILURE(status)) return false;
  for (int32_t index = 0; index < total; index++) {
    int32_t unit = text->bidi_map[index];
    if (unit < 0) continue;
    for (int32_t byte = text->offsets[unit]; byte < text->offsets[unit + 1]; byte++) levels[byte] = found[index];
  }
  return true;
}

static uint32_t tag_of(UScriptCode script) {
  const char *name = uscript_getShortName(script);
  if (!name) return 0;
  return (uint32_t)(uint8_t)name[0] << 24 | (uint32_t)(uint8_t)name[1] << 16 | (uint32_t)(uint8_t)name[2] << 8 | (uint8_t)name[3];
}

const char *cicu_script_name(uint32_t scalar) {
  UErrorCode status = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript((UChar32)scalar, &status);
  return U_FAILURE(status) ? NULL : uscript_getName(script);
}

bool cicu_text_scripts(cicu_text *text, uint32_t *scripts) {
  UScriptCode current = USCRIPT_COMMON;
  int32_t first_real = -1;
  for (int32_t index = 0; index < text->count;) {
    int32_t start = index;
    UChar32 scalar;
    U16_NEXT(text->units, index, text->count, scalar);
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(scalar, &status);
    if (U_FAILURE(status)) return false;
    // A mark or sign of several scripts goes with what stands before it (UAX #24, 5.1).
    if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) {
      current = script;
      if (first_real < 0) first_real = text->offsets[start];
    }
    uint32_t tag = tag_of(current);
    for (int32_t byte = text->offsets[start]; byte < text->offsets[index]; byte++) scripts[byte] = tag;
  }
  for (int32_t byte = 0; byte < first_real; byte++) scripts[byte] = scripts[first_real];
  return true;
}

cicu_lines *cicu_lines_open(const char *tag) {
  char locale[CICU_LOCALE_CAPACITY];
  if (!cicu_locale(tag, locale)) return NULL;
  cicu_lines *lines = calloc(1, sizeof *lines);
  if (!lines) return NULL;
  UErrorCode status = U_ZERO_ERROR;
  lines->iterator = ubrk_open(UBRK_LINE, locale, NULL, 0, &status);
  if (U_FAILURE(status)) {
    free(lines);
    return NULL;
  }
  return lines;
}

void cicu_lines_close(cicu_lines *lines) {
  if (!lines) return;
  ubrk_close(lines->iterator);
  free(lines);
}
