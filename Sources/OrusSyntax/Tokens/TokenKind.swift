/// What a token is. `spelling` is the one table of keywords and punctuation: the
/// lexer's lookup tables are made from it, and messages read it.
public enum TokenKind: UInt8, CaseIterable, Sendable {
  // MARK: Tokens with a text of their own

  case endOfFile
  /// Something that is no token; the lexer has reported it.
  case invalid
  case identifier
  /// `'name`. Payload: the name's symbol.
  case label
  /// Payload: see `Literals.integer`.
  case integer
  /// Payload: index into the floats.
  case float
  /// Payload: see `Literals.text`.
  case string

  /// `f"`, then texts and interpolations in turn, then the closing quotes.
  case formatStart
  /// Payload: symbol of the decoded text.
  case formatText
  /// The `{` of an interpolation, the tokens of its expression, a spec perhaps, and `}`.
  case interpolationOpen
  /// `:spec`. Payload: symbol of the text after the colon.
  case interpolationSpec
  case interpolationClose
  case formatEnd

  // MARK: Keywords

  case and, `as`, `break`, `catch`, const, `continue`, elif, `else`, `enum`, `false`, fn, `for`, `if`, impl, `in`, `is`
  case `let`, match, matches, mut, `nil`, not, or, pass, pub, `return`, `struct`, `true`, `try`, use, `while`

  // MARK: Punctuation

  case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
  case colon, comma, semicolon, dot, dotDot, dotDotEqual, ellipsis, arrow, question
  case assign, plusAssign, minusAssign, starAssign, slashAssign, percentAssign
  case ampersandAssign, pipeAssign, caretAssign, shiftLeftAssign
  case plus, minus, star, slash, percent
  case wrappingPlus, wrappingMinus, wrappingStar
  /// `>>` is two adjacent `greater` tokens, and `>>=` is `greater` and `greaterEqual`, because `>` also closes a
  /// list of types.
  case shiftLeft
  case ampersand, caret, pipe, tilde
  case equal, notEqual, less, lessEqual, greater, greaterEqual

  // MARK: Punctuation of other languages, lexed to be reported well

  case bang, doubleAmpersand, doublePipe, doubleStar, doubleColon, fatArrow, colonAssign, tripleEqual, bangDoubleEqual
  case at

  static let firstKeyword = TokenKind.and
  static let lastKeyword = TokenKind.while

  public var isKeyword: Bool { rawValue >= Self.firstKeyword.rawValue && rawValue <= Self.lastKeyword.rawValue }

  /// An operand may end with it.
  var endsOperand: Bool {
    switch self {
    case .identifier, .integer, .float, .string, .formatEnd, .true, .false, .nil, .question, .rightParen, .rightBracket,
      .rightBrace:
      true
    default: false
    }
  }

  /// How it is written; nil where each token has its own text.
  public var spelling: String? {
    switch self {
    case .endOfFile, .invalid, .identifier, .label, .integer, .float, .string, .formatText, .interpolationSpec: nil
    case .formatStart: "f\""
    case .interpolationOpen: "{"
    case .interpolationClose: "}"
    case .formatEnd: "\""
    case .and: "and"
    case .as: "as"
    case .break: "break"
    case .catch: "catch"
    case .const: "const"
    case .continue: "continue"
    case .elif: "elif"
    case .else: "else"
    case .enum: "enum"
    case .false: "false"
    case .fn: "fn"
    case .for: "for"
    case .if: "if"
    case .impl: "impl"
    case .in: "in"
    case .is: "is"
    case .let: "let"
    case .match: "match"
    case .matches: "matches"
    case .mut: "mut"
    case .nil: "nil"
    case .not: "not"
    case .or: "or"
    case .pass: "pass"
    case .pub: "pub"
    case .return: "return"
    case .struct: "struct"
    case .true: "true"
    case .try: "try"
    case .use: "use"
    case .while: "while"
    case .leftParen: "("
    case .rightParen: ")"
    case .leftBracket: "["
    case .rightBracket: "]"
    case .leftBrace: "{"
    case .rightBrace: "}"
    case .colon: ":"
    case .comma: ","
    case .semicolon: ";"
    case .dot: "."
    case .dotDot: ".."
    case .dotDotEqual: "..="
    case .ellipsis: "..."
    case .arrow: "->"
    case .question: "?"
    case .assign: "="
    case .plusAssign: "+="
    case .minusAssign: "-="
    case .starAssign: "*="
    case .slashAssign: "/="
    case .percentAssign: "%="
    case .ampersandAssign: "&="
    case .pipeAssign: "|="
    case .caretAssign: "^="
    case .shiftLeftAssign: "<<="
    case .plus: "+"
    case .minus: "-"
    case .star: "*"
    case .slash: "/"
    case .percent: "%"
    case .wrappingPlus: "&+"
    case .wrappingMinus: "&-"
    case .wrappingStar: "&*"
    case .shiftLeft: "<<"
    case .ampersand: "&"
    case .caret: "^"
    case .pipe: "|"
    case .tilde: "~"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .greater: ">"
    case .greaterEqual: ">="
    case .bang: "!"
    case .doubleAmpersand: "&&"
    case .doublePipe: "||"
    case .doubleStar: "**"
    case .doubleColon: "::"
    case .fatArrow: "=>"
    case .colonAssign: ":="
    case .tripleEqual: "==="
    case .bangDoubleEqual: "!=="
    case .at: "@"
    }
  }
}
