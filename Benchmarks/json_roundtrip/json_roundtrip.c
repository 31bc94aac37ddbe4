// JSON written to text, parsed by hand and written again.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum { NOTHING, BOOL, WHOLE, REAL, TEXT, LIST, OBJECT } Tag;

typedef struct Json Json;
typedef struct Field Field;
struct Json {
  Tag tag;
  union {
    bool truth;
    int64_t whole;
    double real;
    char *text;
    struct { Json *items; int length, capacity; };       // LIST
    struct { Field *fields; int count, field_capacity; }; // OBJECT
  };
};
struct Field {
  char *key;
  Json value;
};

typedef struct {
  char *text;
  size_t length, capacity;
} Buffer;

static void put(Buffer *out, const char *text, size_t n) {
  if (out->length + n + 1 > out->capacity) {
    out->capacity = 2 * (out->length + n + 1);
    out->text = realloc(out->text, out->capacity);
  }
  memcpy(out->text + out->length, text, n);
  out->length += n;
  out->text[out->length] = 0;
}

static void puts_to(Buffer *out, const char *text) { put(out, text, strlen(text)); }

static void write_text(Buffer *out, const char *text) {
  puts_to(out, "\"");
  size_t start = 0, i = 0;
  for (; text[i]; i++) {
    char c = text[i];
    if (c == '"' || c == '\\' || c == '\n') {
      put(out, text + start, i - start);
      puts_to(out, c == '\n' ? "\\n" : c == '"' ? "\\\"" : "\\\\");
      start = i + 1;
    }
  }
  put(out, text + start, i - start);
  puts_to(out, "\"");
}

static void write(Buffer *out, const Json *json) {
  char digits[64];
  switch (json->tag) {
    case NOTHING: puts_to(out, "null"); break;
    case BOOL: puts_to(out, json->truth ? "true" : "false"); break;
    case WHOLE: put(out, digits, snprintf(digits, sizeof digits, "%lld", (long long)json->whole)); break;
    case REAL: put(out, digits, snprintf(digits, sizeof digits, "%.3f", json->real)); break;
    case TEXT: write_text(out, json->text); break;
    case LIST:
      puts_to(out, "[");
      for (int i = 0; i < json->length; i++) {
        if (i > 0) puts_to(out, ",");
        write(out, &json->items[i]);
      }
      puts_to(out, "]");
      break;
    case OBJECT:
      puts_to(out, "{");
      for (int i = 0; i < json->count; i++) {
        if (i > 0) puts_to(out, ",");
        write_text(out, json->fields[i].key);
        puts_to(out, ":");
        write(out, &json->fields[i].value);
      }
      puts_to(out, "}");
      break;
  }
}

static char *render(const Json *json) {
  Buffer out = {0};
  write(&out, json);
  return out.text;
}

static void release(Json *json) {
  if (json->tag == TEXT) free(json->text);
  if (json->tag == LIST) {
    for (int i = 0; i < json->length; i++) release(&json->items[i]);
    free(json->items);
  }
  if (json->tag == OBJECT) {
    for (int i = 0; i < json->count; i++) {
      free(json->fields[i].key);
      release(&json->fields[i].value);
    }
    free(json->fields);
  }
}

static void add_item(Json *list, Json item) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity ? 2 * list->capacity : 4;
    list->items = realloc(list->items, list->capacity * sizeof(Json));
  }
  list->items[list->length++] = item;
}

static void add_field(Json *object, char *key, Json value) {
  if (object->count == object->field_capacity) {
    object->field_capacity = object->field_capacity ? 2 * object->field_capacity : 4;
    object->fields = realloc(object->fields, object->field_capacity * sizeof(Field));
  }
  object->fields[object->count++] = (Field){key, value};
}

typedef struct {
  const char *text;
  size_t pos;
} Parser;

static void fail(const Parser *p, const char *what) {
  fprintf(stderr, "%s expected at %zu\n", what, p->pos);
  exit(1);
}

static char peek(Parser *p) {
  while (p->text[p->pos] == ' ' || p->text[p->pos] == '\n') p->pos++;
  return p->text[p->pos];
}

static void expect(Parser *p, char wanted) {
  if (peek(p) != wanted) fail(p, (char[]){wanted, 0});
  p->pos++;
}

static Json word(Parser *p, const char *text, Json json) {
  if (strncmp(p->text + p->pos, text, strlen(text)) != 0) fail(p, text);
  p->pos += strlen(text);
  return json;
}

static int64_t digits(Parser *p, int64_t start) {
  int64_t value = start;
  while (p->text[p->pos] >= '0' && p->text[p->pos] <= '9') {
    value = value * 10 + (p->text[p->pos] - '0');
    p->pos++;
  }
  return value;
}

static Json number(Parser *p) {
  int64_t sign = 1;
  if (peek(p) == '-') {
    sign = -1;
    p->pos++;
  }
  size_t start = p->pos;
  int64_t value = digits(p, 0);
  if (p->pos == start) fail(p, "value");
  if (p->text[p->pos] == '.') {
    p->pos++;
    size_t point = p->pos;
    value = digits(p, value);
    double divisor = 1.0;
    for (size_t i = point; i < p->pos; i++) divisor *= 10.0;
    return (Json){.tag = REAL, .real = sign * value / divisor};
  }
  return (Json){.tag = WHOLE, .whole = sign * value};
}

static char *quoted(Parser *p) {
  expect(p, '"');
  Buffer out = {0};
  size_t start = p->pos;
  while (p->text[p->pos]) {
    char c = p->text[p->pos];
    if (c == '"') {
      put(&out, p->text + start, p->pos - start);
      p->pos++;
      return out.text;
    }
    if (c == '\\') {
      put(&out, p->text + start, p->pos - start);
      char code = p->text[p->pos + 1];
      put(&out, code == 'n' ? "\n" : &code, 1);
      p->pos += 2;
      start = p->pos;
    } else {
      p->pos++;
    }
  }
  fail(p, "\"");
  return NULL;
}

static Json value(Parser *p);

static Json list(Parser *p) {
  expect(p, '[');
  Json json = {.tag = LIST};
  if (peek(p) != ']') {
    add_item(&json, value(p));
    while (peek(p) == ',') {
      p->pos++;
      add_item(&json, value(p));
    }
  }
  expect(p, ']');
  return json;
}

static void field(Parser *p, Json *object) {
  char *key = quoted(p);
  expect(p, ':');
  add_field(object, key, value(p));
}

static Json object(Parser *p) {
  expect(p, '{');
  Json json = {.tag = OBJECT};
  if (peek(p) != '}') {
    field(p, &json);
    while (peek(p) == ',') {
      p->pos++;
      field(p, &json);
    }
  }
  expect(p, '}');
  return json;
}

static Json value(Parser *p) {
  switch (peek(p)) {
    case 'n': return word(p, "null", (Json){.tag = NOTHING});
    case 't': return word(p, "true", (Json){.tag = BOOL, .truth = true});
    case 'f': return word(p, "false", (Json){.tag = BOOL, .truth = false});
    case '"': return (Json){.tag = TEXT, .text = quoted(p)};
    case '[': return list(p);
    case '{': return object(p);
    default: return number(p);
  }
}

static Json parse(const char *text) {
  Parser p = {text, 0};
  Json json = value(&p);
  if (peek(&p) != 0) fail(&p, "end");
  return json;
}

static char *copy(const char *text) { return strcpy(malloc(strlen(text) + 1), text); }

static Json text_of(const char *format, int i) {
  char text[64];
  snprintf(text, sizeof text, format, i);
  return (Json){.tag = TEXT, .text = copy(text)};
}

static Json whole(int64_t value) { return (Json){.tag = WHOLE, .whole = value}; }

static Json make_item(int i) {
  Json tags = {.tag = LIST};
  for (int k = 0; k < i % 5; k++) add_item(&tags, text_of("tag%d", k));
  Json size = {.tag = OBJECT};
  add_field(&size, copy("width"), whole(i * 7 % 100));
  add_field(&size, copy("height"), whole(50 - i % 101));
  Json item = {.tag = OBJECT};
  add_field(&item, copy("id"), whole(i));
  add_field(&item, copy("name"), text_of("item number %d", i));
  add_field(&item, copy("price"), (Json){.tag = REAL, .real = i * 37 % 10007 / 8.0});
  add_field(&item, copy("active"), (Json){.tag = BOOL, .truth = i % 2 == 0});
  add_field(&item, copy("note"), i % 3 == 0 ? (Json){.tag = NOTHING} : text_of("line %d\nand a \"quoted\" word", i));
  add_field(&item, copy("tags"), tags);
  add_field(&item, copy("size"), size);
  return item;
}

static int count(const Json *json) {
  int n = 1;
  if (json->tag == LIST)
    for (int i = 0; i < json->length; i++) n += count(&json->items[i]);
  if (json->tag == OBJECT)
    for (int i = 0; i < json->count; i++) n += count(&json->fields[i].value);
  return n;
}

int main(void) {
  Json json = {.tag = LIST};
  for (int i = 0; i < 3000; i++) add_item(&json, make_item(i));
  char *first = render(&json);
  printf("%.220s\n", first);
  for (int i = 0; i < 4; i++) {
    char *text = render(&json);
    release(&json);
    json = parse(text);
    free(text);
  }
  char *last = render(&json);
  printf("%zu bytes, %d values, same: %s\n", strlen(last), count(&json), strcmp(first, last) == 0 ? "true" : "false");
  free(first);
  free(last);
  release(&json);
}
