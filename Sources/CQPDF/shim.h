#pragma once
#include <dlfcn.h>
#include <stdio.h>
#include <qpdf/qpdf-c.h>
#include <unistd.h>

// The library is loaded when its functions are asked for: with all that it brings along it takes a process some milliseconds to start, and
// only a reader of PDFs needs it. So each function in use is a member here, under its own name.
#define CQPDF_FUNCTIONS(F) \
  F(qpdf_cleanup) \
  F(qpdf_get_error) \
  F(qpdf_get_error_code) \
  F(qpdf_get_error_full_text) \
  F(qpdf_get_qpdf_version) \
  F(qpdf_get_root) \
  F(qpdf_has_error) \
  F(qpdf_init) \
  F(qpdf_more_warnings) \
  F(qpdf_oh_get_array_item) \
  F(qpdf_oh_get_array_n_items) \
  F(qpdf_oh_get_binary_utf8_value) \
  F(qpdf_oh_get_dict) \
  F(qpdf_oh_get_generation) \
  F(qpdf_oh_get_int_value) \
  F(qpdf_oh_get_key) \
  F(qpdf_oh_get_name) \
  F(qpdf_oh_get_object_id) \
  F(qpdf_oh_get_stream_data) \
  F(qpdf_oh_is_array) \
  F(qpdf_oh_is_dictionary) \
  F(qpdf_oh_is_indirect) \
  F(qpdf_oh_is_initialized) \
  F(qpdf_oh_is_integer) \
  F(qpdf_oh_is_name) \
  F(qpdf_oh_is_null) \
  F(qpdf_oh_is_stream) \
  F(qpdf_oh_is_string) \
  F(qpdf_oh_release) \
  F(qpdf_read_memory) \
  F(qpdf_set_suppress_warnings) \
  F(qpdf_silence_errors)

#define CQPDF_MEMBER(name) __typeof__(name) *name;
typedef struct {
  CQPDF_FUNCTIONS(CQPDF_MEMBER)
} cqpdf_functions;
#undef CQPDF_MEMBER

// A program that lacks one of its libraries ends, as it does where it is told so at its start.
static inline void *cqpdf_found(void *address) {
  if (address) return address;
  fprintf(stderr, "billfold: %s\n", dlerror());
  _exit(70);
}

static inline cqpdf_functions cqpdf_load(void) {
  // The name of the file follows the version of the header: 28 belongs to qpdf 10, 29 to 11.
  char name[32];
  snprintf(name, sizeof name, "libqpdf.so.%d", QPDF_MAJOR_VERSION + 18);
  void *library = cqpdf_found(dlopen(name, RTLD_LAZY));
  cqpdf_functions functions;
#define CQPDF_FIND(name) *(void **)&functions.name = cqpdf_found(dlsym(library, #name));
  CQPDF_FUNCTIONS(CQPDF_FIND)
#undef CQPDF_FIND
  return functions;
}
