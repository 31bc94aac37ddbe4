// JSON written to text, parsed by hand and written again.
const NULL = 1, BOOL = 2, WHOLE = 3, REAL = 4, TEXT = 5, LIST = 6, OBJECT = 7;

const nothing = { tag: NULL };
const bool = (value) => ({ tag: BOOL, value });
const whole = (value) => ({ tag: WHOLE, value });
const real = (value) => ({ tag: REAL, value });
const text = (value) => ({ tag: TEXT, value });
const list = (items) => ({ tag: LIST, items });
const object = (fields) => ({ tag: OBJECT, fields });

function writeText(out, s) {
  out.push('"');
  let start = 0;
  for (let i = 0; i < s.length; i++) {
    const code = s.charCodeAt(i);
    if (code === 34 || code === 92 || code === 10) {
      out.push(s.slice(start, i));
      out.push(code === 10 ? "\\n" : code === 34 ? '\\"' : "\\\\");
      start = i + 1;
    }
  }
  out.push(s.slice(start));
  out.push('"');
}

function write(out, json) {
  switch (json.tag) {
    case NULL: out.push("null"); break;
    case BOOL: out.push(json.value ? "true" : "false"); break;
    case WHOLE: out.push(`${json.value}`); break;
    case REAL: out.push(json.value.toFixed(3)); break;
    case TEXT: writeText(out, json.value); break;
    case LIST:
      out.push("[");
      json.items.forEach((item, i) => {
        if (i > 0) out.push(",");
        write(out, item);
      });
      out.push("]");
      break;
    default:
      out.push("{");
      json.fields.forEach(([key, value], i) => {
        if (i > 0) out.push(",");
        writeText(out, key);
        out.push(":");
        write(out, value);
      });
      out.push("}");
  }
}

function render(json) {
  const out = [];
  write(out, json);
  return out.join("");
}

class Parser {
  constructor(text) {
    this.text = text;
    this.pos = 0;
  }

  peek() {
    while (this.pos < this.text.length) {
      const code = this.text.charCodeAt(this.pos);
      if (code !== 32 && code !== 10) return code;
      this.pos++;
    }
    return -1;
  }

  expect(wanted) {
    if (this.peek() !== wanted) throw new Error(`byte ${wanted} expected at ${this.pos}`);
    this.pos++;
  }

  word(word, json) {
    if (!this.text.startsWith(word, this.pos)) throw new Error(`${word} expected at ${this.pos}`);
    this.pos += word.length;
    return json;
  }

  digits(start) {
    let value = start;
    while (this.pos < this.text.length) {
      const code = this.text.charCodeAt(this.pos);
      if (code < 48 || code > 57) return value;
      value = value * 10 + (code - 48);
      this.pos++;
    }
    return value;
  }

  number() {
    let sign = 1;
    if (this.peek() === 45) {
      sign = -1;
      this.pos++;
    }
    const start = this.pos;
    let value = this.digits(0);
    if (this.pos === start) throw new Error(`value expected at ${start}`);
    if (this.pos < this.text.length && this.text.charCodeAt(this.pos) === 46) {
      this.pos++;
      const point = this.pos;
      value = this.digits(value);
      let divisor = 1.0;
      for (let i = point; i < this.pos; i++) divisor *= 10.0;
      return real(sign * value / divisor);
    }
    return whole(sign * value);
  }

  quoted() {
    this.expect(34);
    let out = "";
    let start = this.pos;
    while (this.pos < this.text.length) {
      const code = this.text.charCodeAt(this.pos);
      if (code === 34) {
        out += this.text.slice(start, this.pos);
        this.pos++;
        return out;
      }
      if (code === 92) {
        out += this.text.slice(start, this.pos);
        const escaped = this.text[this.pos + 1];
        out += escaped === "n" ? "\n" : escaped;
        this.pos += 2;
        start = this.pos;
      } else {
        this.pos++;
      }
    }
    throw new Error("text without end");
  }

  list() {
    this.expect(91);
    const items = [];
    if (this.peek() !== 93) {
      items.push(this.value());
      while (this.peek() === 44) {
        this.pos++;
        items.push(this.value());
      }
    }
    this.expect(93);
    return list(items);
  }

  field() {
    const key = this.quoted();
    this.expect(58);
    return [key, this.value()];
  }

  object() {
    this.expect(123);
    const fields = [];
    if (this.peek() !== 125) {
      fields.push(this.field());
      while (this.peek() === 44) {
        this.pos++;
        fields.push(this.field());
      }
    }
    this.expect(125);
    return object(fields);
  }

  value() {
    switch (this.peek()) {
      case 110: return this.word("null", nothing);
      case 116: return this.word("true", bool(true));
      case 102: return this.word("false", bool(false));
      case 34: return text(this.quoted());
      case 91: return this.list();
      case 123: return this.object();
      default: return this.number();
    }
  }
}

function parse(s) {
  const parser = new Parser(s);
  const json = parser.value();
  if (parser.peek() !== -1) throw new Error(`end expected at ${parser.pos}`);
  return json;
}

function makeItem(i) {
  const note = i % 3 === 0 ? nothing : text(`line ${i}\nand a "quoted" word`);
  const tags = [];
  for (let k = 0; k < i % 5; k++) tags.push(text(`tag${k}`));
  const size = object([["width", whole(i * 7 % 100)], ["height", whole(50 - i % 101)]]);
  return object([
    ["id", whole(i)],
    ["name", text(`item number ${i}`)],
    ["price", real(i * 37 % 10007 / 8.0)],
    ["active", bool(i % 2 === 0)],
    ["note", note],
    ["tags", list(tags)],
    ["size", size],
  ]);
}

function count(json) {
  let n = 1;
  if (json.tag === LIST) {
    for (const item of json.items) n += count(item);
  } else if (json.tag === OBJECT) {
    for (const [, value] of json.fields) n += count(value);
  }
  return n;
}

const items = [];
for (let i = 0; i < 3000; i++) items.push(makeItem(i));
let json = list(items);
const first = render(json);
console.log(first.slice(0, 220));
for (let i = 0; i < 4; i++) json = parse(render(json));
const last = render(json);
console.log(`${last.length} bytes, ${count(json)} values, same: ${first === last}`);
