#include "internal.h"

#include <pthread.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ures.h>
#include <unicode/uversion.h>

const char *cicu_version(void) { return U_ICU_VERSION; }

static void pin_default_locale(void) {
  UErrorCode status = U_ZERO_ERROR;
  uloc_setDefault("en_US_POSIX", &status);
}

bool cicu_locale(const char *tag, char locale[CICU_LOCALE_CAPACITY]) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, pin_default_locale);
  UErrorCode status = U_ZERO_ERROR;
  int32_t parsed = 0;
  int32_t length = uloc_forLanguageTag(tag, locale, CICU_LOCALE_CAPACITY, &parsed, &status);
  return U_SUCCESS(status) && length > 0 && length < CICU_LOCALE_CAPACITY && parsed == (int32_t)strlen(tag);
}

int32_t cicu_utf8(const UChar *units, int32_t count, char *buffer, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  u_strToUTF8(buffer, capacity, &length, units, count, &status);
  return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR ? length : -1;
}

bool cicu_has_language(const char *tag) {
  char locale[CICU_LOCALE_CAPACITY];
  if (!cicu_locale(tag, locale)) return false;
  char language[ULOC_LANG_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  uloc_getLanguage(locale, language, ULOC_LANG_CAPACITY, &status);
  if (U_FAILURE(status) || language[0] == 0) return false;
  UResourceBundle *bundle = ures_open(NULL, language, &status);
  bool found = U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING;
  if (bundle) ures_close(bundle);
  return found;
}

bool cicu_is_right_to_left(const char *tag) {
  char locale[CICU_LOCALE_CAPACITY];
  return cicu_locale(tag, locale) && uloc_isRightToLeft(locale);
}

uint32_t cicu_likely_script(const char *tag) {
  char locale[CICU_LOCALE_CAPACITY], full[CICU_LOCALE_CAPACITY], script[ULOC_SCRIPT_CAPACITY];
  if (!cicu_locale(tag, locale)) return 0;
  UErrorCode status = U_ZERO_ERROR;
  uloc_addLikelySubtags(locale, full, CICU_LOCALE_CAPACITY, &status);
  int32_t length = uloc_getScript(full, script, ULOC_SCRIPT_CAPACITY, &status);
  if (U_FAILURE(status) || length != 4) return 0;
  return (uint32_t)(uint8_t)script[0] << 24 | (uint32_t)(uint8_t)script[1] << 16 | (uint32_t)(uint8_t)script[2] << 8 | (uint8_t)script[3];
}

int32_t cicu_change_case(const char *tag, int32_t kind, const char *text, int32_t length, char *buffer, int32_t capacity) {
  char locale[CICU_LOCALE_CAPACITY];
  if (!cicu_locale(tag, locale)) return -1;
  UErrorCode status = U_ZERO_ERROR;
  UCaseMap *map = ucasemap_open(locale, 0, &status);
  if (U_FAILURE(status)) return -1;
  int32_t result = 0;
  switch (kind) {
    case CICU_CASE_UPPER: result = ucasemap_utf8ToUpper(map, buffer, capacity, text, length, &status); break;
    case CICU_CASE_LOWER: result = ucasemap_utf8ToLower(map, buffer, capacity, text, length, &status); break;
    default: result = ucasemap_utf8ToTitle(map, buffer, capacity, text, length, &status); break;
  }
  ucasemap_close(map);
  return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR ? result : -1;
}

bool cicu_is_default_ignorable(uint32_t scalar) { return u_hasBinaryProperty((UChar32)scalar, UCHAR_DEFAULT_IGNORABLE_CODE_POINT); }

bool cicu_is_white_space(uint32_t scalar) { return u_isUWhiteSpace((UChar32)scalar); }

static int32_t normalize(const UNormalizer2 *normalizer, const char *text, int32_t length, char *buffer, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  enum { LIMIT = 1024 };  // grapheme clusters only; longer ones are left as they are
  UChar source[LIMIT], result[LIMIT];
  int32_t count = 0;
  u_strFromUTF8(source, LIMIT, &count, text, length, &status);
  if (U_FAILURE(status)) return -1;
  count = unorm2_normalize(normalizer, source, count, result, LIMIT, &status);
  if (U_FAILURE(status)) return -1;
  return cicu_utf8(result, count, buffer, capacity);
}

int32_t cicu_compose(const char *text, int32_t length, char *buffer, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFCInstance(&status);
  return U_FAILURE(status) ? -1 : normalize(normalizer, text, length, buffer, capacity);
}

int32_t cicu_compose_compatibly(const char *text, int32_t length, char *buffer, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFKCInstance(&status);
  return U_FAILURE(status) ? -1 : normalize(normalizer, text, length, buffer, capacity);
}

int32_t cicu_decompose(const char *text, int32_t length, char *buffer, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *normalizer = unorm2_getNFDInstance(&status);
  return U_FAILURE(status) ? -1 : normalize(normalizer, text, length, buffer, capacity);
}
