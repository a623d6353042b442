/* The floor below Billfold: paints glyph runs that are already there, and nothing else, into one PDF a bill in memory through cairo.

   usage: replay RUNS FONTS COUNT [OUT.pdf]

   RUNS is what `billfold-bench ... runs` prints, FONTS the folder its faces are in. Runs of one face, size and colour are joined to one call of
   cairo_show_text_glyphs, as Sources/Painting/Brush.swift joins them, when they are read: painting only hands arrays to cairo. Paints ten bills to
   warm up, then COUNT of them, then as many documents of the same pages with nothing on them, and prints one JSON object: CPU milliseconds and bytes
   of a document of both kinds. OUT.pdf is the first bill, to be looked at. */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_FACES = 256, WARM_UP = 10 };

/* One call of cairo_show_text_glyphs, or the beginning of a page. */
typedef struct {
  int is_page;
  double width, height;
  int face, backward, turn;
  double size, x, y;
  int red, green, blue;
  cairo_scaled_font_t *font;
  cairo_glyph_t *glyphs;
  cairo_text_cluster_t *clusters;
  char *text;
  int glyph_count, cluster_count, text_count;
} call;

typedef struct {
  size_t first, end;
} bill;

typedef struct {
  size_t count, capacity;
  unsigned char *bytes;
} buffer;

static FT_Library library;
static cairo_font_face_t *faces[MAX_FACES];
static call *calls;
static size_t call_count, call_capacity;
static bill *bills;
static size_t bill_count, bill_capacity;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  va_list list;
  va_start(list, format);
  fputs("replay: ", stderr);
  vfprintf(stderr, format, list);
  fputc('\n', stderr);
  va_end(list);
  exit(70);
}

static void *grown(void *memory, size_t count, size_t size) {
  void *more = realloc(memory, (count ? count : 1) * size);
  if (!more) fail("no memory");
  return more;
}

static double processor_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
}

static cairo_status_t collect(void *closure, const unsigned char *data, unsigned length) {
  buffer *target = closure;
  if (target->count + length > target->capacity) {
    target->capacity = (target->count + length) * 2;
    target->bytes = grown(target->bytes, target->capacity, 1);
  }
  memcpy(target->bytes + target->count, data, length);
  target->count += length;
  return CAIRO_STATUS_SUCCESS;
}

/* The same options as Sources/Cairo/FontFace.swift. */
static cairo_scaled_font_t *scaled(int face, double size) {
  cairo_matrix_t matrix, device;
  cairo_matrix_init_scale(&matrix, size, size);
  cairo_matrix_init_identity(&device);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_scaled_font_t *font = cairo_scaled_font_create(faces[face], &matrix, &device, options);
  cairo_font_options_destroy(options);
  if (cairo_scaled_font_status(font)) fail("%s", cairo_status_to_string(cairo_scaled_font_status(font)));
  return font;
}

static void open_face(int number, const char *folder, const char *file) {
  char path[4096];
  FT_Face face;
  if (number < 0 || number >= MAX_FACES || faces[number]) fail("a face of number %d", number);
  if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, file) >= sizeof path) fail("a path that is too long");
  if (FT_New_Face(library, path, 0, &face)) fail("the font %s cannot be read", path);
  faces[number] = cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
}

static call *new_call(void) {
  if (call_count == call_capacity) {
    call_capacity = call_capacity ? call_capacity * 2 : 1024;
    calls = grown(calls, call_capacity, sizeof *calls);
  }
  call *made = &calls[call_count++];
  memset(made, 0, sizeof *made);
  return made;
}

static int hex_digit(int letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  fail("text that is not in hexadecimal");
}

/* Reads a run's three lines behind what is in the call already. */
static void read_run(FILE *file, call *into, double x, double y, int glyphs, int clusters, int bytes) {
  if (glyphs < 0 || clusters < 0 || bytes < 0) fail("a run of negative length");
  into->glyphs = grown(into->glyphs, into->glyph_count + glyphs, sizeof *into->glyphs);
  into->clusters = grown(into->clusters, into->cluster_count + clusters, sizeof *into->clusters);
  into->text = grown(into->text, into->text_count + bytes, 1);
  for (int i = 0; i < glyphs; i++) {
    cairo_glyph_t *glyph = &into->glyphs[into->glyph_count++];
    if (fscanf(file, "%lu %lf %lf", &glyph->index, &glyph->x, &glyph->y) != 3) fail("a glyph that cannot be read");
    glyph->x += x;
    glyph->y += y;
  }
  for (int i = 0; i < clusters; i++) {
    cairo_text_cluster_t *cluster = &into->clusters[into->cluster_count++];
    if (fscanf(file, "%d %d", &cluster->num_bytes, &cluster->num_glyphs) != 2) fail("a cluster that cannot be read");
  }
  int letter;
  do letter = fgetc(file);
  while (letter == '\n' || letter == ' ');
  for (int i = 0; i < bytes; i++) {
    int low = fgetc(file);
    into->text[into->text_count++] = (char)(hex_digit(letter) << 4 | hex_digit(low));
    letter = fgetc(file);
  }
}

static void read_runs(const char *path, const char *folder) {
  FILE *file = fopen(path, "r");
  if (!file) fail("%s: %s", path, strerror(errno));
  char word[16];
  int joins = 0;
  while (fscanf(file, "%15s", word) == 1) {
    if (!strcmp(word, "bill")) {
      if (bill_count) bills[bill_count - 1].end = call_count;
      if (bill_count == bill_capacity) bills = grown(bills, bill_capacity = bill_capacity ? bill_capacity * 2 : 64, sizeof *bills);
      bills[bill_count++].first = call_count;
    } else if (!strcmp(word, "page")) {
      call *page = new_call();
      page->is_page = 1;
      joins = 0;
      if (!bill_count || fscanf(file, "%lf %lf", &page->width, &page->height) != 2) fail("a page that cannot be read");
    } else if (!strcmp(word, "face")) {
      int number;
      char name[1024];
      if (fscanf(file, "%d %1023[^\n]", &number, name) != 2) fail("a face that cannot be read");
      open_face(number, folder, name);
    } else if (!strcmp(word, "run")) {
      call run = {0};
      int glyphs, clusters, bytes;
      if (fscanf(
            file, "%d %lf %d %d %d %d %d %lf %lf %d %d %d", &run.face, &run.size, &run.red, &run.green, &run.blue, &run.backward, &run.turn, &run.x,
            &run.y, &glyphs, &clusters, &bytes) != 12)
        fail("a run that cannot be read");
      if (!call_count || run.face < 0 || run.face >= MAX_FACES || !faces[run.face]) fail("a run without a page or a face");
      call *last = &calls[call_count - 1];
      int continues = joins && !last->is_page && last->face == run.face && last->size == run.size && last->red == run.red
        && last->green == run.green && last->blue == run.blue && !last->backward && !run.backward && !last->turn && !run.turn;
      if (!continues) *(last = new_call()) = run;
      read_run(file, last, run.turn ? 0 : run.x, run.turn ? 0 : run.y, glyphs, clusters, bytes);
      joins = 1;
    } else if (!strcmp(word, "cut")) {
      joins = 0;
    } else if (strcmp(word, "end")) {
      fail("a line that begins with '%s'", word);
    }
  }
  fclose(file);
  if (!bill_count) fail("no bill in %s", path);
  bills[bill_count - 1].end = call_count;
  /* Each face ready at its size, once. */
  for (size_t i = 0; i < call_count; i++) {
    if (calls[i].is_page) continue;
    for (size_t j = 0; j < i && !calls[i].font; j++) {
      if (!calls[j].is_page && calls[j].face == calls[i].face && calls[j].size == calls[i].size) calls[i].font = calls[j].font;
    }
    if (!calls[i].font) calls[i].font = scaled(calls[i].face, calls[i].size);
  }
}

/* One bill into the buffer, without its runs where it is to be empty. */
static void paint(const bill *of, buffer *target, int is_empty) {
  target->count = 0;
  const call *first = &calls[of->first];
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(collect, target, first->width, first->height);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  cairo_t *context = cairo_create(surface);
  int color = -1;
  for (size_t i = of->first; i < of->end; i++) {
    const call *one = &calls[i];
    if (one->is_page) {
      if (i > of->first) cairo_show_page(context);
      cairo_pdf_surface_set_size(surface, one->width, one->height);
      color = -1;
      continue;
    }
    if (is_empty) continue;
    if (one->turn) {
      cairo_save(context);
      cairo_matrix_t matrix;
      cairo_matrix_init(&matrix, 0, one->turn, -one->turn, 0, one->x, one->y);
      cairo_transform(context, &matrix);
    }
    int wanted = one->red << 16 | one->green << 8 | one->blue;
    if (wanted != color) cairo_set_source_rgb(context, one->red / 255.0, one->green / 255.0, one->blue / 255.0);
    color = wanted;
    cairo_set_scaled_font(context, one->font);
    cairo_show_text_glyphs(
      context, one->text, one->text_count, one->glyphs, one->glyph_count, one->clusters, one->cluster_count,
      one->backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : 0);
    if (one->turn) {
      cairo_restore(context);
      color = -1;
    }
  }
  cairo_show_page(context);
  cairo_destroy(context);
  cairo_surface_finish(surface);
  if (cairo_surface_status(surface)) fail("%s", cairo_status_to_string(cairo_surface_status(surface)));
  cairo_surface_destroy(surface);
}

static void timed(int count, int is_empty, double *milliseconds, size_t *bytes) {
  buffer target = {0};
  size_t total = 0;
  double start = processor_time();
  for (int i = 0; i < count; i++) {
    paint(&bills[i % bill_count], &target, is_empty);
    total += target.count;
  }
  *milliseconds = (processor_time() - start) / count;
  *bytes = total / count;
  free(target.bytes);
}

int main(int argc, char **argv) {
  int count = argc > 3 ? atoi(argv[3]) : 0;
  if (argc < 4 || argc > 5 || count < 1) {
    fputs("usage: replay RUNS FONTS COUNT [OUT.pdf]\n", stderr);
    return 64;
  }
  if (FT_Init_FreeType(&library)) fail("FreeType cannot be started");
  read_runs(argv[1], argv[2]);
  if (argc > 4) {
    buffer target = {0};
    paint(&bills[0], &target, 0);
    FILE *out = fopen(argv[4], "wb");
    if (!out || fwrite(target.bytes, 1, target.count, out) != target.count || fclose(out)) fail("%s cannot be written", argv[4]);
    free(target.bytes);
  }
  double milliseconds, empty;
  size_t bytes, empty_bytes;
  timed(WARM_UP, 0, &milliseconds, &bytes);
  timed(count, 0, &milliseconds, &bytes);
  timed(count, 1, &empty, &empty_bytes);
  size_t glyphs = 0, shown = 0;
  for (size_t i = 0; i < call_count; i++) glyphs += calls[i].glyph_count, shown += !calls[i].is_page;
  printf(
    "{\"ms\": %.4f, \"bytes\": %zu, \"empty_ms\": %.4f, \"empty_bytes\": %zu, \"calls\": %.1f, \"glyphs\": %.1f, \"versions\": {\"cairo\": \"%s\"}}\n",
    milliseconds, bytes, empty, empty_bytes, (double)shown / bill_count, (double)glyphs / bill_count, cairo_version_string());
  return 0;
}
