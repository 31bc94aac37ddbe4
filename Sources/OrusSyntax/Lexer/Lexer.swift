import OrusDiagnostics

/// Bytes to tokens.
///
/// The lexer knows nothing of blocks: it notes of each token whether it is the
/// first one on its line and in which column it stands, and the parser decides
/// from that. It knows nothing of expressions either, with one exception: in an
/// interpolated string it must find the `}` or `:` that ends the expression, so
/// it keeps a stack of open strings (FormatStrings.swift).
///
/// What is no token is reported once and becomes an `invalid` token where
/// something stood that was meant as one, or nothing where it was not, so that
/// the parser has nothing to add.
struct Lexer: ~Copyable {
  let source: UnsafePointer<UInt8>
  let count: Int
  let file: FileID
  let symbols: SymbolTable
  var at = 0
  var tokens: TokenBuffers
  var literals = Literals()
  var diagnostics: [Diagnostic] = []

  /// Offset of the first byte of the current line.
  var lineStart = 0
  /// No token has been seen on this line.
  var lineIsFresh = true
  /// The current line's indentation holds a tab.
  var tabInIndentation = false
  /// The interpolated strings that are open here, outermost first.
  var formats: [OpenFormat] = []
  /// Text tokens of open multi-line interpolated strings, decoded at their end.
  var deferredTexts: [Int] = []
  /// Names that were reported for letters beyond ASCII.
  var reportedNames: Set<UInt32> = []
  /// Where strings and comments begin whose end is missing, in order.
  var unclosed: [Int] = []
  /// Texts are decoded here; kept to be used again.
  var scratch: [UInt8] = []
  /// The source is not UTF-8, which has been reported: texts need repair.
  var isDamaged = false

  private let classes = CharacterClass.table
  private let keywords = KeywordTable.shared

  init(source: UnsafeBufferPointer<UInt8>, file: FileID, symbols: SymbolTable) {
    // An empty buffer has no address; any non-null one serves, as nothing is read through it.
    self.source = source.baseAddress ?? CharacterClass.nothing
    count = source.count
    self.file = file
    self.symbols = symbols
    tokens = TokenBuffers(capacity: source.count / 3 + 16)
  }

  mutating func run() {
    checkEncoding()
    skipPrologue()
    while at < count { lexOne() }
    closeOpenFormats(atEndOfFile: true)
    lineIsFresh = true
    lineStart = count
    // Blanks behind the last line indent nothing.
    tabInIndentation = false
    emit(.endOfFile, from: count)
  }

  // MARK: Access

  /// The byte `offset` ahead; 0 past the end.
  @inline(__always)
  func peek(_ offset: Int = 0) -> UInt8 {
    let i = at &+ offset
    return i < count ? source[i] : 0
  }

  func span(_ start: Int, _ end: Int) -> Span {
    Span(file: file, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: source + start, count: end - start), as: UTF8.self)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Parser.diagnosticLimit { diagnostics.append(diagnostic) }
  }

  // MARK: Tokens

  /// Adds the token from `start` to the current position.
  @inline(__always)
  mutating func emit(_ kind: TokenKind, from start: Int, payload: UInt32 = 0) {
    var flags: UInt8 = 0
    if lineIsFresh {
      flags = openLine(at: start)
    }
    tokens.append(kind, start: start, end: at, payload: payload, flags: flags)
  }

  /// The flags of a line's first token.
  @inline(__always)
  private mutating func openLine(at start: Int) -> UInt8 {
    lineIsFresh = false
    var column = start &- lineStart
    if tabInIndentation { column = reportTabs(before: start) }
    return TokenList.firstOnLine | UInt8(truncatingIfNeeded: min(column, TokenList.farColumn)) << 1
  }

  @inline(__always)
  private mutating func lexOne() {
    let start = at
    let byte = source[start]
    switch classes[Int(byte)] {
    case .space:
      if byte == UInt8(ascii: "\t") && lineIsFresh { tabInIndentation = true }
      at = start &+ 1
      skipSpaces()
    case .newline:
      at = start &+ 1
      startLine()
    case .carriageReturn:
      lexCarriageReturn()
    case .identifier:
      lexIdentifier()
    case .digit:
      lexNumber()
    case .quote:
      lexString(from: start, isRaw: false)
    case .apostrophe:
      lexApostrophe()
    case .punctuation:
      lexPunctuation(byte)
    case .high:
      lexHigh()
    case .other:
      lexUnknown()
    }
  }

  @inline(__always)
  mutating func startLine() {
    lineStart = at
    lineIsFresh = true
    tabInIndentation = false
    if !formats.isEmpty { closeOpenFormats(atEndOfFile: false) }
  }

  private mutating func lexIdentifier() {
    let start = at
    let first = EightBytes(at: start, of: source, count)
    var length = first.identifierLength
    var end = start &+ length
    while length == 8 {
      length = EightBytes(at: end, of: source, count).identifierLength
      end &+= length
    }
    if end < count {
      let next = source[end]
      if next == UInt8(ascii: "\"") && end == start + 1 {
        if source[start] == UInt8(ascii: "f") {
          at = end
          return startFormat(from: start)
        }
        if source[start] == UInt8(ascii: "r") {
          at = end
          return lexString(from: start, isRaw: true)
        }
      }
      if next >= 0x80 && !isByteOrderMark(at: end) { return lexHigh() }
    }
    at = end
    length = end &- start
    if length > 8 {
      let symbol = symbols.intern(UnsafeBufferPointer(start: source + start, count: length))
      return emit(.identifier, from: start, payload: symbol.index)
    }
    let word = first.prefix(length)
    let kind = keywords.kind(of: word)
    if kind != .identifier {
      if !formats.isEmpty { noteKeyword(kind) }
      return emit(kind, from: start)
    }
    let symbol = symbols.intern(UnsafeBufferPointer(start: source + start, count: length), word: word)
    emit(.identifier, from: start, payload: symbol.index)
  }

  @inline(__always)
  private mutating func skipSpaces() {
    var length = EightBytes(at: at, of: source, count).spaceLength
    at &+= length
    while length == 8 {
      length = EightBytes(at: at, of: source, count).spaceLength
      at &+= length
    }
  }

  // MARK: Punctuation

  @inline(__always)
  private mutating func take(_ kind: TokenKind, _ length: Int) {
    let start = at
    at = start &+ length
    emit(kind, from: start)
  }

  private mutating func lexPunctuation(_ byte: UInt8) {
    let next = peek(1)
    switch byte {
    case UInt8(ascii: "("):
      if !formats.isEmpty { formats[formats.count - 1].parens += 1 }
      take(.leftParen, 1)
    case UInt8(ascii: ")"):
      if !formats.isEmpty { formats[formats.count - 1].closeParen() }
      take(.rightParen, 1)
    case UInt8(ascii: "["):
      if !formats.isEmpty { formats[formats.count - 1].parens += 1 }
      take(.leftBracket, 1)
    case UInt8(ascii: "]"):
      if !formats.isEmpty { formats[formats.count - 1].closeParen() }
      take(.rightBracket, 1)
    case UInt8(ascii: "{"):
      if !formats.isEmpty { formats[formats.count - 1].braces += 1 }
      take(.leftBrace, 1)
    case UInt8(ascii: "}"):
      if let open = formats.last {
        if open.braces == 0 { return closeInterpolation() }
        formats[formats.count - 1].braces -= 1
      }
      take(.rightBrace, 1)
    case UInt8(ascii: ":"):
      if let open = formats.last, open.braces == 0, open.parens == 0, !takesColon() { return lexInterpolationSpec() }
      if next == UInt8(ascii: ":") { return take(.doubleColon, 2) }
      if next == UInt8(ascii: "=") { return take(.colonAssign, 2) }
      take(.colon, 1)
    case UInt8(ascii: ","): take(.comma, 1)
    case UInt8(ascii: ";"): take(.semicolon, 1)
    case UInt8(ascii: "~"): take(.tilde, 1)
    case UInt8(ascii: "?"): take(.question, 1)
    case UInt8(ascii: "@"): take(.at, 1)
    case UInt8(ascii: "."):
      if next != UInt8(ascii: ".") { return take(.dot, 1) }
      let third = peek(2)
      if third == UInt8(ascii: "=") { return take(.dotDotEqual, 3) }
      if third == UInt8(ascii: ".") { return take(.ellipsis, 3) }
      take(.dotDot, 2)
    case UInt8(ascii: "+"): next == UInt8(ascii: "=") ? take(.plusAssign, 2) : take(.plus, 1)
    case UInt8(ascii: "-"):
      if next == UInt8(ascii: ">") { return take(.arrow, 2) }
      next == UInt8(ascii: "=") ? take(.minusAssign, 2) : take(.minus, 1)
    case UInt8(ascii: "*"):
      if next == UInt8(ascii: "=") { return take(.starAssign, 2) }
      if next == UInt8(ascii: "*") { return take(.doubleStar, 2) }
      if next == UInt8(ascii: "/") { return lexStrayCommentEnd() }
      take(.star, 1)
    case UInt8(ascii: "/"):
      if next == UInt8(ascii: "/") { return skipLineComment() }
      if next == UInt8(ascii: "*") { return skipBlockComment() }
      next == UInt8(ascii: "=") ? take(.slashAssign, 2) : take(.slash, 1)
    case UInt8(ascii: "%"): next == UInt8(ascii: "=") ? take(.percentAssign, 2) : take(.percent, 1)
    case UInt8(ascii: "&"):
      switch next {
      case UInt8(ascii: "+"): take(.wrappingPlus, 2)
      case UInt8(ascii: "-"): take(.wrappingMinus, 2)
      case UInt8(ascii: "*"): take(.wrappingStar, 2)
      case UInt8(ascii: "="): take(.ampersandAssign, 2)
      case UInt8(ascii: "&"): take(.doubleAmpersand, 2)
      default: take(.ampersand, 1)
      }
    case UInt8(ascii: "|"):
      if next == UInt8(ascii: "=") { return take(.pipeAssign, 2) }
      next == UInt8(ascii: "|") ? take(.doublePipe, 2) : take(.pipe, 1)
    case UInt8(ascii: "^"): next == UInt8(ascii: "=") ? take(.caretAssign, 2) : take(.caret, 1)
    case UInt8(ascii: "="):
      if next == UInt8(ascii: ">") { return take(.fatArrow, 2) }
      guard next == UInt8(ascii: "=") else { return take(.assign, 1) }
      peek(2) == UInt8(ascii: "=") ? take(.tripleEqual, 3) : take(.equal, 2)
    case UInt8(ascii: "!"):
      guard next == UInt8(ascii: "=") else { return take(.bang, 1) }
      peek(2) == UInt8(ascii: "=") ? take(.bangDoubleEqual, 3) : take(.notEqual, 2)
    case UInt8(ascii: "<"):
      if next == UInt8(ascii: "=") { return take(.lessEqual, 2) }
      guard next == UInt8(ascii: "<") else { return take(.less, 1) }
      peek(2) == UInt8(ascii: "=") ? take(.shiftLeftAssign, 3) : take(.shiftLeft, 2)
    case UInt8(ascii: ">"): next == UInt8(ascii: "=") ? take(.greaterEqual, 2) : take(.greater, 1)
    default: lexHashComment()
    }
  }
}
