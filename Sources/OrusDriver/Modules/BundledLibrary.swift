/// The part of Orus that is written in Orus and comes inside the binary: the
/// files under `std`, which the build embeds as `embeddedModules`.

/// The source text of a bundled module, such as `math` or `prelude`; nil if there is none of that name.
/// It is there as long as the process.
public func bundledModule(named name: String) -> UnsafeBufferPointer<UInt8>? {
  for module in embeddedModules where isEqual(module.name, name) {
    return UnsafeBufferPointer(start: module.text.utf8Start, count: module.text.utf8CodeUnitCount)
  }
  return nil
}

/// The names of all bundled modules.
public var bundledModuleNames: [String] { embeddedModules.map { $0.name.description } }

/// The path under which diagnostics and backtraces name a bundled module's file.
func bundledPath(_ name: String) -> String {
  "std/" + name.split(separator: ".").joined(separator: "/") + ".orus"
}

private func isEqual(_ text: StaticString, _ name: String) -> Bool {
  text.withUTF8Buffer { $0.elementsEqual(name.utf8) }
}
