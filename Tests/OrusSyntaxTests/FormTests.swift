import Testing

/// Texts that are well formed, one construct or two each, beyond those in the corpus.
struct WellFormedTests {
  @Test(arguments: [
    "", "\n\n", "// nothing", "/* a /* b */ c */", "#!/usr/bin/orus\nprint(1)\n", "\u{FEFF}print(1)\n", "pass",
    "fn main:\n  pass",
    "let a = 0x1F + 0o17 + 0b101 + 1_000 + 6.02e23 + 1e-3 + 5u + 5i64\n",
    "let r = 1..5\nlet q = 0..=10..2\nlet s = a[..3]\nlet t = a[1..]\nlet u = a[..]\nlet v = a[1..=2]\n",
    "let n = t.0.1\n",
    "let s = f\"{a + f\"{b:>3}\"} {m[\"k\"]:.2} {{}}\"\n",
    "let s = \"\"\"\n    a\n      b\n    \"\"\"\n",
    "let f = fn(a: i32, b: i32) -> i32: a + b\n",
    "let f = fn(x):\n    let y = x\n    y\nprint(f(1))\n",
    "let v = xs.map(fn(x):\n    let y = x\n    y\n).filter(fn(x): x > 1)\n",
    "let v = xs\n    .map(f)\n    .filter(g)\n",
    "let m = if a > b: a else: b\n",
    "let m = if a > b:\n    a\nelse:\n    b\n",
    "let m = match x:\n    0: \"a\"\n    1 | 2: \"b\"\n    3..=9: \"c\"\n    n if n < 0: \"d\"\n    _: \"e\"\n",
    "match p:\n    Point{ x, y: 0 }: pass\n    (a, -1): pass\n    m.Kind.A(_): pass\n",
    "match p:\n    [first, rest...]: pass\n    [.., last]: pass\n    [a, .., b] | [a, b]: pass\n    []: pass\n",
    "let x = try: risky() catch err: 0\n",
    "try:\n    risky()\ncatch err:\n    print(err)\n",
    "let b: fn(i32, [string; 3]) -> Map<string, (i32, bool)?> = f\n",
    "let b = identity<i32>(5) < c and a < b\n",
    "let b = Box<i32>{ value: 3 }\nlet c = Box<i32>.new(3)\n",
    "let m = {\"a\": 1, \"b\": [1, 2,],}\nlet e = {:}\nlet z = [0; 5]\n",
    "let c = [x * y for x in xs for y in ys if x < y]\nlet d = {k: v for (k, v) in m}\n",
    "if let Some(x) = e: print(x)\nelif let Ok(y) = f:\n    print(y)\nelse: pass\n",
    "'outer: while true:\n    while let Some(x) = next():\n        break 'outer\n",
    "if a: if b: c() else: d()\n",
    "if a: b(); c(); d()\n",
    "let a = b if c else d if e else g\n",
    "let a = not b and c in d or e not in g\nlet h = v matches Some(_)\n",
    "(a, b) = (b, a)\na[i] += 1\nx.f <<= 2\n",
    "use a.b.c as d\nuse m: x, y as z\nuse n:*\npub use s: Shape\n",
    "enum Shape<T>:\n    Circle(radius: T)\n    Rect(T, T)\n    Empty\n",
    "impl<T: Comparable + Hashable> Box<T>:\n    fn a(self): pass\n",
    "impl Box<i32>:\n    pub fn b<U>(mut self, f: fn(T) -> U) -> U: f(self.v)\n",
    "fn f(a: i32 = 1, mut b: [i32], c: ...string) -> Result<void, Error>: Ok()\n",
    "f(1, name: 2, rest...)\n",
    "let a = -x + ~y * -1 as i64\nlet b = x as f64 is f64\n",
    "let a = 1 +\n    2\nlet b = [\n    1,\n2,\n]\n",
    "let a = x as\n    f64\nlet b = x is\n    i32\n",
    "let x: i32\nlet (q, r): (i32, i32) = d(1)\nconst LIMIT = 10\npub let mut n = 1\n",
  ])
  func isReadWithoutComplaint(_ text: String) {
    let reading = Reading(text)
    #expect(reading.messages == [])
    #expect(reading.misplacement() == nil)
  }
}

/// One mistake is one diagnostic, in its line.
struct MistakeTests {
  @Test(arguments: [
    ("print(\"abc)\nprint(1)\n", "1:E1011"), ("print([1, \"abc])\nprint(1)\n", "1:E1011"),
    ("print(f\"{n\")\nprint(1)\n", "1:E1011"), ("print(f\"a {n} b)\nprint(1)\n", "1:E1011"),
    ("print(\"\"\"abc)\nprint(1)\n", "1:E1011"),
    ("print((1 /* 2))\nprint(1)\n", "1:E1009"), ("if true: /* a\n    print(1)\n", "1:E1009"),
    ("print(1\nprint(2)\n", "1:E1040"), ("print([1, 2)\n", "1:E1040"), ("print(1))\n", "1:E1042"),
    ("print(1]\n", "1:E1041"),
    ("if a\n    b()\n", "1:E1030"), ("if a:\nb()\n", "1:E1031"), ("if a:\n    b()\n   c()\n", "3:E1032"),
    ("struct P:\n    x i32\n    y: i32\n", "2:E1085"), ("struct P:\n    x: \n    y: i32\n", "2:E1052"),
    ("struct P:\n    if: i32\n    y: i32\n", "2:E1055"), ("enum E:\n    while\n    A\n", "2:E1055"),
    ("struct P:\n    pub\n    y: i32\n", "2:E1051"),
    ("let a = b && c\n", "1:E1060"), ("let a = b ? c : d\n", "1:E1061"), ("x++\n", "1:E1062"),
    ("let a = 2 ** 3\n", "1:E1063"), ("let a = b < c < d\n", "1:E1064"), ("let a = b == not c\n", "1:E1065"),
    ("let a = \n", "1:E1050"), ("let = 3\n", "1:E1053"), ("let a = 1 2\n", "1:E1054"),
    ("let a = 1 let b = 2\n", "1:E1035"), ("let a:\nlet b = 2\n", "1:E1052"), ("fn f() ->\n    pass\n", "1:E1052"),
    ("# note\n", "1:E1008"),
    ("let a = 'b'\n", "1:E1016"), ("let a = 12abc\n", "1:E1014"), ("let a = 99999999999999999999\n", "1:E1015"),
    ("let a = \"\\q\"\n", "1:E1012"), ("else:\n    pass\n", "1:E1034"), ("def f():\n    pass\n", "1:E1080"),
    ("if a: \n    b()\nelse if c:\n    d()\n", "3:E1039"), ("if a {\n    b()\n}\n", "1:E1037"),
    ("let é = 1\nprint(é)\n", "1:E1007"), ("let a = $\n", "1:E1006"), ("try:\n    a()\n", "1:E1084"),
    ("fn f:\n\tpass\n", "2:E1005"), ("fn f:\n    pass\n\t", ""),
  ])
  func isReportedOnce(_ text: String, _ finding: String) {
    let reading = Reading(text)
    #expect(reading.findings == (finding.isEmpty ? [] : [finding]), "\(reading.messages)")
    #expect(reading.misplacement() == nil)
  }
}
