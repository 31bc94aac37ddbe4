import OrusDiagnostics
import OrusSyntax

/// What the names that a pattern binds are.
enum PatternPlace {
  case binding, mutableBinding
  /// `matches`, which binds nothing for what follows.
  case test
}

/// The names that the alternatives of a pattern bind: the first one makes the
/// locals, the others must bind the same.
struct AlternativeNames {
  /// By symbol; nil outside of further alternatives.
  var known: [UInt32: LocalID]?
  var seen: Set<UInt32> = []
  /// What was bound since the outermost pattern began.
  var bound: [(symbol: Symbol, local: LocalID)] = []
}

/// Patterns against the type of what they match. Whether they leave anything
/// out is checked once all types are known (PatternChecks.swift).
extension Checker {
  mutating func checkPattern(_ node: NodeID, _ type: TypeID, _ place: PatternPlace) {
    let row = tree[node]
    let type = shallow(type)
    setType(node, type)
    switch row.kind {
    case .wildcardPattern, .error: return
    case .bindingPattern: bindName(node, Symbol(row.a), type, place)
    case .literalPattern: literalPattern(node, NodeID(row.a), type)
    case .rangePattern:
      patternBound(NodeID(row.a), type)
      patternBound(NodeID(row.b), type)
    case .alternativePattern: alternatives(node, type, place)
    case .constructorPattern: constructorPattern(node, type, place)
    case .structPattern: structPattern(node, type, place)
    case .tuplePattern: tuplePattern(node, type, place)
    case .arrayPattern: arrayPattern(node, type, place)
    default: return
    }
  }

  private mutating func bindName(_ node: NodeID, _ symbol: Symbol, _ type: TypeID, _ place: PatternPlace) {
    if function.isInitializer, let global = items[currentIndex].globals[node] {
      setUse(node, Use(.global, global))
      let declared = program.globals[Int(global)].type
      if declared == Variables.unbound { program.globals[Int(global)].type = type } else if !unify(declared, type) {
        reportMismatch(node, type, declared, .none)
      }
      return
    }
    if let known = alternativeNames.known {
      guard let local = known[symbol.index] else {
        report(TypeMessage.alternativesDiffer(text(symbol), at: tokenSpan(node), other: tokenSpan(node)))
        return
      }
      alternativeNames.seen.insert(symbol.index)
      setUse(node, Use(.local, local.index))
      let wanted = program.locals[Int(local.index)].type
      if !unify(wanted, type) { report(mismatchOfPattern(node, type, wanted)) }
      return
    }
    let local = addLocal(symbol, type, isMutable: place == .mutableBinding)
    setUse(node, Use(.local, local.index))
    bind(symbol, Entity(.local, local.index), at: node)
    alternativeNames.bound.append((symbol, local))
  }

  private mutating func alternatives(_ node: NodeID, _ type: TypeID, _ place: PatternPlace) {
    let list = tree.list(tree[node].a)
    guard let first = list.first else { return }
    let outer = alternativeNames
    let mark = alternativeNames.bound.count
    checkPattern(first, type, place)
    var names: [UInt32: LocalID] = [:]
    if let known = outer.known {
      names = known
    } else {
      for entry in alternativeNames.bound[mark...] { names[entry.symbol.index] = entry.local }
    }
    let required = outer.known == nil ? Set(names.keys) : alternativeNames.seen.subtracting(outer.seen)
    for alternative in list.dropFirst() {
      let bound = alternativeNames.bound
      alternativeNames = AlternativeNames(known: names, seen: [], bound: bound)
      let before = diagnostics.count
      checkPattern(alternative, type, place)
      if diagnostics.count == before, let missing = required.subtracting(alternativeNames.seen).min() {
        report(
          TypeMessage.alternativesDiffer(text(Symbol(missing)), at: span(alternative), other: span(first)))
      }
    }
    let seen = alternativeNames.seen.union(outer.seen)
    let bound = alternativeNames.bound
    alternativeNames = AlternativeNames(known: outer.known, seen: outer.known == nil ? outer.seen : seen, bound: bound)
  }

  // MARK: Values

  private mutating func literalPattern(_ node: NodeID, _ literal: NodeID, _ type: TypeID) {
    if program.types.kind(type) == .any {
      check(literal, .any, .none)
      return
    }
    let found = infer(literal, hint: type)
    if !unify(found, type) { report(mismatchOfPattern(literal, found, type)) }
  }

  private mutating func mismatchOfPattern(
    _ node: NodeID, _ found: TypeID, _ type: TypeID, help: [Help]? = nil
  ) -> Diagnostic {
    let why = scrutinee.isNone ? nil : (kind: Reason.Kind.pattern, span: span(scrutinee))
    return TypeMessage.mismatch(span(node), expected: name(type), found: name(found), because: why, help: help)
  }

  /// For a variant of an option where a result is matched, or the other way round: the variant that was meant.
  private func counterpart(
    of variant: Symbol, _ node: NodeID, _ path: NodeID, where matched: TypeID
  ) -> [Help]? {
    let isResult = program.types.declaration(matched) == program.known.result
    guard isResult || program.types.declaration(matched) == program.known.option else { return nil }
    switch variant {
    case known.some where isResult: return [.replace(span(path), "Ok", "a value that is there is `Ok` in a result")]
    case known.none where isResult: return [.replace(span(node), "Err(_)", "a result without a value is an `Err`")]
    case known.ok where !isResult: return [.replace(span(path), "Some", "a value that is there is `Some` in an option")]
    case known.err where !isResult: return [.replace(span(node), "None", "an option without a value is `None`")]
    default: return nil
    }
  }

  private mutating func patternBound(_ node: NodeID, _ type: TypeID) {
    let found: TypeID
    if tree.kind(node) == .name || tree.kind(node) == .field {
      found = infer(node, hint: type)
      if shallow(found) == .error { return }
      let kind = current.use(node).kind
      guard kind == .constant || kind == .numericConstant else {
        report(TypeMessage.notAConstantPattern(pathText(node), at: span(node)))
        return
      }
    } else {
      found = infer(node, hint: type)
    }
    if !unify(found, type) { report(mismatchOfPattern(node, found, type)) }
    let kind = self.kind(type)
    let isOrdered = kind >= .i32 && kind <= .string || kind == .error || kind == .variable || kind == .parameter
    if !isOrdered { report(TypeMessage.patternMismatch(span(node), pattern: "a range pattern", type: name(type))) }
  }

  // MARK: Constructors

  private mutating func constructorPattern(_ node: NodeID, _ type: TypeID, _ place: PatternPlace) {
    let row = tree[node]
    let path = NodeID(row.a)
    let parts = row.b == 0 ? [] : Array(tree.list(row.b - 1))
    if tree.kind(path) == .field, tree.kind(NodeID(tree[path].a)) == .name,
      lookUp(Symbol(tree[NodeID(tree[path].a)].a))?.kind == .primitive
    {
      // `i32.MAX` and the like.
      patternBound(path, type)
      setUse(node, current.use(path))
      if !parts.isEmpty { report(TypeMessage.notAConstantPattern(pathText(path), at: span(path))) }
      return bindAll(parts, place)
    }
    guard let entity = patternEntity(path, type) else {
      bindAll(parts, place)
      setType(node, .error)
      return
    }
    switch entity.kind {
    case .constant:
      let constant = useConstant(entity.index, at: path)
      setUse(node, Use(.constant, entity.index))
      if !parts.isEmpty {
        report(TypeMessage.notAConstantPattern(pathText(path), at: span(path)))
        bindAll(parts, place)
      }
      if !unify(constant, type) { report(mismatchOfPattern(path, constant, type)) }
    case .variant:
      let id = DeclarationID(entity.index)
      let variant = program.declarations[Int(id.index)].variants[Int(entity.extra)]
      let (owner, bindings) = instantiate(id)
      guard unify(owner, type) else {
        let help = counterpart(of: variant.name, node, path, where: shallow(type))
        report(mismatchOfPattern(path, owner, type, help: help))
        bindAll(parts, place)
        setType(node, .error)
        return
      }
      absorb(bindings, type)
      setType(node, shallow(type))
      setUse(node, Use(.variant, entity.extra))
      if row.b != 0, parts.count != variant.payload.count {
        report(
          TypeMessage.payloadCount(
            span(node), variant: text(variant.name), expected: variant.payload.count, found: parts.count,
            isPattern: true))
        bindAll(parts, place)
        setType(node, .error)
        return
      }
      if row.b == 0, !variant.payload.isEmpty {
        report(
          TypeMessage.payloadCount(
            span(node), variant: text(variant.name), expected: variant.payload.count, found: 0,
            isPattern: true))
        setType(node, .error)
        return
      }
      for (part, payload) in zip(parts, variant.payload) {
        checkPattern(part, substitute(payload.type, bindings), place)
      }
    case .error:
      bindAll(parts, place)
      setType(node, .error)
    default:
      report(TypeMessage.notAConstantPattern(pathText(path), at: span(path)))
      bindAll(parts, place)
      setType(node, .error)
    }
  }

  /// What a pattern's path names. Alone it may be a variant of the type that is matched.
  private mutating func patternEntity(_ path: NodeID, _ type: TypeID) -> Entity? {
    guard tree.kind(path) == .name else { return resolvePath(path, asType: false) }
    let symbol = Symbol(tree[path].a)
    var names: [String] = []
    if let id = program.types.declaration(type) {
      let declaration = program.declarations[Int(id.index)]
      if let i = declaration.variants.firstIndex(where: { $0.name == symbol }) {
        return Entity(.variant, id.index, extra: UInt32(i))
      }
      if declaration.kind == .enumeration { names = declaration.variants.map { text($0.name) } }
    }
    if let entity = lookUp(symbol) { return entity }
    guard !names.isEmpty, let declaration = program.types.declaration(type) else {
      if reportedNames.insert(symbol.index).inserted {
        let nearest = nearestName(text(symbol), among: visibleNames { $0.kind == .variant || $0.kind == .constant })
        report(TypeMessage.unknownInPattern(text(symbol), at: span(path), nearest: nearest))
      }
      return nil
    }
    report(
      TypeMessage.unknownVariant(
        text(symbol), at: span(path), type: text(program.declarations[Int(declaration.index)].name),
        nearest: nearestName(text(symbol), among: names)))
    return nil
  }

  /// What is wrong with the value that is matched says nothing about the parts of the pattern.
  private mutating func absorb(_ bindings: ParameterBindings, _ type: TypeID) {
    guard kind(type) == .error else { return }
    for part in bindings.types { _ = unify(part, .error) }
  }

  /// The names in a pattern that does not fit are declared all the same, so that their uses are not reported.
  private mutating func bindAll(_ parts: [NodeID], _ place: PatternPlace) {
    for part in parts { checkPattern(part, .error, place) }
  }

  private mutating func structPattern(_ node: NodeID, _ type: TypeID, _ place: PatternPlace) {
    let row = tree[node]
    let path = NodeID(row.a)
    let fields = tree.list(row.b).filter { tree.kind($0) == .fieldPattern }
    func give(_ checker: inout Checker) {
      for field in fields { checker.checkPattern(NodeID(checker.tree[field].b), .error, place) }
      checker.setType(node, .error)
    }
    guard let entity = resolvePath(path, asType: true) else { return give(&self) }
    guard entity.kind == .declaration, program.declarations[Int(entity.index)].kind == .structure else {
      if entity.kind != .error {
        report(TypeMessage.notAStruct(pathText(path), at: span(path), isVariant: entity.kind == .variant))
      }
      return give(&self)
    }
    let id = DeclarationID(entity.index)
    setUse(path, Use(.type))
    let declaration = program.declarations[Int(id.index)]
    let (owner, bindings) = instantiate(id)
    guard unify(owner, type) else {
      report(mismatchOfPattern(path, owner, type))
      return give(&self)
    }
    absorb(bindings, type)
    setType(node, shallow(type))
    var sites = Array(few: NodeID.none, count: declaration.fields.count)
    for field in fields {
      let symbol = Symbol(tree[field].a)
      let inner = NodeID(tree[field].b)
      guard let i = declaration.fields.firstIndex(where: { $0.name == symbol }) else {
        report(
          TypeMessage.unknownMember(
            text(symbol), at: tokenSpan(field), type: name(type), isCall: false,
            nearest: nearestName(text(symbol), among: declaration.fields.map { text($0.name) })))
        checkPattern(inner, .error, place)
        continue
      }
      if !sites[i].isNone {
        report(TypeMessage.duplicate(text(symbol), at: tokenSpan(field), first: tokenSpan(sites[i])))
      }
      sites[i] = field
      if !declaration.fields[i].isPublic, Int(declaration.module) != currentIndex {
        report(TypeMessage.privateField(text(symbol), at: tokenSpan(field), type: name(type)))
      }
      setUse(field, Use(.structField, UInt32(i)))
      checkPattern(inner, substitute(declaration.fields[i].type, bindings), place)
    }
  }

  // MARK: Tuples and arrays

  private mutating func tuplePattern(_ node: NodeID, _ type: TypeID, _ place: PatternPlace) {
    let parts = Array(tree.list(tree[node].a))
    if kind(type) == .variable {
      var types: [TypeID] = []
      for _ in parts { types.append(newVariable()) }
      if unify(type, program.types.tuple(types)) { setType(node, shallow(type)) }
    }
    let row = program.types[shallow(type)]
    guard row.kind == .tuple, program.types.count(TypeListID(row.a)) == parts.count else {
      if row.kind != .error, row.kind != .never {
        report(TypeMessage.patternMismatch(span(node), pattern: "a tuple pattern of \(parts.count)", type: name(type)))
      }
      setType(node, .error)
      bindAll(parts, place)
      return
    }
    let types = elements(row.a)
    for (part, type) in zip(parts, types) { checkPattern(part, type, place) }
  }

  private mutating func arrayPattern(_ node: NodeID, _ type: TypeID, _ place: PatternPlace) {
    let parts = Array(tree.list(tree[node].a))
    if kind(type) == .variable {
      let list = program.types.array(newVariable())
      if unify(type, list) { setType(node, shallow(type)) }
    }
    let row = program.types[shallow(type)]
    let hasRest = parts.contains { tree.kind($0) == .restPattern }
    let fixed = hasRest ? parts.count - 1 : parts.count
    let fits = row.kind == .array || row.kind == .fixedArray && (hasRest ? fixed <= Int(row.b) : fixed == Int(row.b))
    guard fits else {
      if row.kind != .error, row.kind != .never {
        report(TypeMessage.patternMismatch(span(node), pattern: "an array pattern", type: name(type)))
      }
      setType(node, .error)
      for part in parts where tree.kind(part) == .restPattern && tree[part].a != 0 {
        bindName(part, Symbol(tree[part].a - 1), .error, place)
      }
      bindAll(parts.filter { tree.kind($0) != .restPattern }, place)
      return
    }
    let element = TypeID(row.a)
    for part in parts {
      if tree.kind(part) == .restPattern {
        let list = program.types.array(element)
        setType(part, list)
        if tree[part].a != 0 { bindName(part, Symbol(tree[part].a - 1), list, place) }
      } else {
        checkPattern(part, element, place)
      }
    }
  }
}
