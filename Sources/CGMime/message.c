// GMime's pkg-config flags contain -pthread, which the Swift package manager rejects with a warning on every build. So its headers are not
// included; the few functions used are declared here, as documented for GMime 3.2 and GLib 2.74 (stable C interfaces).
#include "CGMime.h"

#include <stdlib.h>
#include <string.h>

typedef struct _GMimeObject GMimeObject;
typedef struct _GMimeMessage GMimeMessage;
typedef struct _GMimeMultipart GMimeMultipart;
typedef struct _GMimePart GMimePart;
typedef struct _GMimeStream GMimeStream;
typedef struct _GMimeDataWrapper GMimeDataWrapper;
typedef struct _GMimeFormatOptions GMimeFormatOptions;
typedef struct _GMimeHeaderList GMimeHeaderList;
typedef struct _GMimeHeader GMimeHeader;
typedef struct _GMimeParser GMimeParser;
typedef struct _InternetAddressList InternetAddressList;
typedef struct _InternetAddress InternetAddress;
typedef struct _GDateTime GDateTime;
typedef struct {
  uint8_t *data;
  unsigned len;
} GByteArray;

enum { ENCODING_DEFAULT = 0, ENCODING_BASE64 = 4, ENCODING_QUOTED_PRINTABLE = 5, NEWLINE_DOS = 1, PARAMETERS_RFC2231 = 1 };

extern const unsigned gmime_major_version, gmime_minor_version, gmime_micro_version;
extern void g_mime_init(void);
extern void g_object_unref(void *object);
extern void g_free(void *memory);
extern GMimeMessage *g_mime_message_new(int pretty_headers);
extern void g_mime_message_set_date(GMimeMessage *message, GDateTime *date);
extern void g_mime_message_set_message_id(GMimeMessage *message, const char *message_id);
extern const char *g_mime_message_get_message_id(GMimeMessage *message);
extern void g_mime_message_set_mime_part(GMimeMessage *message, GMimeObject *part);
extern InternetAddressList *g_mime_message_get_all_recipients(GMimeMessage *message);
extern int internet_address_list_length(InternetAddressList *list);
extern InternetAddress *internet_address_list_get_address(InternetAddressList *list, int index);
extern unsigned long internet_address_mailbox_get_type(void);
extern const char *internet_address_mailbox_get_addr(InternetAddress *mailbox);
extern int g_type_check_instance_is_a(void *instance, unsigned long type);
extern GMimeMultipart *g_mime_multipart_new_with_subtype(const char *subtype);
extern void g_mime_multipart_set_boundary(GMimeMultipart *multipart, const char *boundary);
extern void g_mime_multipart_add(GMimeMultipart *multipart, GMimeObject *part);
extern GMimePart *g_mime_part_new_with_type(const char *type, const char *subtype);
extern void g_mime_part_set_content(GMimePart *part, GMimeDataWrapper *content);
extern void g_mime_part_set_content_encoding(GMimePart *part, int encoding);
extern void g_mime_part_set_content_id(GMimePart *part, const char *content_id);
extern void g_mime_part_set_filename(GMimePart *part, const char *name);
extern void g_mime_object_set_disposition(GMimeObject *object, const char *disposition);
extern void g_mime_object_set_content_type_parameter(GMimeObject *object, const char *name, const char *value);
extern void g_mime_object_set_header(GMimeObject *object, const char *name, const char *value, const char *charset);
extern GMimeHeaderList *g_mime_object_get_header_list(GMimeObject *object);
extern GMimeHeader *g_mime_header_list_get_header(GMimeHeaderList *list, const char *name);
extern void g_mime_header_set_raw_value(GMimeHeader *header, const char *raw);
extern ssize_t g_mime_object_write_to_stream(GMimeObject *object, GMimeFormatOptions *options, GMimeStream *stream);
extern GMimeStream *g_mime_stream_mem_new(void);
extern GMimeStream *g_mime_stream_mem_new_with_buffer(const char *buffer, size_t count);
extern GByteArray *g_mime_stream_mem_get_byte_array(GMimeStream *stream);
extern GMimeDataWrapper *g_mime_data_wrapper_new_with_stream(GMimeStream *stream, int encoding);
extern GMimeFormatOptions *g_mime_format_options_new(void);
extern void g_mime_format_options_free(GMimeFormatOptions *options);
extern void g_mime_format_options_set_newline_format(GMimeFormatOptions *options, int format);
extern void g_mime_format_options_set_param_encoding_method(GMimeFormatOptions *options, int method);
extern GMimeParser *g_mime_parser_new_with_stream(GMimeStream *stream);
extern GMimeMessage *g_mime_parser_construct_message(GMimeParser *parser, void *options);
extern GDateTime *g_date_time_new_from_unix_utc(int64_t seconds);
extern void g_date_time_unref(GDateTime *date);
extern char *g_mime_utils_header_format_date(GDateTime *date);

void cgmime_start(void) { g_mime_init(); }

int32_t cgmime_version(void) { return (int32_t)(gmime_major_version * 10000 + gmime_minor_version * 100 + gmime_micro_version); }

static GMimePart *part(const char *type, const char *subtype, const uint8_t *bytes, size_t count, int encoding) {
  GMimePart *part = g_mime_part_new_with_type(type, subtype);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes, count);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, ENCODING_DEFAULT);
  g_mime_part_set_content(part, content);
  g_mime_part_set_content_encoding(part, encoding);
  g_object_unref(content);
  g_object_unref(stream);
  return part;
}

// Gives a part away to a multipart.
static void add(GMimeMultipart *multipart, void *part) {
  g_mime_multipart_add(multipart, part);
  g_object_unref(part);
}

static GMimePart *text(const char *subtype, const uint8_t *bytes, size_t count) {
  GMimePart *made = part("text", subtype, bytes, count, ENCODING_QUOTED_PRINTABLE);
  g_mime_object_set_content_type_parameter((GMimeObject *)made, "charset", "utf-8");
  return made;
}

static GMimeMultipart *multipart(const char *subtype, const char *boundary, char number) {
  GMimeMultipart *made = g_mime_multipart_new_with_subtype(subtype);
  size_t length = strlen(boundary);
  char *name = malloc(length + 3);
  if (name) {
    memcpy(name, boundary, length);
    name[length] = '-';
    name[length + 1] = number;
    name[length + 2] = 0;
    g_mime_multipart_set_boundary(made, name);
    free(name);
  }
  return made;
}

static void set_header(GMimeObject *message, const cgmime_header *header) {
  g_mime_object_set_header(message, header->name, header->is_raw ? "" : header->value, "utf-8");
  if (!header->is_raw) return;
  GMimeHeader *set = g_mime_header_list_get_header(g_mime_object_get_header_list(message), header->name);
  if (set) g_mime_header_set_raw_value(set, header->value);
}

uint8_t *cgmime_write(const cgmime_draft *draft, size_t *count) {
  GMimeMessage *message = g_mime_message_new(1);
  for (size_t i = 0; i < draft->header_count; i++) set_header((GMimeObject *)message, &draft->headers[i]);
  GDateTime *date = g_date_time_new_from_unix_utc(draft->date);
  if (date) {
    g_mime_message_set_date(message, date);
    g_date_time_unref(date);
  }
  g_mime_message_set_message_id(message, draft->message_id);
  GMimeMultipart *alternative = multipart("alternative", draft->boundary, '1');
  add(alternative, text("plain", draft->text, draft->text_count));
  GMimePart *html = text("html", draft->html, draft->html_count);
  if (draft->picture_count) {
    GMimeMultipart *related = multipart("related", draft->boundary, '2');
    g_mime_object_set_content_type_parameter((GMimeObject *)related, "type", "text/html");
    add(related, html);
    for (size_t i = 0; i < draft->picture_count; i++) {
      const cgmime_picture *picture = &draft->pictures[i];
      GMimePart *shown = part(picture->type, picture->subtype, picture->bytes, picture->count, ENCODING_BASE64);
      g_mime_object_set_disposition((GMimeObject *)shown, "inline");
      g_mime_part_set_filename(shown, picture->file_name);
      g_mime_part_set_content_id(shown, picture->content_id);
      add(related, shown);
    }
    add(alternative, related);
  } else {
    add(alternative, html);
  }
  g_mime_message_set_mime_part(message, (GMimeObject *)alternative);
  g_object_unref(alternative);

  GMimeFormatOptions *options = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(options, NEWLINE_DOS);
  g_mime_format_options_set_param_encoding_method(options, PARAMETERS_RFC2231);
  GMimeStream *stream = g_mime_stream_mem_new();
  uint8_t *result = NULL;
  if (g_mime_object_write_to_stream((GMimeObject *)message, options, stream) >= 0) {
    GByteArray *bytes = g_mime_stream_mem_get_byte_array(stream);
    result = malloc(bytes->len ? bytes->len : 1);
    if (result) {
      memcpy(result, bytes->data, bytes->len);
      *count = bytes->len;
    }
  }
  g_object_unref(stream);
  g_mime_format_options_free(options);
  g_object_unref(message);
  return result;
}

void cgmime_read(const uint8_t *bytes, size_t count, char **recipient, char **message_id) {
  *recipient = *message_id = NULL;
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes, count);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  if (message) {
    InternetAddressList *list = g_mime_message_get_all_recipients(message);
    if (list) {
      if (internet_address_list_length(list) == 1) {
        InternetAddress *address = internet_address_list_get_address(list, 0);
        if (g_type_check_instance_is_a(address, internet_address_mailbox_get_type())) {
          const char *text = internet_address_mailbox_get_addr(address);
          if (text) *recipient = strdup(text);
        }
      }
      g_object_unref(list);
    }
    const char *id = g_mime_message_get_message_id(message);
    if (id) *message_id = strdup(id);
    g_object_unref(message);
  }
  g_object_unref(parser);
  g_object_unref(stream);
}

char *cgmime_date(int64_t seconds) {
  GDateTime *date = g_date_time_new_from_unix_utc(seconds);
  if (!date) return NULL;
  char *text = g_mime_utils_header_format_date(date);
  g_date_time_unref(date);
  char *copy = text ? strdup(text) : NULL;
  g_free(text);
  return copy;
}

void cgmime_free(void *memory) { free(memory); }
