import OrusBytecode
import OrusTypes

/// A register of one of the two windows, or none for a value of type void.
struct Register: Equatable {
  let representation: Representation
  let index: UInt8

  static let none = Register(representation: .none, index: 0)
  static func scalar(_ index: Int) -> Register { Register(representation: .scalar, index: UInt8(index)) }
  static func reference(_ index: Int) -> Register { Register(representation: .reference, index: UInt8(index)) }
}

/// Registers are taken and given back like a stack. An operand is one byte, so a
/// window has 256; locals past `localLimit` live in spill slots and visit a
/// register for each use, and a temporary that would have to outlive a deep
/// operand past `pressureLimit` waits in a slot meanwhile. Where that does not
/// leave enough registers for one instruction's own operands (a call with very
/// many arguments), the function is lowered again with tighter limits.
struct RegisterLimits {
  let local: Int
  let pressure: Int
  static let steps = [
    RegisterLimits(local: 128, pressure: 192), RegisterLimits(local: 32, pressure: 64),
    RegisterLimits(local: 0, pressure: 0),
  ]
}

/// How far the windows are in use, to go back to.
struct RegisterMark {
  let scalar: Int
  let reference: Int
}

extension Lowering {
  var mark: RegisterMark { RegisterMark(scalar: context.nextScalar, reference: context.nextReference) }

  mutating func release(to mark: RegisterMark) {
    context.nextScalar = mark.scalar
    context.nextReference = mark.reference
  }

  mutating func temporary(_ representation: Representation) -> Register {
    switch representation {
    case .none: return .none
    case .scalar:
      let index = min(context.nextScalar, 255)
      if context.nextScalar > 255 { context.overflowed = true }
      context.nextScalar += 1
      context.maxScalar = max(context.maxScalar, index + 1)
      return .scalar(index)
    case .reference:
      let index = min(context.nextReference, 255)
      if context.nextReference > 255 { context.overflowed = true }
      context.nextReference += 1
      context.maxReference = max(context.maxReference, index + 1)
      return .reference(index)
    }
  }

  mutating func temporary(for type: TypeID) -> Register { temporary(representation(type)) }

  /// The register at the top of its window after everything above `mark` is given back: where a result is left.
  mutating func keep(_ register: Register, above mark: RegisterMark) -> Register {
    release(to: mark)
    guard register.representation != .none else { return .none }
    let isLocal =
      register.representation == .scalar ? Int(register.index) < mark.scalar : Int(register.index) < mark.reference
    if isLocal { return register }
    let kept = temporary(register.representation)
    move(register, to: kept)
    return kept
  }

  mutating func move(_ source: Register, to target: Register) {
    guard source != target else { return }
    switch target.representation {
    case .none: break
    case .scalar: emit(.mov_s, target, source)
    case .reference: emit(.mov_r, target, source)
    }
  }

  // MARK: Spill slots

  var isUnderPressure: Bool {
    context.nextScalar > context.limits.pressure || context.nextReference > context.limits.pressure
  }

  mutating func spillSlot(_ representation: Representation) -> Int {
    switch representation {
    case .none: return 0
    case .scalar:
      context.scalarSpills += 1
      context.maxScalarSpills = max(context.maxScalarSpills, context.scalarSpills)
      return context.scalarSpills - 1
    case .reference:
      context.referenceSpills += 1
      context.maxReferenceSpills = max(context.maxReferenceSpills, context.referenceSpills)
      return context.referenceSpills - 1
    }
  }

  mutating func store(_ register: Register, toSlot slot: Int) {
    guard register.representation != .none else { return }
    let op: Opcode = register.representation == .scalar ? .spill_set_s : .spill_set_r
    code.emit(op, register.index, UInt8(truncatingIfNeeded: slot), UInt8(truncatingIfNeeded: slot >> 8))
  }

  mutating func load(slot: Int, into register: Register) {
    guard register.representation != .none else { return }
    let op: Opcode = register.representation == .scalar ? .spill_get_s : .spill_get_r
    code.emit(op, register.index, UInt8(truncatingIfNeeded: slot), UInt8(truncatingIfNeeded: slot >> 8))
  }

  // MARK: Locals

  /// Whether what is bound now may keep a register for as long as its block lasts.
  func hasRoom(for representation: Representation) -> Bool {
    let used =
      switch representation {
      case .none: 0
      case .scalar: context.nextScalar
      case .reference: context.nextReference
      }
    return representation == .none || used < context.limits.local && !context.bindsToSlots
  }

  /// Makes room for a local of this type, which holds nothing yet.
  mutating func declare(_ local: LocalID, _ type: TypeID) {
    context.scoped.append(local)
    let info = typed.locals[Int(local.index)]
    if info.needsCell {
      if case .none = locations[Int(local.index)] { makeCell(local, type) }
      return
    }
    locations[Int(local.index)] = home(for: representation(type))
  }

  /// A register, or a slot where there is no room.
  mutating func home(for representation: Representation) -> Location {
    hasRoom(for: representation)
      ? .register(temporary(representation)) : .spilled(representation, slot: spillSlot(representation))
  }

  /// A new cell for a variable that closures share, at a location of its own.
  mutating func makeCell(_ local: LocalID, _ type: TypeID) {
    let cellType = structuralRow(TypeRow(.cell, elements: [row(type)]))
    if !hasRoom(for: .reference) {
      let slot = spillSlot(.reference)
      let mark = mark
      let cell = temporary(.reference)
      emit(.cell_new, cell, cellType.index)
      store(cell, toSlot: slot)
      release(to: mark)
      locations[Int(local.index)] = .spilledCell(slot: slot)
    } else {
      let cell = temporary(.reference)
      emit(.cell_new, cell, cellType.index)
      locations[Int(local.index)] = .cell(cell)
    }
  }

  /// Declares a local and gives it its first value. The value must not lie above where the local goes; where it is
  /// the top temporary, `declareInPlace` takes it over instead.
  mutating func declare(_ local: LocalID, _ type: TypeID, value: Register) {
    declare(local, type)
    assign(local, value)
  }

  mutating func assign(_ local: LocalID, _ value: Register) {
    guard value.representation != .none else { return }
    switch locations[Int(local.index)] {
    case .none: preconditionFailure("a local without a place")
    case .register(let register): move(value, to: register)
    case .spilled(_, let slot): store(value, toSlot: slot)
    case .cell(let cell):
      emit(value.representation == .scalar ? .cell_set_s : .cell_set_r, cell, value)
    case .spilledCell(let slot):
      let mark = mark
      let cell = temporary(.reference)
      load(slot: slot, into: cell)
      emit(value.representation == .scalar ? .cell_set_s : .cell_set_r, cell, value)
      release(to: mark)
    }
  }

  /// The value of a local: its own register where it has one and no target is asked for.
  mutating func read(_ local: LocalID, _ type: TypeID, into target: Register?) -> Register {
    let representation = representation(type)
    guard representation != .none else { return .none }
    switch locations[Int(local.index)] {
    case .none: preconditionFailure("a local without a place")
    case .register(let register):
      guard let target else { return register }
      move(register, to: target)
      return target
    case .spilled(_, let slot):
      let result = target ?? temporary(representation)
      load(slot: slot, into: result)
      return result
    case .cell(let cell):
      let result = target ?? temporary(representation)
      emit(representation == .scalar ? .cell_get_s : .cell_get_r, result, cell)
      return result
    case .spilledCell(let slot):
      let result = target ?? temporary(representation)
      let mark = mark
      let cell = temporary(.reference)
      load(slot: slot, into: cell)
      emit(representation == .scalar ? .cell_get_s : .cell_get_r, result, cell)
      release(to: mark)
      return result
    }
  }

  /// The register of a local that lives in one and may be written directly.
  func ownRegister(_ local: LocalID) -> Register? {
    if case .register(let register) = locations[Int(local.index)] { return register }
    return nil
  }
}
