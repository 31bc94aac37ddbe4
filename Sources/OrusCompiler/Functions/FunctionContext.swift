import OrusBytecode
import OrusSyntax
import OrusTypes

/// The state of the function being lowered.
struct FunctionContext {
  var function = FunctionID(0)
  /// Type arguments of the instance, outermost first.
  var arguments = TypeListID.empty
  /// The declared result, concrete.
  var result = TypeID.void
  /// In the top-level code of a module: module-level bindings that no function uses are locals here.
  var isInitializer = false
  /// Inside a `try` body calls in tail position keep their frame, or the handler would be gone.
  var tryDepth = 0
  var loops: [Loop] = []
  /// Locals in scope, so that their locations can be forgotten.
  var scoped: [LocalID] = []

  // Registers; see Registers.swift.
  var limits = RegisterLimits.steps[0]
  /// More registers were needed than there are.
  var overflowed = false
  /// Names that a pattern binds now have slots, and the registers that it uses are given back.
  var bindsToSlots = false
  /// The function has spill slots, so returns give them up.
  var spills = false
  var nextScalar = 0
  var nextReference = 0
  var maxScalar = 0
  var maxReference = 0
  var scalarSpills = 0
  var referenceSpills = 0
  var maxScalarSpills = 0
  var maxReferenceSpills = 0
}

struct Loop {
  /// Symbol + 1, 0 without.
  let label: UInt32
  let breakLabel: Label
  let continueLabel: Label
}

/// Where a local lives.
enum Location {
  case none
  case register(Register)
  /// A shared variable: the reference register that holds its cell.
  case cell(Register)
  case spilled(Representation, slot: Int)
  /// The reference spill slot that holds its cell.
  case spilledCell(slot: Int)
}
