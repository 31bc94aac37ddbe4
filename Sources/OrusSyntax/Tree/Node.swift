/// The syntax tree is rows in one flat array. A row is 16 bytes: a kind, a
/// small `detail`, the token it is about, how many tokens around that belong to
/// it (Reach.swift), and two operands `a` and `b` whose meaning the kind fixes
/// (the comment on each kind below). What does not fit in two operands stands in
/// the tree's `extra` words, and is read through the views in Views.swift. A
/// *list* operand is an index into `extra`, where a count stands, followed by
/// that many node indices.
///
/// Invariant: children come before their parent in the array (the parser
/// appends a node when it is complete), so a pass that goes by index sees
/// operands first.
///
/// Invariant: a tree with errors has the same shape as one without; where
/// something is missing stands an `.error` node.

/// Index of a node. `NodeID.none` stands for an absent optional child.
@frozen
public struct NodeID: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  /// Row 0 is never a real node.
  public static let none = NodeID(0)
  @inlinable public var isNone: Bool { index == 0 }
}

/// Index of a token in the file's token list.
@frozen
public struct TokenID: Hashable, Sendable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
}

/// A node kind; the comment gives `token`, `a`, `b`, `detail`.
public enum NodeKind: UInt8, CaseIterable, Sendable {
  /// Something the parser could not read; already reported. token: where.
  case error

  // MARK: Module and declarations

  /// The file. a: list of items (declarations and statements, in order).
  case module
  /// `fn name<T>(p: T) -> R: body`. token: name. a: extra, see `FunctionView`. detail: bit 0 = pub.
  case function
  /// `p: T = default`, `mut p`, `p: ...T`. token: name. a: Symbol. b: extra, see `ParameterView`.
  case parameter
  /// `T: A + B`. token: name. a: Symbol. b: list of types.
  case typeParameter
  /// token: name. a: extra, see `StructView`. detail: bit 0 = pub, `isReportedBit` = a type of another language.
  case structDeclaration
  /// `x: T = default`. token: name. a: Symbol. b: extra, see `FieldDeclarationView`. detail: bit 0 = pub.
  case fieldDeclaration
  /// token: name. a: extra, see `EnumView`. detail: bit 0 = pub.
  case enumDeclaration
  /// `Circle(radius: f64)`. token: name. a: Symbol. b: list of payloadField.
  case variant
  /// `radius: f64` or `f64`. token: name or type's first. a: Symbol + 1 or 0. b: type.
  case payloadField
  /// `impl<T> Box<T>:`. token: `impl`. a: type. b: extra, see `ImplView`.
  case implementation
  /// token: `use`. a: extra, see `UseView`. detail: bit 0 = pub, `isReportedBit` = a path of another language.
  case use
  /// `name as alias` in a `use`. token: name. a: Symbol of the name. b: Symbol of the binding.
  case useName

  // MARK: Statements

  /// a: list of statements. token: first token of the block.
  case block
  /// `let pattern: T = value`. token: `let`. a: pattern. b: extra, see `LetView`. detail: bit 0 = pub, bit 1 = mut.
  case letStatement
  /// token: name. a: Symbol. b: extra, see `ConstView`. detail: bit 0 = pub.
  case constStatement
  /// token: the operator. a: target. b: value. detail: `AssignOperator`.
  case assign
  case pass
  /// token: `return`. a: value or none.
  case returnStatement
  /// token: keyword. a: label Symbol + 1, or 0.
  case breakStatement
  case continueStatement
  /// token: `while`. a: condition (may be letCondition). b: extra, see `LoopView`.
  case whileStatement
  /// token: `for`. a: pattern. b: extra, see `ForView`.
  case forStatement

  // MARK: Expressions (an expression node in a block's list is an expression statement)

  /// token: literal. a: index into `integers`. detail: `NumericSuffix`.
  case integerLiteral
  /// token: literal. a: index into `floats`.
  case floatLiteral
  /// token: literal. a: Symbol of the decoded text. b: Symbol + 1 of the text as a format, where the escapes
  /// `\{` and `\}` stand as `{{` and `}}`; 0 where that is the same text.
  case stringLiteral
  case trueLiteral
  case falseLiteral
  case nilLiteral
  /// `f"…"`. a: list of stringLiteral (text, braces decoded) and interpolation nodes, in order.
  case interpolatedString
  /// `{expr:spec}`. a: expression. b: Symbol of the spec's text + 1, or 0.
  case interpolation
  /// token: identifier. a: Symbol. Also `self` and a lone `_` (an error outside patterns).
  case name
  /// `f<A, B>` before `(`, `.` or `{`. a: expression. b: list of types.
  case instantiation
  /// A type standing where an expression begins, for `[i32].method()` or `i32.MAX` where the parser knows it is one.
  /// a: type.
  case typeExpression
  /// token: `(`. a: callee. b: list of arguments (expressions, namedArgument, spreadArgument).
  case call
  /// `name: value`. token: name. a: Symbol. b: expression. detail: `isReportedBit` = `name = value`.
  case namedArgument
  /// `xs...`. a: expression.
  case spreadArgument
  /// token: `[`. a: base. b: index expression; a `range` node (bounds may be absent) means a slice.
  case index
  /// token: the name. a: base. b: Symbol.
  case field
  /// token: the number. a: base. b: the number.
  case tupleField
  /// `x?`. token: `?`. a: operand.
  case propagate
  /// token: operator. a: operand.
  case negate
  case bitNot
  case logicalNot
  /// token: operator. a, b: operands. detail: `BinaryOperator`.
  case binary
  /// token: `and`. a, b: operands.
  case logicalAnd
  case logicalOr
  /// `x as T`. token: `as`. a: expression. b: type.
  case cast
  /// `x is T`. token: `is`. a: expression. b: type.
  case typeTest
  /// `x matches pattern`. token: `matches`. a: expression. b: pattern.
  case matches
  /// `a..b`, `a..=b..step`. token: the first operator. a: extra, see `RangeView`. detail: bit 0 = inclusive.
  case range
  /// `then if condition else otherwise`. token: `if`. a: condition. b: extra, see `ConditionalView`.
  case conditional
  /// `if`/`elif` with blocks, as statement or expression. token: keyword. a: condition (may be letCondition).
  /// b: extra, see `IfView`.
  case ifExpression
  /// `let pattern = value` as the condition of if, elif, while. token: `let`. a: pattern. b: expression.
  case letCondition
  /// token: `match`. a: scrutinee. b: list of matchArm.
  case match
  /// a: pattern. b: extra, see `ArmView`. token: first of the pattern.
  case matchArm
  /// `fn(x): …`. token: `fn`. a: extra, see `FunctionView` (its name is absent).
  case lambda
  /// `[a, b]`. token: `[`. a: list.
  case arrayLiteral
  /// `[value; count]`. token: `[`. a: value. b: count.
  case arrayRepeat
  /// `{k: v}`, `{:}`. token: `{`. a: list of mapEntry.
  case mapLiteral
  /// a: key. b: value. token: `:`.
  case mapEntry
  /// `[e for … if …]` or `{k: v for …}`. token: bracket. a: element (a mapEntry for a map). b: list of clauses.
  case comprehension
  /// `for pattern in iterable`. token: `for`. a: pattern. b: expression.
  case forClause
  /// `if condition`. token: `if`. a: condition.
  case ifClause
  /// `(a, b)`. token: `(`. a: list.
  case tuple
  /// `(e)`. token: `(`. a: expression.
  case parenthesized
  /// `Point{ x, y: 1 }`. token: `{`. a: name, field or instantiation. b: list of fieldInitializer.
  case structLiteral
  /// `x: e` or `x`. token: name. a: Symbol. b: expression (a `name` node for the shorthand).
  case fieldInitializer
  /// `try: block catch name: block`. token: `try`. a: block. b: extra, see `TryView`.
  case tryExpression

  // MARK: Patterns

  /// `_`.
  case wildcardPattern
  /// A name that binds. token: name. a: Symbol.
  case bindingPattern
  /// token: literal. a: the literal expression (may be `negate` of one).
  case literalPattern
  /// token: operator. a, b: literal expressions (or name paths of constants). detail: bit 0 = inclusive.
  case rangePattern
  /// `p | q`. a: list.
  case alternativePattern
  /// `Some(x)`, `Shape.Empty`, `LIMIT`. a: path (name or field node). b: list + 1 of patterns, or 0 without
  /// parentheses.
  case constructorPattern
  /// `Point{ x, y: 0, .. }`. a: path. b: list of fieldPattern and restPattern.
  case structPattern
  /// token: name. a: Symbol. b: pattern (a bindingPattern for the shorthand).
  case fieldPattern
  /// `(a, b)`. a: list.
  case tuplePattern
  /// `[a, .., b]`. a: list, with at most one restPattern.
  case arrayPattern
  /// `..` or `rest...`. a: Symbol + 1, or 0.
  case restPattern

  // MARK: Types

  /// `Name`, `module.Name<A>`. token: last name. a: list of `name` nodes (the path). b: list + 1 of type
  /// arguments, or 0.
  case namedType
  /// `T?`. a: type.
  case optionType
  /// `[T]`. a: type.
  case arrayType
  /// `[T; N]`. a: type. b: expression.
  case fixedArrayType
  /// `(A, B)`. a: list.
  case tupleType
  /// `fn(A) -> R`. a: list. b: type or none.
  case functionType
}

extension NodeKind {
  /// An expression that needs no parentheses where something is put behind it.
  public var isAtom: Bool {
    switch self {
    case .name, .integerLiteral, .floatLiteral, .stringLiteral, .interpolatedString, .trueLiteral, .falseLiteral,
      .nilLiteral, .call, .field, .tupleField, .index, .parenthesized, .arrayLiteral, .tuple, .propagate: true
    default: false
    }
  }

  /// Declares something for all of its block or module, wherever it stands there.
  public var isDeclaration: Bool {
    switch self {
    case .function, .structDeclaration, .enumDeclaration, .implementation, .use, .constStatement: true
    default: false
    }
  }
}

public enum NumericSuffix: UInt8, CaseIterable, Sendable {
  /// `u` is `u32`, or `u64` where the value does not fit.
  case none, i32, i64, u32, u64, f64, u
}

public enum BinaryOperator: UInt8, CaseIterable, Sendable {
  case multiply, divide, remainder, wrappingMultiply
  case add, subtract, wrappingAdd, wrappingSubtract
  case shiftLeft, shiftRight
  case bitAnd, bitXor, bitOr
  case equal, notEqual, less, lessEqual, greater, greaterEqual
  case contains, notContains
}

public enum AssignOperator: UInt8, CaseIterable, Sendable {
  case set
  case add, subtract, multiply, divide, remainder
  case bitAnd, bitOr, bitXor, shiftLeft, shiftRight

  /// The operator that a compound assignment applies; nil for `=`.
  public var binary: BinaryOperator? {
    switch self {
    case .set: nil
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .bitAnd: .bitAnd
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    }
  }
}
