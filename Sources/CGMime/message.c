// GMime's pkg-config flags contain -pthread, which the Swift package manager rejects with a warning on every build. So its headers are not
// included; the few functions used are declared here, as documented for GMime 3.2 and GLib 2.74 (stable C interfaces).
#include "CGMime.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

// The library is loaded when a message is first written or read: with all that it brings along it would take every process of this program
// some milliseconds to start, and few of them ever see a message. So each function is a pointer here, under its own name.
#define FUNCTIONS(F) \
  F(void, g_mime_init, (void)) \
  F(void, g_object_unref, (void *object)) \
  F(void, g_free, (void *memory)) \
  F(GMimeMessage *, g_mime_message_new, (int pretty_headers)) \
  F(void, g_mime_message_set_date, (GMimeMessage *message, GDateTime *date)) \
  F(void, g_mime_message_set_message_id, (GMimeMessage *message, const char *message_id)) \
  F(const char *, g_mime_message_get_message_id, (GMimeMessage *message)) \
  F(void, g_mime_message_set_mime_part, (GMimeMessage *message, GMimeObject *part)) \
  F(InternetAddressList *, g_mime_message_get_all_recipients, (GMimeMessage *message)) \
  F(int, internet_address_list_length, (InternetAddressList *list)) \
  F(InternetAddress *, internet_address_list_get_address, (InternetAddressList *list, int index)) \
  F(unsigned long, internet_address_mailbox_get_type, (void)) \
  F(const char *, internet_address_mailbox_get_addr, (InternetAddress *mailbox)) \
  F(int, g_type_check_instance_is_a, (void *instance, unsigned long type)) \
  F(GMimeMultipart *, g_mime_multipart_new_with_subtype, (const char *subtype)) \
  F(void, g_mime_multipart_set_boundary, (GMimeMultipart *multipart, const char *boundary)) \
  F(void, g_mime_multipart_add, (GMimeMultipart *multipart, GMimeObject *part)) \
  F(GMimePart *, g_mime_part_new_with_type, (const char *type, const char *subtype)) \
  F(void, g_mime_part_set_content, (GMimePart *part, GMimeDataWrapper *content)) \
  F(void, g_mime_part_set_content_encoding, (GMimePart *part, int encoding)) \
  F(void, g_mime_part_set_content_id, (GMimePart *part, const char *content_id)) \
  F(void, g_mime_part_set_filename, (GMimePart *part, const char *name)) \
  F(void, g_mime_object_set_disposition, (GMimeObject *object, const char *disposition)) \
  F(void, g_mime_object_set_content_type_parameter, (GMimeObject *object, const char *name, const char *value)) \
  F(void, g_mime_object_set_header, (GMimeObject *object, const char *name, const char *value, const char *charset)) \
  F(GMimeHeaderList *, g_mime_object_get_header_list, (GMimeObject *object)) \
  F(GMimeHeader *, g_mime_header_list_get_header, (GMimeHeaderList *list, const char *name)) \
  F(void, g_mime_header_set_raw_value, (GMimeHeader *header, const char *raw)) \
  F(ssize_t, g_mime_object_write_to_stream, (GMimeObject *object, GMimeFormatOptions *options, GMimeStream *stream)) \
  F(GMimeStream *, g_mime_stream_mem_new, (void)) \
  F(GMimeStream *, g_mime_stream_mem_new_with_buffer, (const char *buffer, size_t count)) \
  F(GByteArray *, g_mime_stream_mem_get_byte_array, (GMimeStream *stream)) \
  F(GMimeDataWrapper *, g_mime_data_wrapper_new_with_stream, (GMimeStream *stream, int encoding)) \
  F(GMimeFormatOptions *, g_mime_format_options_new, (void)) \
  F(void, g_mime_format_options_free, (GMimeFormatOptions *options)) \
  F(void, g_mime_format_options_set_newline_format, (GMimeFormatOptions *options, int format)) \
  F(void, g_mime_format_options_set_param_encoding_method, (GMimeFormatOptions *options, int method)) \
  F(GMimeParser *, g_mime_parser_new_with_stream, (GMimeStream *stream)) \
  F(GMimeMessage *, g_mime_parser_construct_message, (GMimeParser *parser, void *options)) \
  F(GDateTime *, g_date_time_new_from_unix_utc, (int64_t seconds)) \
  F(void, g_date_time_unref, (GDateTime *date)) \
  F(char *, g_mime_utils_header_format_date, (GDateTime *date))

#define POINTER(result, name, parameters) static result(*name) parameters;
FUNCTIONS(POINTER)
#undef POINTER
static const unsigned *gmime_major_version, *gmime_minor_version, *gmime_micro_version;

// A program that lacks one of its libraries ends, as it does where it is told so at its start.
static void *found(void *address) {
  if (address) return address;
  fprintf(stderr, "billfold: %s\n", dlerror());
  _exit(70);
}

static void load(void) {
  void *library = found(dlopen("libgmime-3.0.so.0", RTLD_LAZY));
#define FIND(result, name, parameters) *(void **)&name = found(dlsym(library, #name));
  FUNCTIONS(FIND)
#undef FIND
  gmime_major_version = found(dlsym(library, "gmime_major_version"));
  gmime_minor_version = found(dlsym(library, "gmime_minor_version"));
  gmime_micro_version = found(dlsym(library, "gmime_micro_version"));
}

static void ensure(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
}

void cgmime_start(void) {
  ensure();
  g_mime_init();
}

int32_t cgmime_version(void) {
  ensure();
  return (int32_t)(*gmime_major_version * 10000 + *gmime_minor_version * 100 + *gmime_micro_version);
}

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
  ensure();
  GDateTime *date = g_date_time_new_from_unix_utc(seconds);
  if (!date) return NULL;
  char *text = g_mime_utils_header_format_date(date);
  g_date_time_unref(date);
  char *copy = text ? strdup(text) : NULL;
  g_free(text);
  return copy;
}

void cgmime_free(void *memory) { free(memory); }
