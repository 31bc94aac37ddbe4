import Foundation
import PackagePlugin

/// Makes the library under `std` a part of the binary: a Swift file with every
/// module's text as a static string, which costs nothing at start and takes the
/// compiler no time, as an array of bytes would.
@main
struct EmbedLibrary: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL.appending(path: "std")
    let found = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    let files = (found?.compactMap { $0 as? URL } ?? [])
      .filter { $0.pathExtension == "orus" }
      .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedModules.swift")
    return [
      .buildCommand(
        displayName: "Embedding the library",
        executable: try context.tool(named: "embed-library").url,
        arguments: [output.path, root.path] + files.map(\.path),
        inputFiles: files,
        outputFiles: [output])
    ]
  }
}
