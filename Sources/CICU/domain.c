#include "internal.h"

#include <unicode/uidna.h>

int32_t cicu_domain_to_ascii(const char *text, int32_t length, char *buffer, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  uint32_t options = UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_CHECK_CONTEXTO | UIDNA_NONTRANSITIONAL_TO_ASCII;
  UIDNA *rules = uidna_openUTS46(options, &status);
  if (U_FAILURE(status)) return -1;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  int32_t count = uidna_nameToASCII_UTF8(rules, text, length, buffer, capacity, &info, &status);
  uidna_close(rules);
  return U_FAILURE(status) || info.errors != 0 || count <= 0 || count >= capacity ? -1 : count;
}
