#ifndef BILLFOLD_CICU_INTERNAL_H
#define BILLFOLD_CICU_INTERNAL_H

#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utypes.h>

// The longest locale ID ICU makes of a tag.
enum { CICU_LOCALE_CAPACITY = ULOC_FULLNAME_CAPACITY };

// The ICU locale ID of a tag; false for a tag that is not well-formed. Also pins ICU's default locale, which its resource lookup would
// otherwise take from the environment.
bool cicu_locale(const char *tag, char locale[CICU_LOCALE_CAPACITY]);

// UTF-16 → UTF-8 with the conventions of CICU.h.
int32_t cicu_utf8(const UChar *units, int32_t count, char *buffer, int32_t capacity);

#endif
