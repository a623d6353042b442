#include "internal.h"

#include <pthread.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/udateintervalformat.h>
#include <unicode/ufieldpositer.h>

struct cicu_dates {
  UDateFormat *format;
  UFieldPositionIterator *fields;
};

static cicu_dates *open_dates(const char *locale, UDateFormatStyle style, const UChar *pattern, int32_t length) {
  cicu_dates *dates = calloc(1, sizeof *dates);
  if (!dates) return NULL;
  UErrorCode status = U_ZERO_ERROR;
  // A pattern counts only when both styles say so.
  dates->format = udat_open(style == UDAT_PATTERN ? UDAT_PATTERN : UDAT_NONE, style, locale, u"UTC", -1, pattern, length, &status);
  dates->fields = ufieldpositer_open(&status);
  if (U_SUCCESS(status)) {
    // Proleptic: our dates know no Julian calendar before 1582.
    UCalendar *calendar = ucal_clone(udat_getCalendar(dates->format), &status);
    if (U_SUCCESS(status)) {
      ucal_setGregorianChange(calendar, -1e15, &status);
      udat_setCalendar(dates->format, calendar);
    }
    ucal_close(calendar);
  }
  if (U_FAILURE(status)) {
    cicu_dates_close(dates);
    return NULL;
  }
  return dates;
}

// The locale with the Gregorian calendar, whatever its own would be; false when the tag is not well-formed.
static bool gregorian(const char *tag, char locale[CICU_LOCALE_CAPACITY]) {
  if (!cicu_locale(tag, locale)) return false;
  UErrorCode status = U_ZERO_ERROR;
  uloc_setKeywordValue("calendar", "gregorian", locale, CICU_LOCALE_CAPACITY, &status);
  return U_SUCCESS(status);
}

cicu_dates *cicu_dates_open_style(const char *tag, int32_t style) {
  static const UDateFormatStyle styles[] = {UDAT_FULL, UDAT_LONG, UDAT_MEDIUM, UDAT_SHORT};
  char locale[CICU_LOCALE_CAPACITY];
  if (style < 0 || style > 3 || !gregorian(tag, locale)) return NULL;
  return open_dates(locale, styles[style], NULL, 0);
}

// The best pattern of a locale for a skeleton; at most 0 where there is none.
static int32_t best_pattern(const char *locale, const UChar *skeleton, int32_t count, UChar *pattern, int32_t capacity) {
  // The last locale's generator is kept: making one takes as long as many questions, and those about one language come together.
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static char known[CICU_LOCALE_CAPACITY];
  static UDateTimePatternGenerator *generator;
  UErrorCode status = U_ZERO_ERROR;
  (void)pthread_mutex_lock(&lock);
  if (generator && strcmp(known, locale) != 0) {
    udatpg_close(generator);
    generator = NULL;
  }
  if (!generator) {
    generator = udatpg_open(locale, &status);
    strcpy(known, locale);
  }
  int32_t length = U_SUCCESS(status) ? udatpg_getBestPattern(generator, skeleton, count, pattern, capacity, &status) : 0;
  if (U_FAILURE(status)) {
    if (generator) udatpg_close(generator);
    generator = NULL;
  }
  (void)pthread_mutex_unlock(&lock);
  return U_SUCCESS(status) ? length : 0;
}

cicu_dates *cicu_dates_open_skeleton(const char *tag, const char *skeleton) {
  char locale[CICU_LOCALE_CAPACITY];
  if (!gregorian(tag, locale)) return NULL;
  enum { LIMIT = 128 };  // patterns come from ICU's data, skeletons from layouts that the caller has bounded
  UChar units[LIMIT], pattern[LIMIT];
  UErrorCode status = U_ZERO_ERROR;
  int32_t count = 0;
  u_strFromUTF8(units, LIMIT, &count, skeleton, -1, &status);
  if (U_FAILURE(status)) return NULL;
  int32_t length = best_pattern(locale, units, count, pattern, LIMIT);
  if (length <= 0 || length > LIMIT) return NULL;
  return open_dates(locale, UDAT_PATTERN, pattern, length);
}

void cicu_dates_close(cicu_dates *dates) {
  if (!dates) return;
  ufieldpositer_close(dates->fields);
  udat_close(dates->format);
  free(dates);
}

int32_t cicu_dates_format(cicu_dates *dates, int32_t days, char *buffer, int32_t capacity) {
  enum { LIMIT = 256 };  // the longest full date of any locale has some 60 characters
  UChar units[LIMIT];
  UErrorCode status = U_ZERO_ERROR;
  int32_t count = udat_formatForFields(dates->format, (UDate)days * 86400000.0, units, LIMIT, dates->fields, &status);
  if (U_FAILURE(status) || count > LIMIT) return -1;
  int32_t day_start = -1, day_end = -1, month_start = -1, month_end = -1, start = 0, end = 0, field;
  while ((field = ufieldpositer_next(dates->fields, &start, &end)) >= 0) {
    if (field == UDAT_DATE_FIELD) day_start = start, day_end = end;
    if (field == UDAT_MONTH_FIELD || field == UDAT_STANDALONE_MONTH_FIELD) month_start = start, month_end = end;
  }
  if (day_start >= 0 && month_start >= 0) {
    int32_t from = day_start < month_start ? day_end : month_end, to = day_start < month_start ? month_start : day_start;
    // Between the two stand at most a few characters, such as " de " or ". ".
    if (to - from <= 6) {
      for (int32_t index = from; index < to; index++) {
        if (units[index] == 0x20) units[index] = 0xA0;
      }
    }
  }
  return cicu_utf8(units, count, buffer, capacity);
}

struct cicu_intervals {
  UDateIntervalFormat *format;
};

cicu_intervals *cicu_intervals_open(const char *tag, const cicu_dates *dates) {
  enum { LIMIT = 128 };  // patterns come from ICU's data
  char locale[CICU_LOCALE_CAPACITY];
  UChar pattern[LIMIT], skeleton[LIMIT];
  UErrorCode status = U_ZERO_ERROR;
  if (!gregorian(tag, locale)) return NULL;
  int32_t length = udat_toPattern(dates->format, false, pattern, LIMIT, &status);
  if (U_FAILURE(status) || length > LIMIT) return NULL;
  length = udatpg_getSkeleton(NULL, pattern, length, skeleton, LIMIT, &status);
  if (U_FAILURE(status) || length <= 0 || length > LIMIT) return NULL;
  cicu_intervals *intervals = calloc(1, sizeof *intervals);
  if (!intervals) return NULL;
  intervals->format = udtitvfmt_open(locale, skeleton, length, u"UTC", -1, &status);
  if (U_SUCCESS(status)) return intervals;
  cicu_intervals_close(intervals);
  return NULL;
}

void cicu_intervals_close(cicu_intervals *intervals) {
  if (!intervals) return;
  udtitvfmt_close(intervals->format);
  free(intervals);
}

int32_t cicu_intervals_format(cicu_intervals *intervals, int32_t first, int32_t last, char *buffer, int32_t capacity) {
  enum { LIMIT = 512 };  // two full dates
  UChar units[LIMIT];
  UErrorCode status = U_ZERO_ERROR;
  int32_t count =
    udtitvfmt_format(intervals->format, (UDate)first * 86400000.0, (UDate)last * 86400000.0, units, LIMIT, NULL, &status);
  if (U_FAILURE(status) || count > LIMIT) return -1;
  return cicu_utf8(units, count, buffer, capacity);
}
