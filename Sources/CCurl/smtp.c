#include "CCurl.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

// The library is loaded when its version or a connection is asked for: with all that it brings along it would take every process of this
// program some milliseconds to start, and hardly one of them sends anything.
#define FUNCTIONS(F) \
  F(version_info) \
  F(global_init) \
  F(easy_init) \
  F(easy_setopt) \
  F(easy_perform) \
  F(easy_getinfo) \
  F(easy_cleanup) \
  F(easy_strerror) \
  F(slist_append) \
  F(slist_free_all)

#define POINTER(name) __typeof__(curl_##name) *name;
static struct {
  FUNCTIONS(POINTER)
} curl;
#undef POINTER

// A program that lacks one of its libraries ends, as it does where it is told so at its start.
static void *found(void *address) {
  if (address) return address;
  fprintf(stderr, "billfold: %s\n", dlerror());
  _exit(70);
}

static void load(void) {
  void *library = found(dlopen("libcurl.so.4", RTLD_LAZY));
#define FIND(name) *(void **)&curl.name = found(dlsym(library, "curl_" #name));
  FUNCTIONS(FIND)
#undef FIND
}

static void ensure(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
}

const char *ccurl_version(void) {
  ensure();
  return curl.version_info(CURLVERSION_NOW)->version;
}

struct ccurl_connection {
  CURL *easy;
  ccurl_listener listener;
  // Nobody listens any more.
  bool closing;
  char words[CURL_ERROR_SIZE];
};

static size_t read_message(char *buffer, size_t size, size_t count, void *context) {
  ccurl_connection *connection = context;
  size_t result = connection->listener.read(connection->listener.context, buffer, size * count);
  return result == SIZE_MAX ? CURL_READFUNC_ABORT : result;
}

static size_t take_reply(char *line, size_t size, size_t count, void *context) {
  ccurl_connection *connection = context;
  if (!connection->closing) connection->listener.reply(connection->listener.context, line, size * count);
  return size * count;
}

static size_t discard(char *bytes, size_t size, size_t count, void *context) {
  (void)bytes;
  (void)context;
  return size * count;
}

static int look(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
  (void)a, (void)b, (void)c, (void)d;
  ccurl_connection *connection = context;
  return !connection->closing && connection->listener.stopped(connection->listener.context) ? 1 : 0;
}

static bool begins(const char *bytes, size_t length, const char *verb) {
  size_t count = strlen(verb);
  return length >= count && strncasecmp(bytes, verb, count) == 0;
}

static int watch(CURL *easy, curl_infotype type, char *bytes, size_t length, void *context) {
  (void)easy;
  if (type != CURLINFO_HEADER_OUT) return 0;
  static const struct {
    const char *verb;
    ccurl_command command;
  } verbs[] = {
      {"EHLO ", CCURL_HELLO}, {"HELO ", CCURL_HELLO}, {"STARTTLS\r", CCURL_STARTTLS}, {"AUTH ", CCURL_AUTH},
      {"MAIL FROM:", CCURL_MAIL}, {"RCPT TO:", CCURL_RCPT}, {"DATA\r", CCURL_DATA}, {"QUIT\r", CCURL_QUIT},
  };
  ccurl_command command = CCURL_OTHER;
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (begins(bytes, length, verbs[i].verb)) command = verbs[i].command;
  ccurl_connection *connection = context;
  if (!connection->closing) connection->listener.command(connection->listener.context, command);
  return 0;
}

ccurl_connection *ccurl_open(const char *url, ccurl_security security, const char *user, const char *password, const char *ca_file,
                             int32_t timeout_seconds, const ccurl_listener *listener) {
  ensure();
  // Not guarded by the library against being called by two threads at once in every version; it counts its calls.
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NULL;
  ccurl_connection *connection = calloc(1, sizeof *connection);
  if (!connection) return NULL;
  connection->listener = *listener;
  CURL *easy = connection->easy = curl.easy_init();
  if (!easy) {
    free(connection);
    return NULL;
  }
  CURLcode failed = CURLE_OK;
#define SET(option, value) failed = failed ? failed : curl.easy_setopt(easy, option, value)
  SET(CURLOPT_URL, url);
  SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  // Whatever the environment or the user's home says.
  SET(CURLOPT_PROXY, "");
  SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_USE_SSL, security == CCURL_STARTTLS_REQUIRED ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  SET(CURLOPT_SSL_VERIFYPEER, 1L);
  SET(CURLOPT_SSL_VERIFYHOST, 2L);
  if (ca_file) {
    SET(CURLOPT_CAINFO, ca_file);
    SET(CURLOPT_CAPATH, NULL);
  }
  if (user && password) {
    SET(CURLOPT_USERNAME, user);
    SET(CURLOPT_PASSWORD, password);
    // No others: some are tried for no better reason than the '@' in a user's name.
    SET(CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN;AUTH=CRAM-MD5");
  }
  SET(CURLOPT_CONNECTTIMEOUT, (long)timeout_seconds);
  SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)timeout_seconds);
  SET(CURLOPT_LOW_SPEED_LIMIT, 1L);
  SET(CURLOPT_LOW_SPEED_TIME, (long)timeout_seconds);
  SET(CURLOPT_MAXCONNECTS, 1L);
  // Without the size beforehand: the library then asks for the end of the message once all before it is on its way, and sends the final dot behind it.
  SET(CURLOPT_UPLOAD, 1L);
  SET(CURLOPT_READFUNCTION, read_message);
  SET(CURLOPT_READDATA, connection);
  SET(CURLOPT_HEADERFUNCTION, take_reply);
  SET(CURLOPT_HEADERDATA, connection);
  SET(CURLOPT_WRITEFUNCTION, discard);
  SET(CURLOPT_NOPROGRESS, 0L);
  SET(CURLOPT_XFERINFOFUNCTION, look);
  SET(CURLOPT_XFERINFODATA, connection);
  SET(CURLOPT_VERBOSE, 1L);
  SET(CURLOPT_DEBUGFUNCTION, watch);
  SET(CURLOPT_DEBUGDATA, connection);
  SET(CURLOPT_ERRORBUFFER, connection->words);
#undef SET
  if (failed) {
    ccurl_close(connection);
    return NULL;
  }
  return connection;
}

static ccurl_result result_of(CURLcode code) {
  switch (code) {
  case CURLE_OK: return CCURL_OK;
  case CURLE_COULDNT_RESOLVE_HOST: return CCURL_RESOLVE;
  case CURLE_COULDNT_CONNECT: return CCURL_CONNECT;
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_SSL_CACERT_BADFILE: return CCURL_CERTIFICATE;
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SSL_CIPHER:
  case CURLE_SSL_ENGINE_NOTFOUND:
  case CURLE_SSL_ENGINE_SETFAILED:
  case CURLE_SSL_ENGINE_INITFAILED:
  case CURLE_USE_SSL_FAILED: return CCURL_TLS;
  case CURLE_LOGIN_DENIED: return CCURL_LOGIN;
  case CURLE_OPERATION_TIMEDOUT: return CCURL_TIMEOUT;
  case CURLE_ABORTED_BY_CALLBACK: return CCURL_STOPPED;
  default: return CCURL_FAILED;
  }
}

ccurl_result ccurl_send(ccurl_connection *connection, const char *from, const char *to, const char **words) {
  connection->words[0] = 0;
  *words = connection->words;
  struct curl_slist *recipients = curl.slist_append(NULL, to);
  if (!recipients) return CCURL_FAILED;
  CURLcode code = curl.easy_setopt(connection->easy, CURLOPT_MAIL_FROM, from);
  if (!code) code = curl.easy_setopt(connection->easy, CURLOPT_MAIL_RCPT, recipients);
  if (!code) code = curl.easy_perform(connection->easy);
  curl.easy_setopt(connection->easy, CURLOPT_MAIL_RCPT, NULL);
  curl.slist_free_all(recipients);
  curl.easy_setopt(connection->easy, CURLOPT_FRESH_CONNECT, 0L);
  if (code && !connection->words[0]) *words = curl.easy_strerror(code);
  return result_of(code);
}

void ccurl_drop(ccurl_connection *connection) {
  curl_socket_t active = CURL_SOCKET_BAD;
  curl.easy_getinfo(connection->easy, CURLINFO_ACTIVESOCKET, &active);
  // The library finds it dead then, and neither uses it again nor waits for an answer to its goodbye.
  if (active != CURL_SOCKET_BAD) shutdown(active, SHUT_RDWR);
  curl.easy_setopt(connection->easy, CURLOPT_FRESH_CONNECT, 1L);
}

void ccurl_close(ccurl_connection *connection) {
  if (!connection) return;
  // The library says goodbye while it goes, of which nobody is told any more.
  connection->closing = true;
  curl.easy_cleanup(connection->easy);
  free(connection);
}
