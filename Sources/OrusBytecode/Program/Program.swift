/// A whole program, ready to be verified and run: the narrow waist between the
/// front end and everything that executes. Plain data; whoever builds one
/// (lowering, assembler, container) verifies it before it runs.
public struct Program: Sendable {
  /// Every function's instructions, end to end.
  public var code: [UInt32] = []
  public var functions: [FunctionRow] = []
  public var types: [TypeRow] = TypeRow.Kind.allCases.prefix(Int(TypeIndex.any.index) + 1).map { TypeRow($0) }
  /// Text constants and names, UTF-8. Number 0 is the empty text.
  public var strings: [[UInt8]] = [[]]
  public var globals: [GlobalRow] = []
  public var handlers: [HandlerRow] = []
  public var positions: [PositionRow] = []
  public var sources: [SourceRow] = []
  /// The methods that an `any` has by name.
  public var dynamicMethods: [DynamicMethodRow] = []
  /// Runs everything: initialises the modules in order, then calls `main`. Takes the arguments as `[string]`, returns
  /// the exit code as i32.
  public var entry: UInt32 = 0
  /// The prelude's `Error`, which a caught panic becomes: code, message: string; backtrace: [string]. `void` where
  /// nothing is caught.
  public var errorType = TypeIndex.void

  public init() {}

  public func type(_ index: TypeIndex) -> TypeRow { types[Int(index.index)] }
}

public struct FunctionRow: Hashable, Sendable {
  /// String index: `main`, `Point.move_by`, `<fn>` for a lambda.
  public var name: UInt32
  /// A `function` type. Scalar parameters arrive in s[0]…, references in r[0]…, and the closure object (or any
  /// other function value it was called by) in the reference register after them.
  public var type: TypeIndex
  /// A `closure` type where it captures, `void` otherwise.
  public var captures: TypeIndex
  /// First word in `Program.code`, and number of words.
  public var entry: UInt32
  public var length: UInt32
  /// Registers used, up to 256 each; a call's arguments and result count as the caller's too.
  public var scalarRegisters: UInt16
  public var referenceRegisters: UInt16
  public var scalarSpills: UInt16
  public var referenceSpills: UInt16
  /// Index into `Program.sources`.
  public var source: UInt32

  public init(
    name: UInt32, type: TypeIndex, captures: TypeIndex = .void, entry: UInt32 = 0, length: UInt32 = 0,
    scalarRegisters: UInt16 = 0, referenceRegisters: UInt16 = 0, scalarSpills: UInt16 = 0,
    referenceSpills: UInt16 = 0, source: UInt32 = 0
  ) {
    self.name = name
    self.type = type
    self.captures = captures
    self.entry = entry
    self.length = length
    self.scalarRegisters = scalarRegisters
    self.referenceRegisters = referenceRegisters
    self.scalarSpills = scalarSpills
    self.referenceSpills = referenceSpills
    self.source = source
  }
}

/// A module-level binding or a constant that is built at run time.
public struct GlobalRow: Hashable, Sendable {
  /// String index, for E0020.
  public var name: UInt32
  public var type: TypeIndex
  public init(name: UInt32, type: TypeIndex) {
    self.name = name
    self.type = type
  }
}

/// A method that is called by name on an `any` holding a value of the type. The function takes the value and the
/// arguments as `[any]`, and gives an `any`.
public struct DynamicMethodRow: Hashable, Sendable {
  public var type: TypeIndex
  /// String index.
  public var name: UInt32
  public var function: UInt32
  public init(type: TypeIndex, name: UInt32, function: UInt32) {
    self.type = type
    self.name = name
    self.function = function
  }
}

/// A panic at an instruction from `start` to before `end` goes on at `target`, with the `Error` in r[`register`].
/// Words of `Program.code`. Inner handlers come before those around them; a handler lies within one function.
public struct HandlerRow: Hashable, Sendable, BitwiseCopyable {
  public var start: UInt32
  public var end: UInt32
  public var target: UInt32
  public var register: UInt32
  public init(start: UInt32, end: UInt32, target: UInt32, register: UInt32) {
    self.start = start
    self.end = end
    self.target = target
    self.register = register
  }
}

/// The source range of the instructions from `word` up to the next row's. Sorted by `word`.
public struct PositionRow: Hashable, Sendable, BitwiseCopyable {
  public var word: UInt32
  /// Byte offsets in the function's source.
  public var start: UInt32
  public var end: UInt32
  public init(word: UInt32, start: UInt32, end: UInt32) {
    self.word = word
    self.start = start
    self.end = end
  }
}

/// A source file, kept so that a panic can show where it happened.
public struct SourceRow: Hashable, Sendable {
  public var path: String
  /// Empty where it is not known.
  public var text: [UInt8]
  /// Its frames are not the user's code.
  public var isLibrary: Bool
  public init(path: String, text: [UInt8], isLibrary: Bool) {
    self.path = path
    self.text = text
    self.isLibrary = isLibrary
  }
}
