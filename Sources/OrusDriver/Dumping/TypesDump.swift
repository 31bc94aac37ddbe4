import OrusDiagnostics
import OrusSyntax
import OrusTypes

/// What the checker found out about a program's own modules, as text:
///
/// ```
/// module main
///   struct Point
///     x: i32
///   fn double<A: add>(n: A) -> A
///     n: A
///   2:5-2:10 binary: A
/// ```
///
/// Declarations with their types, under each function its locals, then the type of
/// every expression, pattern and type in the order of the source.
struct TypesDump {
  private let program: TypedProgram
  private let files: SourceFiles
  private var text = ""

  static func text(of program: TypedProgram, files: SourceFiles) -> String {
    var dump = TypesDump(program: program, files: files)
    for (index, module) in program.modules.enumerated() where !module.isLibrary {
      dump.dumpModule(UInt32(index), module)
    }
    return dump.text
  }

  private init(program: TypedProgram, files: SourceFiles) {
    self.program = program
    self.files = files
  }

  private mutating func dumpModule(_ index: UInt32, _ module: TypedModule) {
    line(0, "module \(module.name)")
    for declaration in program.declarations where declaration.module == index { dumpDeclaration(declaration) }
    for constant in program.constants where constant.module == index {
      line(1, "const \(name(constant.name)): \(program.typeName(constant.type))")
    }
    for global in program.globals where global.module == index {
      line(1, "\(global.isMutable ? "let mut" : "let") \(name(global.name)): \(program.typeName(global.type))")
    }
    for (number, function) in program.functions.enumerated() where function.module == index {
      dumpFunction(FunctionID(UInt32(number)), function)
    }
    dumpNodes(module)
  }

  private mutating func dumpDeclaration(_ declaration: Declaration) {
    let parameters = typeParameters(declaration.typeParameters)
    switch declaration.kind {
    case .structure:
      line(1, "struct \(name(declaration.name))\(parameters)")
      for field in declaration.fields { line(2, "\(name(field.name)): \(program.typeName(field.type))") }
    case .enumeration:
      line(1, "enum \(name(declaration.name))\(parameters)")
      for variant in declaration.variants {
        let payload = variant.payload.map { part in
          (part.name.map { name($0) + ": " } ?? "") + program.typeName(part.type)
        }
        line(2, name(variant.name) + (payload.isEmpty ? "" : "(\(payload.joined(separator: ", ")))"))
      }
    }
  }

  private mutating func dumpFunction(_ id: FunctionID, _ function: FunctionInfo) {
    let owner = function.owner.map { program.typeName($0) + "." } ?? ""
    let ownName =
      switch function.kind {
      case .function, .method: name(Symbol(function.name - 1))
      case .lambda: "<lambda>"
      case .initializer: "<top level>"
      }
    let parameters = function.parameters.enumerated().map { i, type in
      let local = i < function.parameterLocals.count ? function.parameterLocals[i] : nil
      let prefix = local.map { name(program.locals[Int($0.index)].name) + ": " } ?? ""
      return prefix + program.typeName(type)
    }
    let result = function.result == .void ? "" : " -> \(program.typeName(function.result))"
    let generics = typeParameters(function.typeParameters)
    line(1, "fn \(owner)\(ownName)\(generics)(\(parameters.joined(separator: ", ")))\(result)")
    for (number, local) in program.locals.enumerated() where local.function == id {
      if function.parameterLocals.contains(LocalID(UInt32(number))) { continue }
      let place = local.needsCell ? " (shared with closures)" : local.isCaptured ? " (captured)" : ""
      line(2, "\(local.isMutable ? "mut " : "")\(name(local.name)): \(program.typeName(local.type))\(place)")
    }
  }

  private mutating func dumpNodes(_ module: TypedModule) {
    let file = files[module.tree.file]
    let rows = (1..<max(1, UInt32(module.tree.nodeCount))).map { NodeID($0) }
      .filter { module.type($0) != .void && module.type($0) != .error }
      .map { (node: $0, span: module.tree.span($0)) }
      .sorted { ($0.span.start, $1.span.end, $0.node.index) < ($1.span.start, $0.span.end, $1.node.index) }
    for (node, span) in rows {
      let (start, end) = (file.position(of: span.start), file.position(of: span.end))
      let adjustments = adjustmentNames(module.adjustments[Int(node.index)])
      line(
        1,
        "\(start.line):\(start.column)-\(end.line):\(end.column) \(module.tree.kind(node)): "
          + program.typeName(module.type(node)) + adjustments)
    }
  }

  private func adjustmentNames(_ adjustment: Adjustment) -> String {
    var names = ""
    if adjustment.contains(.copied) { names += ", copied" }
    if adjustment.contains(.dropResult) { names += ", its result dropped" }
    if adjustment.contains(.toAny) { names += ", made any" }
    if adjustment.contains(.toSome) { names += ", made Some" }
    if adjustment.contains(.discard) { names += ", dropped" }
    return names
  }

  private func typeParameters(_ parameters: [ParameterID]) -> String {
    if parameters.isEmpty { return "" }
    let texts = parameters.map { id in
      let parameter = program.parameters[Int(id.index)]
      let constraints = Self.constraintNames.filter { parameter.constraints.contains($0.constraint) }.map(\.name)
      return name(parameter.name) + (constraints.isEmpty ? "" : ": \(constraints.joined(separator: " + "))")
    }
    return "<\(texts.joined(separator: ", "))>"
  }

  private static let constraintNames: [(constraint: Constraints, name: String)] = [
    (.numeric, "Numeric"), (.comparable, "Comparable"), (.iterable, "Iterable"), (.cloneable, "Cloneable"),
    (.hashable, "Hashable"), (.sendable, "Sendable"), (.add, "add"), (.subtract, "subtract"),
    (.multiply, "multiply"), (.divide, "divide"), (.remainder, "remainder"), (.negate, "negate"), (.order, "order"),
    (.equality, "equality"), (.bits, "bits"), (.integerLiteral, "integer literal"), (.floatLiteral, "float literal"),
  ]

  private func name(_ symbol: Symbol) -> String { program.symbols[symbol] }

  private mutating func line(_ depth: Int, _ content: String) {
    text += String(repeating: "  ", count: depth) + content + "\n"
  }
}
