// What Billfold needs of libcurl for SMTP: its options are variadic, and what it reports of a conversation is turned into a few plain calls here,
// so that no password ever leaves this file again.
#ifndef BILLFOLD_CCURL_H
#define BILLFOLD_CCURL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The version of the library in use, such as "7.88.1".
const char *ccurl_version(void);

// What was sent to the server, as far as it matters.
typedef enum {
  CCURL_OTHER,
  CCURL_HELLO,
  CCURL_STARTTLS,
  CCURL_AUTH,
  CCURL_MAIL,
  CCURL_RCPT,
  CCURL_DATA,
  CCURL_QUIT,
} ccurl_command;

// How the way to a server is secured.
typedef enum {
  // Not at all.
  CCURL_PLAIN,
  // By STARTTLS, without which nothing is sent.
  CCURL_STARTTLS_REQUIRED,
  // From the first byte on.
  CCURL_IMPLICIT,
} ccurl_security;

// Who is told of a conversation while it goes on, on the thread that sends.
typedef struct {
  void *context;
  // Fills a buffer with more of the message; 0 at its end, SIZE_MAX to give up.
  size_t (*read)(void *context, char *buffer, size_t capacity);
  // A line that the server sent, with its end.
  void (*reply)(void *context, const char *line, size_t length);
  // A command went out.
  void (*command)(void *context, ccurl_command command);
  // Whether to give up.
  bool (*stopped)(void *context);
} ccurl_listener;

// What went wrong.
typedef enum {
  CCURL_OK,
  CCURL_RESOLVE,
  CCURL_CONNECT,
  CCURL_TLS,
  CCURL_CERTIFICATE,
  CCURL_LOGIN,
  CCURL_TIMEOUT,
  CCURL_STOPPED,
  // Everything else: what the server had said before tells more.
  CCURL_FAILED,
} ccurl_result;

typedef struct ccurl_connection ccurl_connection;

// A way to one server, not yet open. Every text is copied; `ca_file`, `user` and `password` may be null. NULL where there is no memory, or the library
// has no part that is needed.
ccurl_connection *ccurl_open(const char *url, ccurl_security security, const char *user, const char *password, const char *ca_file,
                             int32_t timeout_seconds, const ccurl_listener *listener);
// Sends one message, over the open connection where there is one. `words` becomes the library's own, which last until the next call.
ccurl_result ccurl_send(ccurl_connection *connection, const char *from, const char *to, const char **words);
// Gives up the open connection: an answer that comes late on it would be taken for that to another message. The library itself keeps one on which
// it waited in vain.
void ccurl_drop(ccurl_connection *connection);
// Says goodbye to the server, and frees everything.
void ccurl_close(ccurl_connection *connection);

#endif
