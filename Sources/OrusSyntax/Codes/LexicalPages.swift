import OrusDiagnostics

/// Encoding, comments, tokens and limits. A byte that a page cannot show stands there as its name
/// between `<` and `>`.
extension SyntaxPage {
  static let invalidUTF8 = ExplainPage(
    """
    Source text is UTF-8, and the file holds a byte that cannot stand where it stands. Most often the file was saved \
    in another encoding, such as Latin-1 or UTF-16. Save it as UTF-8.
    """,
    wrong: """
      print("caf<byte E9>")
      """,
    right: """
      print("café")
      """)

  static let nulByte = ExplainPage(
    #"""
    Source text holds no NUL bytes. In a string, the character NUL is written `\0`.
    """#,
    wrong: """
      print("a<byte 00>b")
      """,
    right: #"""
      print("a\0b")
      """#)

  static let strayByteOrderMark = ExplainPage(
    """
    A byte order mark is an invisible character with which some editors begin a file. It may stand at the very \
    beginning only; inside of a file it is mostly left over from joining two of them.
    """,
    wrong: """
      print("one")
      <U+FEFF>print("two")
      """,
    right: """
      print("one")
      print("two")
      """)

  static let loneCarriageReturn = ExplainPage(
    #"""
    A line ends in a line feed, or in a carriage return and a line feed. A carriage return alone does not end a \#
    line; in a string, it is written `\r`.
    """#,
    wrong: """
      print("one")<CR>print("two")
      """,
    right: """
      print("one")
      print("two")
      """)

  static let tabInIndentation = ExplainPage(
    """
    Blocks are made by indentation, and how wide a tab is depends on who looks at it. Indentation is spaces; editors \
    can be told to insert them for the tab key.
    """,
    wrong: """
      if true:
      \tprint("indented by a tab")
      """,
    right: """
      if true:
          print("indented by four spaces")
      """)

  static let unknownCharacter = ExplainPage(
    """
    Outside of strings and comments, source text holds names, numbers and the operators of the language. This \
    character is none of them. Text that was copied from a web page or a document may hold unusual characters that \
    look like usual ones.
    """,
    wrong: """
      print(6 ÷ 2)
      """,
    right: """
      print(6 / 2)
      """)

  static let identifierNotASCII = ExplainPage(
    """
    Names consist of the letters a to z and A to Z, digits and `_`, so that each can be typed on every keyboard and \
    no two look alike. Strings and comments may hold any character.
    """,
    wrong: """
      let größe = 3
      print(größe)
      """,
    right: """
      let size = 3
      print("Größe: {}", size)
      """)

  static let hashComment = ExplainPage(
    """
    A comment begins with `//` and ends with the line, or stands between `/*` and `*/`. Only the first line of a file \
    may begin with `#!`.
    """,
    wrong: """
      # the answer
      print(42)
      """,
    right: """
      // the answer
      print(42)
      """)

  static let unclosedComment = ExplainPage(
    """
    A comment that begins with `/*` ends at its `*/`, and none follows. Comments nest: each `/*` inside of a comment \
    needs a `*/` of its own.
    """,
    wrong: """
      /* outer /* inner */
      print(1)
      """,
    right: """
      /* outer /* inner */ */
      print(1)
      """)

  static let strayCommentEnd = ExplainPage(
    """
    `*/` ends a comment, and none is open here. Comments nest: an inner `*/` ends the inner comment, and the outer \
    one goes on to its own.
    """,
    wrong: """
      print(1) */
      """,
    right: """
      print(1) /* one */
      """)

  static let unterminatedString = ExplainPage(
    #"""
    A string between `"` and `"` ends on the line on which it begins. A line break in it is written `\n`; a text of \#
    several lines stands between `"""` and `"""`.
    """#,
    wrong: """
      print("one
      """,
    right: #"""
      print("one\ntwo")
      print("""
          three
          four
          """)
      """#)

  static let badEscape = ExplainPage(
    #"""
    In a string, a backslash begins an escape. The escapes are `\n`, `\t`, `\r`, `\0`, `\\`, `\"`, `\'`, `\{`, `\}`, \#
    `\xNN` with two digits up to 7F, and `\u{…}` with the number of a character. A backslash itself is written `\\`; \#
    in a raw string, `r"…"`, nothing is an escape.
    """#,
    wrong: #"""
      print("C:\data")
      """#,
    right: #"""
      print("C:\\data")
      print(r"C:\data")
      """#)

  static let badNumber = ExplainPage(
    """
    A number is not complete, or has a digit that its base does not have. `0x` is followed by hexadecimal digits, \
    `0o` by the digits 0 to 7, `0b` by 0 and 1.
    """,
    wrong: """
      print(0b102)
      """,
    right: """
      print(0b101)
      """)

  static let badSuffix = ExplainPage(
    """
    What follows the digits of a number is no suffix of a type. A number may end in `i32`, `i64`, `u32`, `u64`, `f64` \
    or `u`. Other widths do not exist, and a name does not begin with a digit.
    """,
    wrong: """
      let small = 5i8
      print(small)
      """,
    right: """
      let small = 5i32
      print(small)
      """)

  static let literalTooLarge = ExplainPage(
    """
    No type can hold this number: the largest integer is 18446744073709551615, the largest `u64`, and the largest \
    `f64` is about 1.8e308. A larger number that need not be exact is an `f64`.
    """,
    wrong: """
      print(100000000000000000000)
      """,
    right: """
      print(100000000000000000000.0)
      """)

  static let quotes = ExplainPage(
    """
    Strings stand in double quotes, also those of one character. An apostrophe begins the label of a loop: `'rows: \
    for y in 0..10:`.
    """,
    wrong: """
      print('hello')
      """,
    right: """
      print("hello")
      """)

  static let badInterpolation = ExplainPage(
    """
    In an interpolated string, `f"…"`, an expression stands between `{` and `}`, and its value stands there in the \
    text. The expression is missing, or one of the two braces. A brace that belongs to the text is written twice, or \
    with a backslash.
    """,
    wrong: """
      let name = "Ada"
      print(f"set {} of {name}")
      """,
    right: """
      let name = "Ada"
      print(f"set {{}} of {name}")
      """)

  static let sourceTooLarge = ExplainPage(
    """
    A source file may be as large as 256 MiB. Files of this size hold data: let the program compute the data or read \
    it when it runs, or divide the file into modules.
    """,
    wrong: """
      let squares = [0, 1, 4, 9, <300 MiB of numbers>]
      print(squares.len())
      """,
    right: """
      let squares = [i * i for i in 0..10_000]
      print(squares.len())
      """)

  static let nestedTooDeeply = ExplainPage(
    """
    Brackets, unary operators, blocks, nested types and nested patterns may lie inside of each other 1,000 levels \
    deep. Chains such as `a + b + c` do not count. Give the inner parts names of their own.
    """,
    wrong: """
      print(((<1,000 further parentheses> 1 <1,000 further parentheses>)))
      """,
    right: """
      let inner = 1
      print(inner)
      """)

  static let tooManyErrors = ExplainPage(
    """
    So much is wrong with the form of this file that the rest of it was not read. Correct the first errors and \
    compile again, and make sure that the file holds Orus at all.
    """,
    wrong: """
      <a file of another language>
      """,
    right: """
      print("a file of Orus")
      """)

  static let tooManyParameters = ExplainPage(
    """
    A function has at most 255 parameters, and a call has at most 255 arguments. Pass an array or a struct; an array \
    can be spread over a variadic parameter, `...T`, which takes any number.
    """,
    wrong: """
      fn total(a1: i32, a2: i32, <253 more>, a256: i32) -> i32:
          a1 + a2 + <253 more> + a256
      """,
    right: """
      fn total(values: ...i32) -> i32:
          sum(values)

      print(total([1, 2, 3]...))
      """)

  static let tooManyMembers = ExplainPage(
    """
    A struct has at most 65,535 fields and an enum at most 65,535 variants. Put what is numbered into an array or a \
    map.
    """,
    wrong: """
      struct Memory:
          byte0: i32
          byte1: i32
          <65,534 more>
      """,
    right: """
      struct Memory:
          bytes: [i32]

      print(Memory{ bytes: [0; 100000] }.bytes.len())
      """)
}
