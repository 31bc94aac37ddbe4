# JSON written to text, parsed by hand and written again.
class Null:
    __slots__ = ()


class Bool:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


class Whole:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


class Real:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


class Text:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


class List:
    __slots__ = ("items",)

    def __init__(self, items):
        self.items = items


class Object:
    __slots__ = ("fields",)

    def __init__(self, fields):
        self.fields = fields


ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n"}


def write_text(out, text):
    out.append('"')
    start = 0
    for i, c in enumerate(text):
        if c == '"' or c == "\\" or c == "\n":
            out.append(text[start:i])
            out.append(ESCAPES[c])
            start = i + 1
    out.append(text[start:])
    out.append('"')


def write(out, json):
    kind = type(json)
    if kind is Null:
        out.append("null")
    elif kind is Bool:
        out.append("true" if json.value else "false")
    elif kind is Whole:
        out.append(f"{json.value}")
    elif kind is Real:
        out.append(f"{json.value:.3f}")
    elif kind is Text:
        write_text(out, json.value)
    elif kind is List:
        out.append("[")
        for i, item in enumerate(json.items):
            if i > 0:
                out.append(",")
            write(out, item)
        out.append("]")
    else:
        out.append("{")
        for i, (key, value) in enumerate(json.fields):
            if i > 0:
                out.append(",")
            write_text(out, key)
            out.append(":")
            write(out, value)
        out.append("}")


def render(json):
    out = []
    write(out, json)
    return "".join(out)


class Parser:
    def __init__(self, text):
        self.text = text
        self.pos = 0

    def peek(self):
        while self.pos < len(self.text):
            c = self.text[self.pos]
            if c != " " and c != "\n":
                return c
            self.pos += 1
        return ""

    def expect(self, wanted):
        if self.peek() != wanted:
            raise ValueError(f"{wanted} expected at {self.pos}")
        self.pos += 1

    def word(self, text, json):
        if not self.text.startswith(text, self.pos):
            raise ValueError(f"{text} expected at {self.pos}")
        self.pos += len(text)
        return json

    def digits(self, start):
        value = start
        while self.pos < len(self.text):
            c = self.text[self.pos]
            if c < "0" or c > "9":
                return value
            value = value * 10 + (ord(c) - 48)
            self.pos += 1
        return value

    def number(self):
        sign = 1
        if self.peek() == "-":
            sign = -1
            self.pos += 1
        start = self.pos
        value = self.digits(0)
        if self.pos == start:
            raise ValueError(f"value expected at {start}")
        if self.pos < len(self.text) and self.text[self.pos] == ".":
            self.pos += 1
            point = self.pos
            value = self.digits(value)
            divisor = 1.0
            for _ in range(point, self.pos):
                divisor *= 10.0
            return Real(sign * value / divisor)
        return Whole(sign * value)

    def quoted(self):
        self.expect('"')
        out = ""
        start = self.pos
        while self.pos < len(self.text):
            c = self.text[self.pos]
            if c == '"':
                out += self.text[start:self.pos]
                self.pos += 1
                return out
            if c == "\\":
                out += self.text[start:self.pos]
                code = self.text[self.pos + 1]
                out += "\n" if code == "n" else code
                self.pos += 2
                start = self.pos
            else:
                self.pos += 1
        raise ValueError("text without end")

    def list(self):
        self.expect("[")
        items = []
        if self.peek() != "]":
            items.append(self.value())
            while self.peek() == ",":
                self.pos += 1
                items.append(self.value())
        self.expect("]")
        return List(items)

    def field(self):
        key = self.quoted()
        self.expect(":")
        return key, self.value()

    def object(self):
        self.expect("{")
        fields = []
        if self.peek() != "}":
            fields.append(self.field())
            while self.peek() == ",":
                self.pos += 1
                fields.append(self.field())
        self.expect("}")
        return Object(fields)

    def value(self):
        c = self.peek()
        if c == "n":
            return self.word("null", Null())
        if c == "t":
            return self.word("true", Bool(True))
        if c == "f":
            return self.word("false", Bool(False))
        if c == '"':
            return Text(self.quoted())
        if c == "[":
            return self.list()
        if c == "{":
            return self.object()
        return self.number()


def parse(text):
    parser = Parser(text)
    json = parser.value()
    if parser.peek() != "":
        raise ValueError(f"end expected at {parser.pos}")
    return json


def make_item(i):
    note = Null() if i % 3 == 0 else Text(f'line {i}\nand a "quoted" word')
    tags = [Text(f"tag{k}") for k in range(i % 5)]
    size = Object([("width", Whole(i * 7 % 100)), ("height", Whole(50 - i % 101))])
    return Object([
        ("id", Whole(i)),
        ("name", Text(f"item number {i}")),
        ("price", Real(i * 37 % 10007 / 8.0)),
        ("active", Bool(i % 2 == 0)),
        ("note", note),
        ("tags", List(tags)),
        ("size", size),
    ])


def count(json):
    n = 1
    if type(json) is List:
        for item in json.items:
            n += count(item)
    elif type(json) is Object:
        for _, value in json.fields:
            n += count(value)
    return n


json = List([make_item(i) for i in range(3000)])
first = render(json)
print(first[:220])
for _ in range(4):
    json = parse(render(json))
last = render(json)
print(f"{len(last)} bytes, {count(json)} values, same: {'true' if first == last else 'false'}")
