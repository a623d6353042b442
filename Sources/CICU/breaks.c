#include "internal.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

int32_t cicu_breaks(const char *tag, int32_t kind, const char *text, int32_t length, int32_t *ends, uint8_t *is_word, int32_t capacity) {
  char locale[CICU_LOCALE_CAPACITY];
  if (!cicu_locale(tag, locale)) return -1;
  UErrorCode status = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, text, length, &status);
  UBreakIterator *iterator = ubrk_open(kind == CICU_WORDS ? UBRK_WORD : UBRK_SENTENCE, locale, NULL, 0, &status);
  int32_t count = 0;
  if (U_SUCCESS(status)) {
    ubrk_setUText(iterator, &source, &status);
    ubrk_first(iterator);
    for (int32_t end = ubrk_next(iterator); U_SUCCESS(status) && end != UBRK_DONE; end = ubrk_next(iterator)) {
      if (count < capacity) {
        ends[count] = end;
        is_word[count] = kind == CICU_WORDS ? ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT : 1;
      }
      count++;
    }
  }
  ubrk_close(iterator);
  utext_close(&source);
  return U_FAILURE(status) ? -1 : count;
}
