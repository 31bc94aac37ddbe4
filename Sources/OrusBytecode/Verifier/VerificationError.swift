/// Why a program is refused.
public struct VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Index into `Program.functions`; nil for a mistake outside of code.
  public let function: Int?
  public let functionName: String
  /// Word within the function; nil for a mistake in its row.
  public let word: Int?
  /// As the text form writes it; empty where there is none.
  public let instruction: String
  public let reason: String

  public var description: String {
    var text = ""
    if let function {
      text += "function \(function)"
      if !functionName.isEmpty { text += " (\(functionName))" }
      if let word { text += " at word \(word)" }
      if !instruction.isEmpty { text += ": `\(instruction)`" }
      text += ": "
    }
    return text + reason
  }
}

/// A program that may run: the only thing that the VM takes.
public struct VerifiedProgram: Sendable {
  public let program: Program
  init(_ program: Program) { self.program = program }
}

/// A broken rule on its way out. Numbers, not text: text is made once, from the one that is reported.
enum Fault: Error {
  case rule(StaticString)
  /// Register (scalar or reference) read while it holds nothing that can be read.
  case unreadable(register: Int, isScalar: Bool)
  /// Register of another type than the kinds of this set.
  case wrongKind(register: Int, wanted: Scalars, found: UInt32)
  /// Register of another type than this row.
  case wrongType(register: Int, isScalar: Bool, wanted: UInt32, found: UInt32)
  case outOfRange(StaticString, UInt32)
}

extension Fault {
  func reason(in program: Program) -> String {
    switch self {
    case .rule(let text): "\(text)"
    case .unreadable(let register, let isScalar):
      "\(isScalar ? "s" : "r")\(register) is read, but holds no value on every path that leads here"
    case .wrongKind(let register, let wanted, let found):
      "s\(register) holds \(program.spelling(of: found)), not \(wanted.spelling)"
    case .wrongType(let register, let isScalar, let wanted, let found):
      "\(isScalar ? "s" : "r")\(register) holds \(program.spelling(of: found)), not "
        + "\(program.spelling(of: wanted))"
    case .outOfRange(let what, let number): "there is no \(what) \(number)"
    }
  }
}

extension Scalars {
  /// `i32 or i64`.
  var spelling: String {
    ScalarKind.allCases.filter { contains(Scalars(rawValue: 1 << $0.rawValue)) }.map { "\($0)" }
      .joined(separator: " or ")
  }
}
