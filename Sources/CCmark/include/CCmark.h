#ifndef BILLFOLD_CCMARK_H
#define BILLFOLD_CCMARK_H

#include <stddef.h>

#include <cmark-gfm.h>

// Parses UTF-8 as CommonMark with tables, and nothing else of GitHub's extensions. Returns the document, to be freed by `cmark_node_free`, or NULL.
// May be called from several threads at once.
cmark_node *billfold_cmark_parse(const char *bytes, size_t count);

// What a node is of a table.
typedef enum {
  BILLFOLD_CMARK_OTHER = 0,
  BILLFOLD_CMARK_TABLE = 1,
  BILLFOLD_CMARK_TABLE_HEADER = 2,
  BILLFOLD_CMARK_TABLE_ROW = 3,
  BILLFOLD_CMARK_TABLE_CELL = 4
} billfold_cmark_table_part;

billfold_cmark_table_part billfold_cmark_table_part_of(cmark_node *node);

// How many columns a table has; 0 for other nodes.
int billfold_cmark_table_columns(cmark_node *table);

// How a column of a table is aligned: 'l', 'c', 'r', or 0 where nothing is said.
char billfold_cmark_table_alignment(cmark_node *table, int column);

#endif
