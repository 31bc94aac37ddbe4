import OrusDiagnostics

/// Blocks, lines and brackets.
extension SyntaxPage {
  static let missingColon = ExplainPage(
    """
    A `:` ends the head of a statement that has a block, and the block follows: on the lines below, indented, or on \
    the same line.
    """,
    wrong: """
      let n = 3
      if n > 2
          print("large")
      """,
    right: """
      let n = 3
      if n > 2:
          print("large")
      """)

  static let missingBlock = ExplainPage(
    """
    A `:` at the end of a line begins a block, which is the lines that are indented deeper. None follows. A block \
    that does nothing is `pass`.
    """,
    wrong: """
      fn main:
      print("hello")
      """,
    right: """
      fn main:
          print("hello")
      """)

  static let indentation = ExplainPage(
    """
    All lines of a block are indented by the same number of spaces. A line that is indented deeper needs a `:` at the \
    end of the line before it; one that is indented less ends the block and has the indentation of an outer one.
    """,
    wrong: """
      if true:
          print("one")
            print("two")
      """,
    right: """
      if true:
          print("one")
          print("two")
      """)

  static let misalignedClause = ExplainPage(
    "`else`, `elif` and `catch` begin in the column in which the statement begins that they belong to.",
    wrong: """
      let n = 3
      if n > 2:
          print("large")
        else:
          print("small")
      """,
    right: """
      let n = 3
      if n > 2:
          print("large")
      else:
          print("small")
      """)

  static let strayClause = ExplainPage(
    """
    `else` and `elif` follow the block of an `if`, `catch` follows the block of a `try`, in the same column and with \
    nothing between.
    """,
    wrong: """
      let n = 3
      if n > 2:
          print("large")
      print("not so large")
      else:
          print("small")
      """,
    right: """
      let n = 3
      if n > 2:
          print("large")
      else:
          print("small")
      print("done")
      """)

  static let secondStatement = ExplainPage(
    "Each statement stands on a line of its own.",
    wrong: """
      let a = 1 let b = 2
      print(a + b)
      """,
    right: """
      let a = 1
      let b = 2
      print(a + b)
      """)

  static let semicolon = ExplainPage(
    """
    A statement ends with its line, without `;`. Only in a block that stands on the line of its `:` does `;` separate \
    statements, and none stands at the end.
    """,
    wrong: """
      let a = 1;
      print(a)
      """,
    right: """
      let a = 1
      print(a)
      if a > 0: print("a"); print("b")
      """)

  static let braceBlock = ExplainPage(
    "A block begins with `:`, and its lines are indented deeper than the line with the `:`. No braces stand around it.",
    wrong: """
      let n = 3
      if n > 2 {
          print("large")
      }
      """,
    right: """
      let n = 3
      if n > 2:
          print("large")
      """)

  static let compoundOnLine = ExplainPage(
    """
    A block on the line of its `:` holds either simple statements, separated by `;`, or a single statement that has a \
    block of its own. A statement with a block does not follow a `;`.
    """,
    wrong: """
      if true: print("count"); for i in 0..3: print(i)
      """,
    right: """
      if true:
          print("count")
          for i in 0..3: print(i)
      """)

  static let elseIf = ExplainPage(
    "A further condition of an `if` is written `elif`.",
    wrong: """
      let n = 3
      if n > 5:
          print("large")
      else if n > 2:
          print("middling")
      """,
    right: """
      let n = 3
      if n > 5:
          print("large")
      elif n > 2:
          print("middling")
      """)

  static let unclosedBracket = ExplainPage(
    """
    A bracket is opened and never closed. Between brackets line breaks mean nothing, so that a list may stand on \
    several lines; the closing bracket is what ends it.
    """,
    wrong: """
      let numbers = [1, 2, 3
      print(numbers)
      """,
    right: """
      let numbers = [1, 2, 3]
      print(numbers)
      """)

  static let mismatchedBracket = ExplainPage(
    """
    A closing bracket is of another kind than the bracket that was opened last. `(` is closed by `)`, `[` by `]` and \
    `{` by `}`.
    """,
    wrong: """
      let numbers = [1, 2, 3)
      print(numbers)
      """,
    right: """
      let numbers = [1, 2, 3]
      print(numbers)
      """)

  static let unopenedBracket = ExplainPage(
    "A bracket is closed, but none is open here.",
    wrong: """
      print(1 + 2))
      """,
    right: """
      print(1 + 2)
      """)

  static let missingComma = ExplainPage(
    """
    The elements of a list are separated by commas, whether they stand on one line or on several. Two of them follow \
    each other without a comma or an operator between.
    """,
    wrong: """
      print([1, 2 3])
      """,
    right: """
      print([1, 2, 3])
      """)
}
