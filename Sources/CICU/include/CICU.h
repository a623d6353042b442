// Plain C functions over ICU. ICU's own headers stay inside the .c files: they collide with those of the ICU within the Swift toolchain.
//
// Languages are BCP 47 tags. Text is UTF-8 with explicit lengths in bytes. A function that fills `buffer` gives the length of the whole
// result, which may be more than `capacity` (then nothing is to be read from the buffer), or -1 when ICU failed. Nothing here depends on
// the machine's locale or time zone. Objects belong to one thread.
#ifndef BILLFOLD_CICU_H
#define BILLFOLD_CICU_H

#include <stdbool.h>
#include <stdint.h>

// ICU's version, such as "72.1".
const char *cicu_version(void);

// Locales

// Whether ICU has data of its own for the tag's language; without them it would fall back to the root locale in silence.
bool cicu_has_language(const char *tag);
bool cicu_is_right_to_left(const char *tag);
// The script the language is usually written in, as a four-letter ISO 15924 tag (big-endian); 0 when unknown.
uint32_t cicu_likely_script(const char *tag);

enum { CICU_CASE_UPPER = 0, CICU_CASE_LOWER = 1, CICU_CASE_TITLE = 2 };
int32_t cicu_change_case(const char *tag, int32_t kind, const char *text, int32_t length, char *buffer, int32_t capacity);

// Numbers

typedef struct cicu_number cicu_number;

// Opens a formatter from a number skeleton; NULL when ICU refuses one of them.
cicu_number *cicu_number_open(const char *tag, const char *skeleton);
void cicu_number_close(cicu_number *number);
// Formats a decimal such as "-1234.50", exactly.
int32_t cicu_number_format(cicu_number *number, const char *decimal, int32_t length, char *buffer, int32_t capacity);

enum {
  CICU_FIELD_LITERAL = 0,
  CICU_FIELD_INTEGER = 1,
  CICU_FIELD_GROUPING = 2,
  CICU_FIELD_DECIMAL = 3,
  CICU_FIELD_FRACTION = 4,
  CICU_FIELD_SIGN = 5,
  CICU_FIELD_CURRENCY = 6,
  CICU_FIELD_PERCENT = 7,
};
// One field number for each byte of the last result; false when it has more than `capacity` bytes.
bool cicu_number_fields(cicu_number *number, uint8_t *fields, int32_t capacity);

// Plurals

typedef struct cicu_plurals cicu_plurals;
enum { CICU_ZERO = 0, CICU_ONE = 1, CICU_TWO = 2, CICU_FEW = 3, CICU_MANY = 4, CICU_OTHER = 5 };

cicu_plurals *cicu_plurals_open(const char *tag);
void cicu_plurals_close(cicu_plurals *plurals);
// The cardinal category of a decimal with the digits it is written with; -1 when ICU failed.
int32_t cicu_plurals_select(cicu_plurals *plurals, const char *decimal, int32_t length);

// Dates (proleptic Gregorian, UTC)

typedef struct cicu_dates cicu_dates;
enum { CICU_DATE_FULL = 0, CICU_DATE_LONG = 1, CICU_DATE_MEDIUM = 2, CICU_DATE_SHORT = 3 };

cicu_dates *cicu_dates_open_style(const char *tag, int32_t style);
cicu_dates *cicu_dates_open_skeleton(const char *tag, const char *skeleton);
void cicu_dates_close(cicu_dates *dates);
// Formats the day that many days after 1970-01-01; spaces between day and month become no-break spaces.
int32_t cicu_dates_format(cicu_dates *dates, int32_t days, char *buffer, int32_t capacity);

typedef struct cicu_intervals cicu_intervals;

// Formats stretches of days with the parts that `dates` writes a day with.
cicu_intervals *cicu_intervals_open(const char *tag, const cicu_dates *dates);
void cicu_intervals_close(cicu_intervals *intervals);
// Formats the days from the first to the last, what both share written once; spaces are ICU's own.
int32_t cicu_intervals_format(cicu_intervals *intervals, int32_t first, int32_t last, char *buffer, int32_t capacity);

// Text analysis

typedef struct cicu_text cicu_text;
typedef struct cicu_lines cicu_lines;

cicu_text *cicu_text_open(void);
void cicu_text_close(cicu_text *text);
// Takes the text to analyse (copied); false when memory runs out.
bool cicu_text_set(cicu_text *text, const uint8_t *bytes, int32_t length);
// Sets `bit` in `flags[i]` where a grapheme cluster (UAX #29) begins at byte i; flags has length + 1 elements.
bool cicu_text_mark_clusters(cicu_text *text, uint8_t *flags, uint8_t bit);
// Sets `bit` in `flags[i]` where a line may end before byte i (UAX #14), the end included, the start left out.
bool cicu_text_mark_lines(cicu_text *text, cicu_lines *lines, uint8_t *flags, uint8_t bit);
// Bidi levels (UAX #9), one a byte. `isolates` are pairs of byte offsets, rising and apart: each stretch is treated as if it stood between
// FSI and PDI, and bidi controls within it lose their effect.
bool cicu_text_levels(cicu_text *text, uint8_t base, const int32_t *isolates, int32_t count, uint8_t *levels);
// ISO 15924 scripts as four-letter tags (big-endian), one a byte, Common and Inherited resolved to their neighbours ("Zyyy" when all is
// Common).
bool cicu_text_scripts(cicu_text *text, uint32_t *scripts);

cicu_lines *cicu_lines_open(const char *tag);
void cicu_lines_close(cicu_lines *lines);

enum { CICU_WORDS = 0, CICU_SENTENCES = 1 };
// Parts a text into words or sentences (UAX #29) by the language's rules. Gives how many parts there are, whose ends in bytes and whether
// they hold a letter or digit are in the arrays as far as `capacity` goes; -1 when ICU failed.
int32_t cicu_breaks(const char *tag, int32_t kind, const char *text, int32_t length, int32_t *ends, uint8_t *is_word, int32_t capacity);

// Characters

bool cicu_is_default_ignorable(uint32_t scalar);
bool cicu_is_white_space(uint32_t scalar);
// The name of a character's script, such as "Old_Italic"; "Common" and "Inherited" for those of none. NULL when ICU failed.
const char *cicu_script_name(uint32_t scalar);
// Canonical composition (NFC) and decomposition (NFD).
int32_t cicu_compose(const char *text, int32_t length, char *buffer, int32_t capacity);
int32_t cicu_decompose(const char *text, int32_t length, char *buffer, int32_t capacity);
// Compatibility composition (NFKC).
int32_t cicu_compose_compatibly(const char *text, int32_t length, char *buffer, int32_t capacity);

// Encodings

enum { CICU_DECODED = 0, CICU_ENCODING_UNKNOWN = 1, CICU_BYTES_WRONG = 2, CICU_DECODE_FAILED = 3, CICU_ENCODING_REFUSED = 4 };
// Brings bytes of an encoding, by any name ICU knows, to UTF-8. Where the outcome is CICU_DECODED, `result` is to be given to free(), and may
// be NULL for an empty text; where it is CICU_BYTES_WRONG, `wrong` is the offset of the first bytes that mean nothing. CICU_ENCODING_REFUSED
// is that of an encoding whose bytes mean different things behind a shift, such as UTF-7 and ISO-2022, or that has several forms of one text.
int32_t cicu_decode(const char *encoding, const uint8_t *bytes, int32_t length, char **result, int32_t *result_length, int32_t *wrong);
// How many bytes a text takes in an encoding; -1 when ICU failed.
int32_t cicu_encoded_length(const char *encoding, const char *text, int32_t length);

// Domains

// A domain as servers of names know it: its labels in ASCII (IDNA 2008 as UTS #46 processes it, without its transitional forms, with the letters
// of host names only). Gives its length, with the NUL behind it in `buffer`; -1 for what is no domain.
int32_t cicu_domain_to_ascii(const char *text, int32_t length, char *buffer, int32_t capacity);

#endif
