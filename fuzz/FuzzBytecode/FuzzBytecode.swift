import FuzzOracles

#if FUZZING
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  bytecode(UnsafeRawBufferPointer(start: start, count: count))
  return 0
}
#else
/// Without the fuzzer: runs each of the files named.
@main struct FuzzBytecode {
  static func main() throws {
    for path in CommandLine.arguments.dropFirst() { try replay(path) { bytecode($0) } }
  }
}
#endif
