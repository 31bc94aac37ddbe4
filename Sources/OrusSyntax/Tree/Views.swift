/// Typed readings of the `extra` words, one for each node kind that has more
/// parts than two operands hold. The order of the fields is the order of the
/// words; the parser writes them with `words`, so both directions stand here,
/// and so do the places of the words that hold symbols.

/// `function` and `lambda`.
@frozen
public struct FunctionView: Sendable {
  static let nameWord = 0
  /// Symbol + 1; 0 for a lambda.
  public let name: UInt32
  public let typeParameters: UInt32
  public let parameters: UInt32
  public let returnType: NodeID
  /// A block. `x: e` on one line is a block of one expression.
  public let body: NodeID

  @inlinable public init(name: UInt32, typeParameters: UInt32, parameters: UInt32, returnType: NodeID, body: NodeID) {
    self.name = name
    self.typeParameters = typeParameters
    self.parameters = parameters
    self.returnType = returnType
    self.body = body
  }
  public var words: [UInt32] { [name, typeParameters, parameters, returnType.index, body.index] }
}

@frozen
public struct ParameterView: Sendable {
  public static let mutable: UInt32 = 1
  public static let variadic: UInt32 = 2
  /// The annotation, or none. Of a variadic parameter the element's type.
  public let type: NodeID
  public let defaultValue: NodeID
  public let flags: UInt32
  @inlinable public init(type: NodeID, defaultValue: NodeID, flags: UInt32) {
    self.type = type
    self.defaultValue = defaultValue
    self.flags = flags
  }
  public var isMutable: Bool { flags & Self.mutable != 0 }
  public var isVariadic: Bool { flags & Self.variadic != 0 }
  public var words: [UInt32] { [type.index, defaultValue.index, flags] }
}

@frozen
public struct StructView: Sendable {
  static let nameWord = 0
  public let name: Symbol
  public let typeParameters: UInt32
  public let fields: UInt32
  @inlinable public init(name: Symbol, typeParameters: UInt32, fields: UInt32) {
    self.name = name
    self.typeParameters = typeParameters
    self.fields = fields
  }
  public var words: [UInt32] { [name.index, typeParameters, fields] }
}

@frozen
public struct FieldDeclarationView: Sendable {
  public let type: NodeID
  public let defaultValue: NodeID
  @inlinable public init(type: NodeID, defaultValue: NodeID) {
    self.type = type
    self.defaultValue = defaultValue
  }
  public var words: [UInt32] { [type.index, defaultValue.index] }
}

@frozen
public struct EnumView: Sendable {
  static let nameWord = 0
  public let name: Symbol
  public let typeParameters: UInt32
  public let variants: UInt32
  @inlinable public init(name: Symbol, typeParameters: UInt32, variants: UInt32) {
    self.name = name
    self.typeParameters = typeParameters
    self.variants = variants
  }
  public var words: [UInt32] { [name.index, typeParameters, variants] }
}

@frozen
public struct ImplView: Sendable {
  public let typeParameters: UInt32
  /// A list of function nodes.
  public let methods: UInt32
  @inlinable public init(typeParameters: UInt32, methods: UInt32) {
    self.typeParameters = typeParameters
    self.methods = methods
  }
  public var words: [UInt32] { [typeParameters, methods] }
}

@frozen
public struct UseView: Sendable {
  static let aliasWord = 1
  public static let everything: UInt32 = 1
  /// A list of `name` nodes: the module's path.
  public let path: UInt32
  /// Symbol + 1 of `as alias`, or 0.
  public let alias: UInt32
  /// A list of useName nodes; its index + 1, or 0 where there is no `:`.
  public let names: UInt32
  public let flags: UInt32
  @inlinable public init(path: UInt32, alias: UInt32, names: UInt32, flags: UInt32) {
    self.path = path
    self.alias = alias
    self.names = names
    self.flags = flags
  }
  public var importsEverything: Bool { flags & Self.everything != 0 }
  public var words: [UInt32] { [path, alias, names, flags] }
}

@frozen
public struct LetView: Sendable {
  public static let isPublicBit: UInt8 = 1
  public static let isMutableBit: UInt8 = 2
  public let type: NodeID
  public let value: NodeID
  @inlinable public init(type: NodeID, value: NodeID) {
    self.type = type
    self.value = value
  }
  public var words: [UInt32] { [type.index, value.index] }
}

@frozen
public struct ConstView: Sendable {
  public let type: NodeID
  public let value: NodeID
  @inlinable public init(type: NodeID, value: NodeID) {
    self.type = type
    self.value = value
  }
  public var words: [UInt32] { [type.index, value.index] }
}

@frozen
public struct LoopView: Sendable {
  static let labelWord = 1
  public let body: NodeID
  /// Symbol + 1, or 0.
  public let label: UInt32
  @inlinable public init(body: NodeID, label: UInt32) {
    self.body = body
    self.label = label
  }
  public var words: [UInt32] { [body.index, label] }
}

@frozen
public struct ForView: Sendable {
  static let labelWord = 2
  public let iterable: NodeID
  public let body: NodeID
  /// Symbol + 1, or 0.
  public let label: UInt32
  @inlinable public init(iterable: NodeID, body: NodeID, label: UInt32) {
    self.iterable = iterable
    self.body = body
    self.label = label
  }
  public var words: [UInt32] { [iterable.index, body.index, label] }
}

@frozen
public struct RangeView: Sendable {
  /// Absent bounds stand only inside an index.
  public let start: NodeID
  public let end: NodeID
  public let step: NodeID
  @inlinable public init(start: NodeID, end: NodeID, step: NodeID) {
    self.start = start
    self.end = end
    self.step = step
  }
  public var words: [UInt32] { [start.index, end.index, step.index] }
}

@frozen
public struct ConditionalView: Sendable {
  public let then: NodeID
  public let otherwise: NodeID
  @inlinable public init(then: NodeID, otherwise: NodeID) {
    self.then = then
    self.otherwise = otherwise
  }
  public var words: [UInt32] { [then.index, otherwise.index] }
}

@frozen
public struct IfView: Sendable {
  public let then: NodeID
  /// A block, an ifExpression (`elif`), or none.
  public let otherwise: NodeID
  @inlinable public init(then: NodeID, otherwise: NodeID) {
    self.then = then
    self.otherwise = otherwise
  }
  public var words: [UInt32] { [then.index, otherwise.index] }
}

@frozen
public struct ArmView: Sendable {
  public let guardCondition: NodeID
  /// A block.
  public let body: NodeID
  @inlinable public init(guardCondition: NodeID, body: NodeID) {
    self.guardCondition = guardCondition
    self.body = body
  }
  public var words: [UInt32] { [guardCondition.index, body.index] }
}

@frozen
public struct TryView: Sendable {
  static let nameWord = 0
  /// Symbol of the caught error's name + 1, or 0 for `_` or none.
  public let name: UInt32
  public let nameToken: TokenID
  public let handler: NodeID
  @inlinable public init(name: UInt32, nameToken: TokenID, handler: NodeID) {
    self.name = name
    self.nameToken = nameToken
    self.handler = handler
  }
  public var words: [UInt32] { [name, nameToken.index, handler.index] }
}

extension SyntaxTree {
  @inlinable func node(_ at: UInt32, _ i: UInt32) -> NodeID { NodeID(word(at + i)) }

  /// Of a function or lambda node.
  @inlinable public func function(_ id: NodeID) -> FunctionView {
    let x = self[id].a
    return FunctionView(
      name: word(x), typeParameters: word(x + 1), parameters: word(x + 2), returnType: node(x, 3), body: node(x, 4))
  }
  @inlinable public func parameter(_ id: NodeID) -> ParameterView {
    let x = self[id].b
    return ParameterView(type: node(x, 0), defaultValue: node(x, 1), flags: word(x + 2))
  }
  @inlinable public func structure(_ id: NodeID) -> StructView {
    let x = self[id].a
    return StructView(name: Symbol(word(x)), typeParameters: word(x + 1), fields: word(x + 2))
  }
  @inlinable public func fieldDeclaration(_ id: NodeID) -> FieldDeclarationView {
    let x = self[id].b
    return FieldDeclarationView(type: node(x, 0), defaultValue: node(x, 1))
  }
  @inlinable public func enumeration(_ id: NodeID) -> EnumView {
    let x = self[id].a
    return EnumView(name: Symbol(word(x)), typeParameters: word(x + 1), variants: word(x + 2))
  }
  @inlinable public func implementation(_ id: NodeID) -> ImplView {
    let x = self[id].b
    return ImplView(typeParameters: word(x), methods: word(x + 1))
  }
  @inlinable public func use(_ id: NodeID) -> UseView {
    let x = self[id].a
    return UseView(path: word(x), alias: word(x + 1), names: word(x + 2), flags: word(x + 3))
  }
  @inlinable public func letStatement(_ id: NodeID) -> LetView {
    let x = self[id].b
    return LetView(type: node(x, 0), value: node(x, 1))
  }
  @inlinable public func constStatement(_ id: NodeID) -> ConstView {
    let x = self[id].b
    return ConstView(type: node(x, 0), value: node(x, 1))
  }
  @inlinable public func whileLoop(_ id: NodeID) -> LoopView {
    let x = self[id].b
    return LoopView(body: node(x, 0), label: word(x + 1))
  }
  @inlinable public func forLoop(_ id: NodeID) -> ForView {
    let x = self[id].b
    return ForView(iterable: node(x, 0), body: node(x, 1), label: word(x + 2))
  }
  @inlinable public func range(_ id: NodeID) -> RangeView {
    let x = self[id].a
    return RangeView(start: node(x, 0), end: node(x, 1), step: node(x, 2))
  }
  @inlinable public func conditional(_ id: NodeID) -> ConditionalView {
    let x = self[id].b
    return ConditionalView(then: node(x, 0), otherwise: node(x, 1))
  }
  @inlinable public func ifExpression(_ id: NodeID) -> IfView {
    let x = self[id].b
    return IfView(then: node(x, 0), otherwise: node(x, 1))
  }
  @inlinable public func arm(_ id: NodeID) -> ArmView {
    let x = self[id].b
    return ArmView(guardCondition: node(x, 0), body: node(x, 1))
  }
  @inlinable public func tryExpression(_ id: NodeID) -> TryView {
    let x = self[id].b
    return TryView(name: word(x), nameToken: TokenID(word(x + 1)), handler: node(x, 2))
  }
}
