import OrusBytecode
import OrusDiagnostics

/// Whether a file is meant as a compiled program, whole or not.
public func isCompiledProgram(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { isContainer(bytes) }

/// Why a compiled program is refused.
public struct LoadFailure: Error, Sendable {
  public let diagnostic: Diagnostic
  public let files: SourceFiles
}

/// The program in a file that `orus compile` wrote. It is verified: nothing is expected of the bytes.
public func loadProgram(_ file: SourceFile) -> Result<VerifiedProgram, LoadFailure> {
  let reason: String
  do throws(LoadError) {
    let program = try load(Array(file.bytes))
    do throws(VerificationError) {
      return .success(try verify(program))
    } catch {
      reason = "the verifier refuses its code (\(error))"
    }
  } catch {
    reason = "\(error)"
  }
  // Its bytes are nothing to show a line of.
  var files = SourceFiles()
  let number = files.add(SourceFile(path: file.path, text: []))
  let place = Span(file: number, start: 0, end: 0)
  return .failure(LoadFailure(diagnostic: DriverMessage.damaged(file.path, reason: reason, at: place), files: files))
}
