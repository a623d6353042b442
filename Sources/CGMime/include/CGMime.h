#ifndef BILLFOLD_CGMIME_H
#define BILLFOLD_CGMIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Makes the library ready; to be called once, before anything else of it.
void cgmime_start(void);
// The version of the library in use, as major * 10000 + minor * 100 + micro.
int32_t cgmime_version(void);

// A header field. `value` is UTF-8 and is encoded and folded by the library; where `is_raw`, it is ASCII and stands as it is, lines parted by "\n ".
typedef struct {
  const char *name, *value;
  bool is_raw;
} cgmime_header;

// A picture that the HTML shows by its content ID; type and file name are ASCII.
typedef struct {
  const char *type, *subtype, *content_id, *file_name;
  const uint8_t *bytes;
  size_t count;
} cgmime_picture;

// A message: plain text and HTML as alternatives, the HTML with its pictures. Texts are UTF-8, their lines parted by "\n".
typedef struct {
  const cgmime_header *headers;
  size_t header_count;
  // Seconds since 1970, written in UTC.
  int64_t date;
  const char *message_id;
  // What boundaries of parts begin with.
  const char *boundary;
  const uint8_t *text, *html;
  size_t text_count, html_count;
  const cgmime_picture *pictures;
  size_t picture_count;
} cgmime_draft;

// The message as it is sent, lines ending in CR LF; to be given to cgmime_free. NULL when memory ran out.
uint8_t *cgmime_write(const cgmime_draft *draft, size_t *count);

// Of a message that was written: its recipient's address and its ID, each to be given to cgmime_free; NULL where it has none, or more than one
// recipient.
void cgmime_read(const uint8_t *bytes, size_t count, char **recipient, char **message_id);

// A day and time as the field Date has it, in UTC; to be given to cgmime_free.
char *cgmime_date(int64_t seconds);

void cgmime_free(void *memory);

#endif
