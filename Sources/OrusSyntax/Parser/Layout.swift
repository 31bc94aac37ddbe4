import OrusDiagnostics

/// Blocks, from the columns of the tokens that begin lines.
///
/// A block is the lines behind a `:` that ends its line, indented deeper than
/// the statement that the `:` belongs to, all alike. Nothing in the token list
/// marks where it begins or ends: the parser compares the column of a line's
/// first token with that of the block it is in. Between brackets line breaks
/// mean nothing, so columns are not looked at there, until a `:` opens a block
/// again: inside of it `brackets` is 0 as in any block, and the block also ends
/// at the closing bracket around it.
struct Layout: BitwiseCopyable {
  /// Brackets open around the cursor, counted from the innermost block.
  var brackets = 0
  /// The column of the first line of the statement around the cursor: what the blocks under it are measured against.
  var statementColumn = 0
  /// The column of the statements of the innermost block.
  var indentation = 0
  /// The innermost block stands between brackets, and may end at the closing one.
  var isInBrackets = false
  /// The cursor is in a one-line block, whose statement ends before an `else` on the line.
  var isOneLine = false
  /// An `else` on a line of its own belongs to a statement further out than the innermost one.
  var clausesAreTaken = false
  /// The block belongs to an `if` or `try`, which may go on with another clause.
  var ownerTakesClauses = false
}

/// What the lines of a block are.
enum BlockItem {
  case statement, arm, field, variant, method
}

extension Parser {
  // MARK: Blocks

  /// The block after a header, from its `:` on. `owner` is the token that the block belongs to.
  mutating func parseBlock(owner: Int, takesClauses: Bool = false) -> NodeID {
    let mark = pending.count
    let token = parseBlockItems(.statement, owner: owner, takesClauses: takesClauses)
    let first = pending.count > mark ? first(of: NodeID(pending[mark])) : TokenID(UInt32(min(token, at)))
    let list = finishList(from: mark)
    return add(.block, token: TokenID(UInt32(token)), start: first, a: list)
  }

  /// Reads `:` and the items behind it, which it leaves in `pending`; gives the first token of the block.
  mutating func parseBlockItems(_ item: BlockItem, owner: Int, takesClauses: Bool = false) -> Int {
    let colon = at
    guard parseBlockColon(owner: owner) else {
      pending.append(addError().index)
      return at
    }
    guard deepen() else { return at }
    defer { depth -= 1 }
    let outer = layout
    defer { layout = outer }
    let first = at
    if kind != .endOfFile && !isFirstOnLine(at) {
      parseOneLineItems(item, takesClauses: takesClauses)
    } else if kind != .endOfFile && column(of: at) > outer.statementColumn
      && !(outer.brackets > 0 && closesBracket(kind))
    {
      layout.isInBrackets = outer.brackets > 0 || outer.isInBrackets && outer.isOneLine
      layout.brackets = 0
      layout.indentation = column(of: at)
      layout.isOneLine = false
      layout.clausesAreTaken = false
      layout.ownerTakesClauses = takesClauses
      parseLines(item, base: outer.statementColumn)
    } else if item == .arm && tokens.kinds[colon] == .leftBrace && openBraceBlocks > 0
      && column(of: at) == outer.statementColumn && kind != .endOfFile
    {
      parseUnindentedArms()
    } else {
      reportMissingBlock(colon: colon, owner: owner)
      pending.append(addError().index)
    }
    return first
  }

  /// The arms of `switch n {` at the column of its own line, up to its `}`.
  private mutating func parseUnindentedArms() {
    layout.indentation = layout.statementColumn
    while kind != .endOfFile && kind != .rightBrace && column(of: at) == layout.indentation {
      let before = at
      parseItem(.arm)
      finishLine()
      if at == before { skipToken() }
    }
    if kind == .rightBrace { _ = parseClosingBrace() }
  }

  func closesBracket(_ kind: TokenKind) -> Bool {
    switch kind {
    case .rightParen, .rightBracket, .rightBrace, .interpolationClose: true
    default: false
    }
  }

  /// The lines of a block whose indentation is set, or of the module. `base` is the column that ends the block.
  mutating func parseLines(_ item: BlockItem, base: Int) {
    // A line deeper than its block was reported; those below it at the same column are no further mistakes.
    var tolerated = -1
    while kind != .endOfFile {
      if layout.isInBrackets && (closesBracket(kind) || kind == .comma) { return }
      if isFirstOnLine(at) {
        let column = column(of: at)
        if column != layout.indentation {
          if column < layout.indentation {
            if layout.isInBrackets || column <= base { return }
            if layout.ownerTakesClauses && isClause(kind) { return }
          }
          if column != tolerated { reportIndentation(column: column, base: base) }
          tolerated = column
        } else {
          tolerated = -1
          if layout.ownerTakesClauses && isClause(kind) { return }
        }
        // Whatever its column, the line is one of this block's, and so are those behind it. What goes on in clauses
        // keeps the column that they are aligned with.
        layout.statementColumn = kind == .if || kind == .try ? column : max(column, layout.indentation)
      }
      let before = at
      parseItem(item)
      finishLine()
      if at == before { skipToken() }
    }
  }

  private func isClause(_ kind: TokenKind) -> Bool { kind == .else || kind == .elif || kind == .catch }

  private mutating func parseItem(_ item: BlockItem) {
    if kind == .rightBrace && openBraceBlocks > 0 {
      _ = parseClosingBrace()
      return
    }
    let first = at
    let node = parseNode(item)
    if !node.isNone { pending.append(node.index) }
    if kind == .comma && (item == .field || item == .variant) { parseMembersBehindComma(item, first: first) }
  }

  mutating func parseNode(_ item: BlockItem) -> NodeID {
    switch item {
    case .statement: parseStatement()
    case .arm: parseArm()
    case .field: parseField()
    case .variant: parseVariant()
    case .method: parseMethod()
    }
  }

  /// After a statement: the line must end here.
  private mutating func finishLine() {
    if recovery.isActive { return resynchronise() }
    if kind == .endOfFile || isFirstOnLine(at) { return }
    if layout.isInBrackets && (closesBracket(kind) || kind == .comma) { return }
    reportRestOfLine()
  }

  // MARK: One line

  /// Simple statements separated by `;`, or one compound statement.
  private mutating func parseOneLineItems(_ item: BlockItem, takesClauses: Bool) {
    layout.isOneLine = true
    layout.clausesAreTaken = layout.brackets == 0 && (layout.clausesAreTaken || takesClauses)
    let repeatable = repeatBracket == openBrackets.count && layout.brackets > 0
    while true {
      let isCompound = item == .statement && isCompound(kind)
      let before = at
      parseItem(item)
      if isCompound || recovery.isActive || kind != .semicolon || repeatable { return }
      if at == before { return }
      let semicolon = at
      advance()
      if kind == .endOfFile || isFirstOnLine(at) || closesBracket(kind) {
        return report(Message.blockEndsInSemicolon(at: tokenSpan(semicolon)))
      }
      if item == .statement && self.isCompound(kind) {
        report(
          Message.compoundAfterSemicolon(
            at: tokenSpan(at), keyword: tokenText(at), semicolon: tokenSpan(semicolon)))
      }
    }
  }

  /// Of a statement that has blocks of its own.
  private func isCompound(_ kind: TokenKind) -> Bool {
    switch kind {
    case .if, .while, .for, .match, .try, .struct, .enum, .impl, .label, .pub, .use: true
    case .fn: peek() == .identifier
    default: false
    }
  }

  // MARK: Clauses

  /// Whether the current token continues the statement around it, as `else` does an `if`.
  mutating func isClauseNext(_ wanted: TokenKind) -> Bool {
    if kind == .rightBrace && peek() == wanted { passBraceBeforeClause() }
    guard kind == wanted, !recovery.isActive else { return false }
    guard isFirstOnLine(at) && layout.brackets == 0 else { return true }
    if layout.clausesAreTaken { return false }
    let column = column(of: at)
    if column < layout.statementColumn { return false }
    if column > layout.statementColumn {
      report(Message.misalignedClause(at: tokenSpan(at), keyword: tokenText(at)))
    }
    return true
  }
}
