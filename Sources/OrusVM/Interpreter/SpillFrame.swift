/// A frame of the spill area: the frame before, `csp` when it was made, its two
/// counts, then its scalars and its references.
struct SpillFrame {
  let address: UnsafeMutableRawPointer
  static let headerBytes = 32

  init(_ address: UnsafeMutableRawPointer) { self.address = address }

  var previous: UnsafeMutableRawPointer? { address.load(as: UnsafeMutableRawPointer?.self) }
  var csp: UInt { address.load(fromByteOffset: 8, as: UInt.self) }
  var scalarCount: Int { address.load(fromByteOffset: 16, as: Int.self) }
  var referenceCount: Int { address.load(fromByteOffset: 24, as: Int.self) }
  var scalars: UnsafeMutablePointer<Int64> {
    (address + SpillFrame.headerBytes).assumingMemoryBound(to: Int64.self)
  }
  var references: Slot {
    (address + SpillFrame.headerBytes + scalarCount * 8).assumingMemoryBound(to: Reference.self)
  }
  var end: UnsafeMutableRawPointer { UnsafeMutableRawPointer(references + referenceCount) }
}

extension VM {
  /// Makes the running function's spill slots; `pc` is its first instruction. False: E0008 is pending.
  @inline(never) func enterSpill() -> Bool {
    let info = machine.pointee.functions[Int(function(at: machine.pointee.pc))]
    let memory = machine.pointee.spillStack
    let start = machine.pointee.spillFrame.map { SpillFrame($0).end } ?? memory.base
    let scalars = Int(info.scalarSpills)
    let references = Int(info.referenceSpills)
    let bytes = SpillFrame.headerBytes + (scalars + references) * 8
    if start + bytes > memory.base + memory.bytes { return panic(.callDepth, VM.callDepthMessage) }
    start.storeBytes(of: machine.pointee.spillFrame, as: UnsafeMutableRawPointer?.self)
    start.storeBytes(of: UInt(bitPattern: machine.pointee.csp), toByteOffset: 8, as: UInt.self)
    start.storeBytes(of: scalars, toByteOffset: 16, as: Int.self)
    start.storeBytes(of: references, toByteOffset: 24, as: Int.self)
    setSpillFrame(start)
    machine.pointee.spillReferences.update(repeating: nil, count: references)
    return true
  }

  @inline(never) func leaveSpill() { setSpillFrame(SpillFrame(machine.pointee.spillFrame!).previous) }

  /// Gives up the spill frames of the calls inside the one that `csp` belongs to.
  func truncateSpill(to csp: UnsafeMutablePointer<UnsafePointer<UInt32>>) {
    while let frame = machine.pointee.spillFrame, SpillFrame(frame).csp > UInt(bitPattern: csp) { leaveSpill() }
  }

  private func setSpillFrame(_ frame: UnsafeMutableRawPointer?) {
    machine.pointee.spillFrame = frame
    guard let frame else { return }
    machine.pointee.spillScalars = SpillFrame(frame).scalars
    machine.pointee.spillReferences = SpillFrame(frame).references
  }
}
