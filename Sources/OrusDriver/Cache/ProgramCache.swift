import Glibc
import OrusBytecode
import OrusDiagnostics

/// Compiled programs, kept from one run to the next.
///
/// A program is found again by its entry file's path, and taken only if every
/// file that was looked for while it was compiled is still as it was: those that
/// were read have the same content, those that were missing are missing still.
/// It passes the verifier like anything else that comes from a file. Whatever is
/// wrong with an entry, the program is compiled anew: a cache costs time, never
/// correctness. Each program has one entry, which its next version replaces.
public struct ProgramCache: Sendable {
  private let directory: String
  /// Bytes of source below which compiling costs no more than finding out whether it is needed.
  private let leastSource: Int
  /// Tells this compiler from every other one.
  private let identity: UInt64

  /// - Parameters:
  ///   - directory: made when something is kept, if it is not there.
  ///   - compiler: the compiler's executable, whose every build has entries of its own.
  public init(directory: String, compiler: String = "/proc/self/exe", leastSource: Int = 16 << 10) {
    self.directory = directory
    self.leastSource = leastSource
    var status = stat()
    stat(compiler, &status)
    identity = hash(
      "\(orusVersion) \(status.st_dev) \(status.st_ino) \(status.st_size) "
        + "\(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)")
  }

  /// The program whose entry file this is, if it is there and nothing it was made of has changed.
  func find(_ entry: SourceFile, searchPath: [String], access: any FileAccess) -> VerifiedProgram? {
    guard entry.path != SystemFiles.standardInput,
      case .file(let file) = SystemFiles().read(path(of: entry, searchPath)),
      let (header, program) = CacheHeader.split(file.bytes), header.identity == identity
    else { return nil }
    for (i, lookup) in header.lookups.enumerated() {
      let isUnchanged =
        switch i == 0 ? .file(entry) : access.read(lookup.path) {
        case .file(let file): lookup.content == hash(file)
        case .missing: lookup.content == nil
        case .unreadable: false
        }
      if !isUnchanged { return nil }
    }
    guard let loaded = try? load(Array(program)) else { return nil }
    return try? verify(loaded)
  }

  /// Keeps a program that compiled without a word. Where that fails there is nothing to say.
  ///
  /// - Parameter lookups: every file that was looked for, the entry file first; those that were not there too.
  func keep(_ program: VerifiedProgram, of entry: SourceFile, lookups: [FileLookup], searchPath: [String]) {
    let size = lookups.reduce(0) { $0 + ($1.file?.bytes.count ?? 0) }
    guard size >= leastSource, entry.path != SystemFiles.standardInput else { return }
    let header = CacheHeader(
      identity: identity, lookups: lookups.map { .init(path: $0.path, content: $0.file.map { hash($0) }) })
    guard let text = header.text else { return }
    makeDirectories(directory)
    let target = path(of: entry, searchPath)
    // A reader sees the whole of an entry or none of it.
    let temporary = "\(target).\(getpid())"
    if write(Array(text.utf8), program.serialized(), to: temporary), rename(temporary, target) == 0 { return }
    unlink(temporary)
  }

  private func path(of entry: SourceFile, _ searchPath: [String]) -> String {
    // Relative paths mean another file in another directory.
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let working = getcwd(&buffer, buffer.count).map { String(cString: $0) } ?? ""
    return joined(directory, hexadecimal(hash(([working, entry.path] + searchPath).joined(separator: "\n"))))
  }

  private func makeDirectories(_ path: String) {
    if mkdir(path, 0o700) == 0 || errno != ENOENT { return }
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    makeDirectories(String(path[..<slash]))
    mkdir(path, 0o700)
  }

  private func write(_ parts: [UInt8]..., to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    var isWhole = true
    for part in parts {
      part.withUnsafeBytes { bytes in
        var written = 0
        while written < bytes.count, isWhole {
          let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
          if count > 0 { written += count } else if count == 0 || errno != EINTR { isWhole = false }
        }
      }
    }
    return close(descriptor) == 0 && isWhole
  }
}

/// A file that was looked for while a program's modules were found.
struct FileLookup {
  let path: String
  /// None where there was nothing.
  let file: SourceFile?
}

private func hash(_ text: String) -> UInt64 {
  var text = text
  return text.withUTF8 { xxh64(UnsafeRawBufferPointer($0)) }
}

private func hash(_ file: SourceFile) -> UInt64 { xxh64(UnsafeRawBufferPointer(file.bytes)) }
