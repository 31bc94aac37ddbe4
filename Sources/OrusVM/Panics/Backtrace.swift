import OrusBytecode

/// Where a panic came from.
extension VM {
  /// Frames kept at each end of a backtrace.
  static let backtraceEnd = 50

  /// Records the active calls in the pending panic.
  func tracePanic() {
    let bottom = machine.pointee.callStack.base.assumingMemoryBound(to: UnsafePointer<UInt32>.self)
    let calls = callDepth
    var frames = [frame(at: machine.pointee.pc)]
    var omitted = 0
    var isReentry = false
    for index in stride(from: calls - 1, through: 0, by: -1) {
      let address = bottom[index]
      if address == stubReturn {
        isReentry = true
        continue
      }
      // The bottommost address is a stub's.
      if frames.count >= VM.backtraceEnd, index > VM.backtraceEnd {
        omitted += 1
      } else {
        // A native that called back is recorded by its own instruction, a call by what follows it.
        frames.append(frame(at: isReentry ? address : address - 2))
      }
      isReentry = false
    }
    machine.pointee.panic!.frames = frames
    machine.pointee.panic!.omitted = omitted
    machine.pointee.panic!.omittedAfter = omitted > 0 ? VM.backtraceEnd : 0
    machine.pointee.panic!.isTraced = true
  }

  private func frame(at pc: UnsafePointer<UInt32>) -> PanicFrame {
    PanicFrame(function: function(at: pc), word: UInt32(pc - UnsafePointer(machine.pointee.code)))
  }

  /// The frames as `Error.backtrace` shows them: `function file:line`.
  func backtraceLines(_ panic: PendingPanic) -> [String] {
    var lines: [String] = []
    // What calls `main` is nobody's function.
    let entry = machine.pointee.program.entry
    for (index, frame) in panic.frames.enumerated() where frame.function != entry {
      if panic.omitted > 0, index == panic.omittedAfter { lines.append("… \(panic.omitted) more calls …") }
      lines.append(describe(frame))
    }
    return lines
  }

  private func describe(_ frame: PanicFrame) -> String {
    let row = machine.pointee.program.functions[Int(frame.function)]
    let name = String(decoding: machine.pointee.program.strings[Int(row.name)], as: UTF8.self)
    let source = Int(row.source)
    guard source < machine.pointee.program.sources.count else { return name }
    let path = machine.pointee.program.sources[source].path
    guard !machine.pointee.program.sources[source].text.isEmpty,
      let position = machine.pointee.program.position(of: frame.word, in: row)
    else { return "\(name) \(path)" }
    return "\(name) \(path):\(line(of: position.start, in: source))"
  }

  /// Number of the line, from 1, that the byte is in.
  private func line(of offset: UInt32, in source: Int) -> Int {
    if machine.pointee.lineStarts[source].isEmpty {
      var starts: [UInt32] = [0]
      for (index, byte) in machine.pointee.program.sources[source].text.enumerated() where byte == 10 {
        starts.append(UInt32(index + 1))
      }
      machine.pointee.lineStarts[source] = starts
    }
    var low = 0
    var high = machine.pointee.lineStarts[source].count
    while high - low > 1 {
      let middle = (low + high) / 2
      if machine.pointee.lineStarts[source][middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }
}

extension Program {
  /// The source range of the instruction at a word of the function; nil if nothing is recorded for it.
  public func position(of word: UInt32, in function: FunctionRow) -> PositionRow? {
    var low = 0
    var high = positions.count
    while low < high {
      let middle = (low + high) / 2
      if positions[middle].word <= word { low = middle + 1 } else { high = middle }
    }
    guard low > 0, positions[low - 1].word >= function.entry else { return nil }
    return positions[low - 1]
  }
}
