import OrusDiagnostics

/// Encoding, comments, and tokens.
extension Message {
  // MARK: Bytes

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "0x" + (digits.count < 2 ? "0" : "") + digits
  }

  static func invalidUTF8(at span: Span, offset: Int, byte: UInt8, isUTF16: Bool) -> Diagnostic {
    error(
      .invalidUTF8, "the file is not valid UTF-8: byte \(offset) (\(hexadecimal(byte))) does not belong there",
      at: span,
      "byte \(offset) is \(hexadecimal(byte))",
      explanation: isUTF16
        ? "Orus source is UTF-8. This file begins as UTF-16 text does."
        : "Orus source is UTF-8. A file in another encoding, such as Latin-1, is recognised by its first letter beyond "
          + "ASCII.",
      help: [Help("save the file as UTF-8")])
  }

  static func nulByte(at span: Span, offset: Int) -> Diagnostic {
    error(
      .nulByte, "byte \(offset) of the file is NUL", at: span, "byte \(offset) is NUL",
      explanation: "Source text holds no NUL bytes. In a string, NUL is written `\\0`.",
      help: [.replace(span, "", "remove the byte")])
  }

  static func strayByteOrderMark(at span: Span) -> Diagnostic {
    error(
      .strayByteOrderMark, "a byte order mark stands inside the file", at: span, "an invisible byte order mark",
      explanation: "A byte order mark may stand at the very beginning of a file only.",
      help: [.replace(span, "", "remove the mark")])
  }

  static func loneCarriageReturn(at span: Span) -> Diagnostic {
    error(
      .loneCarriageReturn, "a carriage return without a line feed", at: span, "a lone carriage return",
      explanation: "Lines end in a line feed, or in a carriage return and a line feed.",
      help: [.replace(span, "\n", "end the line with a line feed")])
  }

  static func tabInIndentation(tabs: Span, indentation: Span, columns: Int) -> Diagnostic {
    error(
      .tabInIndentation, "a tab in the indentation", at: tabs, "tabs do not indent",
      explanation: "Blocks are made by indentation, and how wide a tab is depends on who looks at it. Orus takes "
        + "spaces.",
      help: [
        .replace(indentation, String(repeating: " ", count: max(columns, 0)), "indent this line by \(columns) spaces")
      ])
  }

  static func sourceTooLarge(at span: Span, bytes: Int) -> Diagnostic {
    error(
      .sourceTooLarge, "the file has \(bytes) bytes; a source file may have \(Parser.sourceLimit)", at: span,
      "the file is too large", explanation: "A source file may be as large as 256 MiB.",
      help: [Help("read large data at run time, or divide the program into modules")])
  }

  // MARK: Characters and comments

  static func unknownCharacter(at span: Span, character: String) -> Diagnostic {
    if character.utf8.count > 1, character.hasPrefix("`") {
      let quoted = "\"" + character.dropFirst().dropLast() + "\""
      return error(
        .unknownCharacter, "backticks mean nothing in Orus", at: span, "a text in backticks",
        help: [Help("a string stands in double quotes; `f\"{x}\"` puts values in", edits: [Help.Edit(span, quoted)])])
    }
    return error(
      .unknownCharacter, "`\(character)` means nothing in Orus", at: span, "unknown character",
      explanation: "Outside of strings and comments, source holds names, numbers and the operators of the language.")
  }

  static func unusualSpace(at span: Span, character: String) -> Diagnostic {
    let code = character.unicodeScalars.first.map { String($0.value, radix: 16, uppercase: true) } ?? ""
    return error(
      .unknownCharacter, "a space that is no ordinary space (U+\(code))", at: span, "an unusual space",
      help: [.replace(span, " ", "write an ordinary space")])
  }

  static func strayApostrophe(at span: Span) -> Diagnostic {
    error(
      .quotes, "an apostrophe without a label's name", at: span, "nothing that this could begin",
      explanation: "Strings stand in double quotes. An apostrophe begins the label of a loop: `'rows: for …`.")
  }

  /// - Parameter prefix: `f` or `r`, which is a part of the span.
  static func apostropheString(at span: Span, prefix: String, text: String) -> Diagnostic {
    let isSafe = !text.contains("\"")
    return error(
      .quotes, "a string in apostrophes", at: span, "strings stand in double quotes",
      help: [
        isSafe
          ? .replace(span, "\(prefix)\"\(text)\"", "write it in double quotes")
          : Help("write it in double quotes, and `\\\"` for each one inside")
      ])
  }

  static func identifierNotASCII(at span: Span, name: String) -> Diagnostic {
    error(
      .identifierNotASCII, "the name `\(name)` has letters beyond ASCII", at: span, "not an ASCII name",
      explanation: "Names consist of the letters a to z and A to Z, digits and `_`. Strings and comments may hold any "
        + "characters.")
  }

  static func hashComment(hash: Span, comment: Span) -> Diagnostic {
    error(
      .hashComment, "`#` does not begin a comment", at: hash, "this is not a comment in Orus",
      help: [.replace(hash, "//", "comments begin with `//`")])
  }

  static func unclosedComment(opening: Span, depth: Int) -> Diagnostic {
    error(
      .unclosedComment, "a comment is never closed", at: opening,
      depth > 1 ? "\(depth) `*/` are missing for this" : "no `*/` follows",
      explanation: "Comments nest: each `/*` inside of a comment needs its own `*/`.")
  }

  static func strayCommentEnd(at span: Span) -> Diagnostic {
    error(
      .strayCommentEnd, "`*/` without a comment that it ends", at: span, "no comment is open here",
      explanation: "Comments nest: an inner `/* … */` does not end the outer one, and each `*/` ends one.",
      help: [.replace(span, "", "remove it")])
  }

  // MARK: Strings

  static func unterminatedString(opening: Span, rest: Span) -> Diagnostic {
    error(
      .unterminatedString, "a string is not closed on its line", at: opening, "no closing quote follows on this line",
      explanation: "A string in single double-quotes ends on the line that it begins on.",
      help: [Help("close it with `\"`, or write a text of several lines between `\"\"\"`")])
  }

  static func unterminatedMultiLineString(opening: Span) -> Diagnostic {
    error(
      .unterminatedString, "a string of several lines is never closed", at: opening, "no `\"\"\"` follows",
      help: [Help("close it with `\"\"\"`")])
  }

  static func unknownEscape(at span: Span, escape: String) -> Diagnostic {
    error(
      .badEscape, "`\(escape)` is no escape", at: span, "unknown escape",
      explanation: "The escapes are `\\n \\t \\r \\0 \\\\ \\\" \\' \\{ \\} \\xNN` and `\\u{…}`.",
      help: [
        escape == "\\("
          ? Help("values are put into a string that begins with `f`: `f\"Hello, {name}\"`")
          : .replace(span, "\\" + escape, "for a backslash, write `\\\\`")
      ])
  }

  static func badHexEscape(at span: Span, value: UInt32?, escape: String) -> Diagnostic {
    if let value {
      let code = String(value, radix: 16)
      return error(
        .badEscape, "`\(escape)` is beyond ASCII", at: span, "at most `\\x7F`",
        explanation: "`\\xNN` gives a character of ASCII. Strings hold characters, not bytes.",
        help: [.replace(span, "\\u{\(code)}", "for the character with this number, write `\\u{\(code)}`")])
    }
    return error(
      .badEscape, "`\(escape)` lacks digits", at: span, "two hexadecimal digits are needed",
      explanation: "`\\xNN` has exactly two hexadecimal digits.")
  }

  static func badUnicodeEscape(at span: Span, escape: String, isScalar: Bool) -> Diagnostic {
    if isScalar {
      return error(
        .badEscape, "`\(escape)` is not written as `\\u{…}`", at: span, "hexadecimal digits in braces are needed",
        explanation: "`\\u{1F600}` gives the character with that number.")
    }
    return error(
      .badEscape, "`\(escape)` is no character", at: span, "no Unicode scalar has this number",
      explanation: "Characters have the numbers 0 to D7FF and E000 to 10FFFF.")
  }

  static func loneBraceInFormat(at span: Span) -> Diagnostic {
    error(
      .badInterpolation, "a `}` without its `{` in an interpolated string", at: span, "nothing is open here",
      help: [.replace(span, "}}", "for a brace in the text, write `}}`")])
  }

  static func unclosedInterpolation(opening: Span) -> Diagnostic {
    error(
      .badInterpolation, "an interpolation is not closed", at: opening, "no `}` follows",
      help: [Help("close it with `}`; for a brace in the text, write `{{`")])
  }

  static func emptyInterpolation(at span: Span) -> Diagnostic {
    error(
      .badInterpolation, "an interpolation without an expression", at: span, "an expression is missing here",
      explanation: "`{` in an interpolated string is followed by the expression whose value stands there.",
      help: [Help("write the expression between the braces; for braces in the text, write `{{` and `}}`")])
  }

  // MARK: Numbers

  static func wrongDigit(at span: Span, number: Span, base: String) -> Diagnostic {
    error(
      .badNumber, "a digit that \(article(base)) \(base) number does not have", at: span,
      "not \(article(base)) \(base) digit",
      secondary: [Label(number, "in this number")])
  }

  static func numberWithoutDigits(at span: Span, prefix: String, base: String) -> Diagnostic {
    error(
      .badNumber, "a number without digits", at: span, "digits are missing",
      explanation: "`\(prefix)` begins \(article(base)) \(base) number, and its digits follow.")
  }

  static func exponentWithoutDigits(at span: Span) -> Diagnostic {
    error(
      .badSuffix, "an exponent without digits", at: span, "digits are missing behind the `e`",
      explanation: "`1e3` is 1000.0.")
  }

  static func badSuffix(suffix: Span, number: String, written: String) -> Diagnostic {
    if written.isEmpty || written.hasPrefix("_") || written.contains(where: { !$0.isASCII }) {
      return error(
        .badSuffix, "a number runs into a word", at: suffix, "this is no suffix",
        explanation: "A number may end in `i32`, `i64`, `u32`, `u64`, `f64` or `u`. Names do not begin with a digit.")
    }
    let replacements = [
      "i8": "i32", "i16": "i32", "u8": "u32", "u16": "u32", "i128": "i64", "u128": "u64", "usize": "u64",
      "isize": "i64", "f32": "f64", "f": "f64", "d": "f64", "L": "i64", "l": "i64", "U": "u", "UL": "u64", "n": "i64",
    ]
    var help: [Help] = []
    if let replacement = replacements[written] {
      help = [.replace(suffix, replacement, "the nearest that there is is `\(number)\(replacement)`")]
    }
    return error(
      .badSuffix, "`\(written)` is no suffix of a number", at: suffix, "unknown suffix",
      explanation: "A number may end in `i32`, `i64`, `u32`, `u64`, `f64` or `u`. Names do not begin with a digit.",
      help: help)
  }

  static func integerSuffixOnFloat(suffix: Span, number: String, written: String) -> Diagnostic {
    error(
      .badSuffix, "`\(number)` is no whole number, but has the suffix `\(written)`", at: suffix,
      "the suffix of a whole number", explanation: "A number with a fraction or an exponent is an `f64`.",
      help: [.replace(suffix, "", "remove the suffix")])
  }

  static func integerTooLarge(at span: Span) -> Diagnostic {
    error(
      .literalTooLarge, "this number is too large for every integer type", at: span, "larger than a `u64` can be",
      explanation: "The largest integer is 18446744073709551615, the largest `u64`.",
      help: [Help("if it need not be exact, write it as an `f64`, with `.0` behind it")])
  }

  static func floatTooLarge(at span: Span) -> Diagnostic {
    error(
      .literalTooLarge, "this number is too large for `f64`", at: span, "larger than an `f64` can be",
      explanation: "The largest `f64` is about 1.8e308.", help: [Help("infinity is written `f64.INFINITY`")])
  }
}
