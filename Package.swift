// swift-tools-version: 6.2
import PackageDescription

/// Every target: Swift 6 mode, and a warning stops the build.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
]

/// The VM alone drops run-time checks in release builds: the verifier has
/// proved what they would check. Its tests run in the checked debug build.
let unchecked: [SwiftSetting] = strict + [
  .unsafeFlags(["-Ounchecked", "-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

let package = Package(
  name: "orus",
  products: [
    .executable(name: "orus", targets: ["orus"]),
    .library(name: "OrusDriver", targets: ["OrusDriver"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    .target(name: "OrusDiagnostics", swiftSettings: strict),
    .target(name: "OrusSyntax", dependencies: ["OrusDiagnostics"], swiftSettings: strict),
    .target(name: "OrusFormat", swiftSettings: strict),
    .target(name: "OrusTypes", dependencies: ["OrusSyntax", "OrusFormat"], swiftSettings: strict),
    .target(name: "OrusBytecode", dependencies: ["OrusDiagnostics"], swiftSettings: strict),
    .target(name: "OrusCompiler", dependencies: ["OrusTypes", "OrusBytecode"], swiftSettings: strict),
    .target(name: "OrusVM", dependencies: ["OrusBytecode", "OrusFormat"], swiftSettings: unchecked),
    .target(name: "OrusDriver", dependencies: ["OrusCompiler", "OrusVM"], swiftSettings: strict),
    .executableTarget(
      name: "orus",
      dependencies: ["OrusDriver", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: strict),
  ]
)
