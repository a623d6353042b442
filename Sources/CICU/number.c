#include "internal.h"

#include <unicode/uformattedvalue.h>
#include <unicode/unum.h>
#include <unicode/unumberformatter.h>
#include <unicode/upluralrules.h>

struct cicu_number {
  UNumberFormatter *formatter;
  UFormattedNumber *result;
};

cicu_number *cicu_number_open(const char *tag, const char *skeleton) {
  char locale[CICU_LOCALE_CAPACITY];
  if (!cicu_locale(tag, locale)) return NULL;
  enum { LIMIT = 256 };  // our own skeletons are far shorter
  UChar units[LIMIT];
  int32_t count = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(units, LIMIT, &count, skeleton, -1, &status);
  if (U_FAILURE(status)) return NULL;
  cicu_number *number = calloc(1, sizeof *number);
  if (!number) return NULL;
  number->formatter = unumf_openForSkeletonAndLocale(units, count, locale, &status);
  number->result = unumf_openResult(&status);
  if (U_FAILURE(status)) {
    cicu_number_close(number);
    return NULL;
  }
  return number;
}

void cicu_number_close(cicu_number *number) {
  if (!number) return;
  unumf_closeResult(number->result);
  unumf_close(number->formatter);
  free(number);
}

int32_t cicu_number_format(cicu_number *number, const char *decimal, int32_t length, char *buffer, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  unumf_formatDecimal(number->formatter, decimal, length, number->result, &status);
  const UFormattedValue *value = unumf_resultAsValue(number->result, &status);
  int32_t count = 0;
  const UChar *units = ufmtval_getString(value, &count, &status);
  return U_FAILURE(status) ? -1 : cicu_utf8(units, count, buffer, capacity);
}

static uint8_t field_of(int32_t field) {
  switch (field) {
    case UNUM_INTEGER_FIELD: return CICU_FIELD_INTEGER;
    case UNUM_FRACTION_FIELD: return CICU_FIELD_FRACTION;
    case UNUM_DECIMAL_SEPARATOR_FIELD: return CICU_FIELD_DECIMAL;
    case UNUM_GROUPING_SEPARATOR_FIELD: return CICU_FIELD_GROUPING;
    case UNUM_SIGN_FIELD: return CICU_FIELD_SIGN;
    case UNUM_CURRENCY_FIELD: return CICU_FIELD_CURRENCY;
    case UNUM_PERCENT_FIELD: return CICU_FIELD_PERCENT;
    default: return CICU_FIELD_LITERAL;
  }
}

bool cicu_number_fields(cicu_number *number, uint8_t *fields, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UFormattedValue *value = unumf_resultAsValue(number->result, &status);
  int32_t count = 0;
  const UChar *units = ufmtval_getString(value, &count, &status);
  if (U_FAILURE(status) || cicu_utf8(units, count, NULL, 0) > capacity) return false;
  UConstrainedFieldPosition *position = ucfpos_open(&status);
  if (U_FAILURE(status)) return false;
  ucfpos_constrainCategory(position, UFIELD_CATEGORY_NUMBER, &status);
  memset(fields, CICU_FIELD_LITERAL, (size_t)capacity);
  // The integer field spans its separators, which come earlier: groupings are painted over it.
  for (int pass = 0; pass < 2; pass++) {
    ucfpos_reset(position, &status);
    ucfpos_constrainCategory(position, UFIELD_CATEGORY_NUMBER, &status);
    while (U_SUCCESS(status) && ufmtval_nextPosition(value, position, &status)) {
      int32_t start = 0, end = 0;
      uint8_t field = field_of(ucfpos_getField(position, &status));
      ucfpos_getIndexes(position, &start, &end, &status);
      if (U_FAILURE(status) || (field == CICU_FIELD_GROUPING) != (pass == 1)) continue;
      int32_t first = cicu_utf8(units, start, NULL, 0), last = cicu_utf8(units, end, NULL, 0);
      for (int32_t index = first; index >= 0 && index < last; index++) fields[index] = field;
    }
  }
  ucfpos_close(position);
  return U_SUCCESS(status);
}

struct cicu_plurals {
  UPluralRules *rules;
  UNumberFormatter *formatter;
  UFormattedNumber *result;
};

cicu_plurals *cicu_plurals_open(const char *tag) {
  char locale[CICU_LOCALE_CAPACITY];
  if (!cicu_locale(tag, locale)) return NULL;
  cicu_plurals *plurals = calloc(1, sizeof *plurals);
  if (!plurals) return NULL;
  UErrorCode status = U_ZERO_ERROR;
  plurals->rules = uplrules_openForType(locale, UPLURAL_TYPE_CARDINAL, &status);
  plurals->result = unumf_openResult(&status);
  // Exactly the digits given, so that 1.50 has two visible fraction digits.
  plurals->formatter = unumf_openForSkeletonAndLocale(u"precision-unlimited", -1, "en", &status);
  if (U_FAILURE(status)) {
    cicu_plurals_close(plurals);
    return NULL;
  }
  return plurals;
}

void cicu_plurals_close(cicu_plurals *plurals) {
  if (!plurals) return;
  unumf_closeResult(plurals->result);
  unumf_close(plurals->formatter);
  uplrules_close(plurals->rules);
  free(plurals);
}

int32_t cicu_plurals_select(cicu_plurals *plurals, const char *decimal, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  unumf_formatDecimal(plurals->formatter, decimal, length, plurals->result, &status);
  UChar keyword[16];
  int32_t count = uplrules_selectFormatted(plurals->rules, plurals->result, keyword, 16, &status);
  if (U_FAILURE(status) || count < 2) return -1;
  switch (keyword[0]) {
    case u'z': return CICU_ZERO;
    case u't': return CICU_TWO;
    case u'f': return CICU_FEW;
    case u'm': return CICU_MANY;
    default: return keyword[1] == u'n' ? CICU_ONE : CICU_OTHER;
  }
}
