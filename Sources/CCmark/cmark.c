// Node types of extensions are variables of the library, and extensions are registered in a list that nothing guards: both stay in this file.
#include "CCmark.h"

#include <pthread.h>
#include <stdint.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

// Not in the header of its package: types that the table extension sets when it is registered.
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static cmark_syntax_extension *table_extension;

static void register_extensions(void) {
  cmark_gfm_core_extensions_ensure_registered();
  table_extension = cmark_find_syntax_extension("table");
}

cmark_node *billfold_cmark_parse(const char *bytes, size_t count) {
  if (pthread_once(&once, register_extensions) != 0 || table_extension == NULL) return NULL;
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  if (parser == NULL) return NULL;
  cmark_node *document = NULL;
  if (cmark_parser_attach_syntax_extension(parser, table_extension)) {
    if (count > 0) cmark_parser_feed(parser, bytes, count);
    document = cmark_parser_finish(parser);
  }
  cmark_parser_free(parser);
  return document;
}

billfold_cmark_table_part billfold_cmark_table_part_of(cmark_node *node) {
  cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_TABLE) return BILLFOLD_CMARK_TABLE;
  if (type == CMARK_NODE_TABLE_CELL) return BILLFOLD_CMARK_TABLE_CELL;
  if (type != CMARK_NODE_TABLE_ROW) return BILLFOLD_CMARK_OTHER;
  return cmark_gfm_extensions_get_table_row_is_header(node) ? BILLFOLD_CMARK_TABLE_HEADER : BILLFOLD_CMARK_TABLE_ROW;
}

int billfold_cmark_table_columns(cmark_node *table) {
  return cmark_node_get_type(table) == CMARK_NODE_TABLE ? cmark_gfm_extensions_get_table_columns(table) : 0;
}

char billfold_cmark_table_alignment(cmark_node *table, int column) {
  if (column < 0 || column >= billfold_cmark_table_columns(table)) return 0;
  const uint8_t *alignments = cmark_gfm_extensions_get_table_alignments(table);
  return alignments == NULL ? 0 : (char)alignments[column];
}
