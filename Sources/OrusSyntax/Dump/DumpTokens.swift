/// One line a token: where it stands, what it is, and its text where that says more than the kind. Lines and columns
/// count from 1, columns in bytes; a token that begins a line is marked with its indentation.
public func dumpTokens(
  _ tokens: TokenList, source: UnsafeBufferPointer<UInt8>, symbols: SymbolTable
) -> String {
  var text = ""
  var line = 1
  var lineStart = 0
  var offset = 0
  for i in 0..<tokens.count {
    let start = Int(tokens.starts[i])
    while offset < start {
      if source[offset] == UInt8(ascii: "\n") {
        line += 1
        lineStart = offset + 1
      }
      offset += 1
    }
    let isFirst = tokens.flags[i] & TokenList.firstOnLine != 0
    let kind = tokens.kinds[i]
    text += "\(line):\(start - lineStart + 1)" + (isFirst ? " | " : "   ") + "\(kind)"
    if kind.spelling == nil && kind != .endOfFile {
      let written = UnsafeBufferPointer(rebasing: source[start..<Int(tokens.ends[i])])
      text += " " + quoted(String(decoding: written, as: UTF8.self))
    }
    text += "\n"
  }
  return text
}

/// A text on one line, between quotes.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\0": result += "\\0"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
