#include "internal.h"

#include <unicode/ucnv.h>
#include <unicode/utf16.h>

enum { UNITS = 4096 };

typedef struct {
  char *bytes;
  size_t length, capacity;
} output;

static bool append(output *out, UChar32 scalar) {
  if (out->length + 4 > out->capacity) {
    size_t capacity = out->capacity + out->capacity / 2 + 4096;
    char *larger = realloc(out->bytes, capacity);
    if (!larger) return false;
    out->bytes = larger;
    out->capacity = capacity;
  }
  UBool failed = false;
  U8_APPEND(out->bytes, out->length, out->capacity, scalar, failed);
  return !failed;
}

static UConverter *open_converter(const char *encoding) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(encoding, &status);
  if (U_FAILURE(status)) {
    if (converter) ucnv_close(converter);
    return NULL;
  }
  return converter;
}

// Whether bytes mean what they mean wherever they stand: not behind a shift, and not one of two ways to write a letter.
static bool is_stateless(const UConverter *converter) {
  switch (ucnv_getType(converter)) {
    case UCNV_SBCS: case UCNV_DBCS: case UCNV_MBCS: case UCNV_LATIN_1: case UCNV_US_ASCII: case UCNV_UTF8: case UCNV_UTF16:
    case UCNV_UTF16_BigEndian: case UCNV_UTF16_LittleEndian: case UCNV_UTF32: case UCNV_UTF32_BigEndian: case UCNV_UTF32_LittleEndian:
      return true;
    default: return false;
  }
}

int32_t cicu_decode(const char *encoding, const uint8_t *bytes, int32_t length, char **result, int32_t *result_length, int32_t *wrong) {
  *result = NULL;
  *result_length = *wrong = 0;
  UConverter *converter = open_converter(encoding);
  if (!converter) return CICU_ENCODING_UNKNOWN;
  if (!is_stateless(converter)) {
    ucnv_close(converter);
    return CICU_ENCODING_REFUSED;
  }
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  output out = {0};
  UChar units[UNITS];
  UChar lead = 0;
  const char *source = (const char *)bytes, *end = source + length;
  int32_t outcome = U_SUCCESS(status) ? CICU_DECODED : CICU_DECODE_FAILED;
  bool more = true;
  while (outcome == CICU_DECODED && more) {
    UChar *target = units;
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &target, units + UNITS, &source, end, NULL, true, &status);
    more = status == U_BUFFER_OVERFLOW_ERROR;
    for (UChar *unit = units; outcome == CICU_DECODED && unit < target; unit++) {
      UChar32 scalar = *unit;
      if (U16_IS_LEAD(scalar)) {
        lead = *unit;
        continue;
      }
      if (U16_IS_TRAIL(scalar)) scalar = U16_GET_SUPPLEMENTARY(lead, scalar);
      if (!append(&out, scalar)) outcome = CICU_DECODE_FAILED;
    }
    if (U_FAILURE(status) && !more && outcome == CICU_DECODED) {
      char invalid[32];
      int8_t count = sizeof invalid;
      UErrorCode ignored = U_ZERO_ERROR;
      ucnv_getInvalidChars(converter, invalid, &count, &ignored);
      int64_t offset = (source - (const char *)bytes) - (U_SUCCESS(ignored) ? count : 0);
      *wrong = offset < 0 ? 0 : (int32_t)offset;
      outcome = CICU_BYTES_WRONG;
    }
  }
  ucnv_close(converter);
  if (outcome == CICU_DECODED && out.length > INT32_MAX) outcome = CICU_DECODE_FAILED;
  if (outcome != CICU_DECODED) {
    free(out.bytes);
    return outcome;
  }
  *result = out.bytes;
  *result_length = (int32_t)out.length;
  return CICU_DECODED;
}

int32_t cicu_encoded_length(const char *encoding, const char *text, int32_t length) {
  UConverter *converter = open_converter(encoding);
  if (!converter) return -1;
  UErrorCode status = U_ZERO_ERROR;
  int32_t count = ucnv_fromAlgorithmic(converter, UCNV_UTF8, NULL, 0, text, length, &status);
  ucnv_close(converter);
  return U_SUCCESS(status) || status == U_BUFFER_OVERFLOW_ERROR ? count : -1;
}
