// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, and a warning stops the build.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

/// What compiles: small functions are inlined across modules without each being marked for it.
let compiler: [SwiftSetting] = strict + [
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))
]

/// The VM alone drops run-time checks in release builds: the verifier has
/// proved what they would check. Its tests run in the checked debug build.
///
/// Its loop is one `switch`; the other flags have the jump of that copied to the
/// end of each case, however many there are, so that the processor predicts each
/// by what it usually leads to. Functions begin with a cache line: the loop is then
/// as fast whatever lies before it, where it could be a fifth slower by chance.
let unchecked: [SwiftSetting] = strict + [
  .unsafeFlags(
    [
      "-Ounchecked", "-enforce-exclusivity=unchecked",
      "-Xllvm", "-tail-dup-pred-size=4096", "-Xllvm", "-tail-dup-succ-size=4096",
      "-Xllvm", "-align-all-functions=6",
    ], .when(configuration: .release))
]

/// From the bytes of a source to a running program: each may import those above it.
let libraries: [Target] = [
  .target(name: "OrusThreads", swiftSettings: compiler),
  .target(name: "OrusDiagnostics", swiftSettings: compiler),
  .target(name: "OrusSyntax", dependencies: ["OrusDiagnostics"], swiftSettings: compiler),
  .target(name: "OrusFormat", swiftSettings: compiler),
  .target(
    name: "OrusTypes", dependencies: ["OrusThreads", "OrusDiagnostics", "OrusSyntax", "OrusFormat"],
    swiftSettings: compiler),
  .target(name: "OrusBytecode", swiftSettings: compiler),
  .target(
    name: "OrusCompiler",
    dependencies: ["OrusDiagnostics", "OrusSyntax", "OrusFormat", "OrusTypes", "OrusBytecode"],
    swiftSettings: compiler),
  // Valgrind, which counts for the gate, does not read version 5.
  .target(name: "CKernels", cSettings: [.unsafeFlags(["-gdwarf-4"])]),
  .target(name: "OrusVM", dependencies: ["CKernels", "OrusFormat", "OrusBytecode"], swiftSettings: unchecked),
  .target(
    name: "OrusDriver",
    dependencies: [
      "OrusThreads", "OrusDiagnostics", "OrusSyntax", "OrusTypes", "OrusBytecode", "OrusCompiler", "OrusVM",
    ],
    swiftSettings: compiler,
    plugins: ["EmbedLibrary"]),
]

/// The command, and what puts the library under `std` into it.
let tools: [Target] = [
  .executableTarget(
    name: "orus",
    dependencies: [
      "OrusThreads", "OrusDiagnostics", "OrusDriver",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: strict,
    // No loader, no relocations: half of what starting costs otherwise.
    linkerSettings: [.unsafeFlags(["-static-executable"], .when(configuration: .release))]),
  // The benchmark runner. It starts the command, and a launcher of its own, as processes: they only have to be built.
  .executableTarget(
    name: "orus-bench",
    dependencies: [
      "CPAPI", "CNUMA", "orus", "orus-bench-launch",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
      .product(name: "GRDB", package: "GRDB.swift"),
    ],
    swiftSettings: strict),
  .executableTarget(name: "orus-bench-launch"),
  // Without pkgConfig, which would warn those who build the command alone that they lack these. Module maps link them.
  .systemLibrary(name: "CPAPI", providers: [.apt(["libpapi-dev"])]),
  .systemLibrary(name: "CNUMA", providers: [.apt(["libnuma-dev"])]),
  .plugin(
    name: "EmbedLibrary", capability: .buildTool(), dependencies: ["embed-library"],
    path: "Sources/EmbedLibrary/Plugin"),
  .executableTarget(name: "embed-library", path: "Sources/EmbedLibrary/Tool", swiftSettings: strict),
]

/// What is fuzzed is a library, so that the tests replay what the fuzzers found.
let fuzzers: [Target] = [
  .target(
    name: "FuzzOracles", dependencies: ["OrusThreads", "OrusDiagnostics", "OrusBytecode", "OrusVM", "OrusDriver"],
    path: "fuzz/Oracles", swiftSettings: strict),
  .executableTarget(
    name: "FuzzFrontEnd", dependencies: ["FuzzOracles"], path: "fuzz/FuzzFrontEnd", swiftSettings: strict),
  .executableTarget(
    name: "FuzzBytecode", dependencies: ["FuzzOracles"], path: "fuzz/FuzzBytecode", swiftSettings: strict),
]

let tests: [Target] = [
  .testTarget(name: "OrusDiagnosticsTests", dependencies: ["OrusDiagnostics"], swiftSettings: strict),
  .testTarget(name: "OrusSyntaxTests", dependencies: ["OrusDiagnostics", "OrusSyntax"], swiftSettings: strict),
  .testTarget(name: "OrusFormatTests", dependencies: ["OrusFormat"], swiftSettings: strict),
  .testTarget(
    name: "OrusTypesTests", dependencies: ["OrusThreads", "OrusDiagnostics", "OrusSyntax", "OrusTypes"],
    swiftSettings: strict),
  .testTarget(name: "OrusBytecodeTests", dependencies: ["OrusBytecode"], swiftSettings: strict),
  .testTarget(
    name: "OrusVMTests", dependencies: ["CKernels", "OrusFormat", "OrusBytecode", "OrusVM"], swiftSettings: strict),
  .testTarget(
    name: "OrusDriverTests",
    dependencies: ["OrusThreads", "OrusDiagnostics", "OrusBytecode", "OrusDriver"], swiftSettings: strict),
  // Runs the command, so the build has to have made it.
  .testTarget(name: "ConformanceTests", dependencies: ["OrusBytecode", "orus"], swiftSettings: strict),
  .testTarget(name: "OrusBenchTests", dependencies: ["orus-bench"], swiftSettings: strict),
  .testTarget(name: "FuzzReplayTests", dependencies: ["OrusBytecode", "FuzzOracles"], swiftSettings: strict),
]

let package = Package(
  name: "orus",
  products: [
    .executable(name: "orus", targets: ["orus"]),
    .library(name: "OrusDriver", targets: ["OrusDriver"]),
    .executable(name: "orus-bench", targets: ["orus-bench"]),
    .executable(name: "FuzzFrontEnd", targets: ["FuzzFrontEnd"]),
    .executable(name: "FuzzBytecode", targets: ["FuzzBytecode"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    // For orus-bench alone.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
  ],
  targets: libraries + tools + fuzzers + tests
)
