import OrusDiagnostics

/// Paths of modules as other languages write them: `std::io::{read_file, write_file}`, `geometry/points`,
/// `std::collections::Deque`.
extension Parser {
  /// Behind the names of the path, which are pending from `mark` on; those of the module stay there. Gives what is
  /// imported from it, as the `names` of a `use`, and reports how the whole is written.
  mutating func finishForeignPath(from mark: Int, _ flags: inout UInt32) -> UInt32 {
    let start = first(of: NodeID(pending[mark]))
    let hasPrefix = text(span(NodeID(pending[mark]))) == "std"
    var names: UInt32 = 0
    // Nil where what is in the braces was reported.
    var imported: [String]? = []
    if take(.star) {
      flags |= UseView.everything
    } else if kind == .leftBrace {
      let inBraces = parseNamesInBraces(of: start, hasPrefix: hasPrefix)
      names = inBraces.list + 1
      imported = inBraces.texts
    } else if pending.count - mark > 1, startsUpper(NodeID(pending[pending.count - 1])) {
      let name = NodeID(pending.removeLast())
      names = parseNameOfPath(name) + 1
      imported = [text(span(first(of: name), lastEnd))]
    }
    // Types that are in scope always, and modules that are none, leave nothing to import.
    if hasPrefix, let names = imported, !names.isEmpty,
      names.allSatisfy({ ForeignType.containers[$0] != nil || ForeignType.plain[$0] != nil })
    {
      imported = nil
    }
    let isWhole = hasPrefix && pending.count - mark == 1
    if hasPrefix && !isWhole {
      for i in mark + 1..<pending.count { pending[i - 1] = pending[i] }
      pending.truncate(to: pending.count - 1)
    }
    guard let imported else { return names }
    let path = (mark..<pending.count).map { text(span(NodeID(pending[$0]))) }.joined(separator: ".")
    let isEverything = flags & UseView.everything != 0
    let list = imported.joined(separator: isWhole ? "\nuse " : ", ")
    let rewritten: String?
    if isWhole {
      // The modules of the library have no common name.
      rewritten = list.isEmpty ? nil : list
    } else {
      rewritten = isEverything ? path + ":*" : list.isEmpty ? path : "\(path): \(list)"
    }
    report(Message.foreignPath(at: span(start, lastEnd), hasPrefix: hasPrefix, rewritten: rewritten))
    return names
  }

  /// `{read_file, write_file as write}`, which gives the texts of its parts too. What else stands in the braces of
  /// other languages, paths and `self`, is reported here.
  private mutating func parseNamesInBraces(of start: TokenID, hasPrefix: Bool) -> (list: UInt32, texts: [String]?) {
    guard openBracket() else { return (0, nil) }
    let list = parseUseNames()
    let texts = useNameTexts(list)
    let isRead = kind == .rightBrace && !texts.contains("self")
    if !isRead { fail(Message.foreignPath(at: span(start, lastEnd), hasPrefix: hasPrefix, rewritten: nil)) }
    closeBracket(.rightBrace)
    return (list, isRead ? texts : nil)
  }

  /// What a path names at its end with a capital is no module, but something in it.
  private mutating func parseNameOfPath(_ name: NodeID) -> UInt32 {
    let row = nodes[Int(name.index)]
    var binding = row.a
    if kind == .as && !endsLine {
      advance()
      binding = parseName("another name").symbol
    }
    let mark = pending.count
    pending.append(add(.useName, token: row.token, start: first(of: name), a: row.a, b: binding).index)
    return finishList(from: mark)
  }

  private func startsUpper(_ name: NodeID) -> Bool { text(span(name)).first?.isUppercase ?? false }
}
