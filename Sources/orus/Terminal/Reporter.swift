import Glibc
import OrusDiagnostics
import OrusDriver

/// Writes diagnostics to standard error.
struct Reporter {
  let form: DiagnosticFormat
  let colour: ColourChoice

  init(form: DiagnosticFormat = .full, colour: ColourChoice = .auto) {
    self.form = form
    self.colour = colour
  }

  /// - Parameter evenIfNone: whether the SARIF form writes a log without results.
  func report(_ diagnostics: [Diagnostic], files: SourceFiles, evenIfNone: Bool = false) {
    if diagnostics.isEmpty, !evenIfNone { return }
    let renderer = DiagnosticRenderer(form, colour: isColoured, files: files, toolVersion: orusVersion)
    writeToError(renderer.render(diagnostics))
  }

  private var isColoured: Bool {
    switch colour {
    case .always: true
    case .never: false
    case .auto: isatty(STDERR_FILENO) != 0 && !isSet("NO_COLOR") && environment("TERM") != "dumb"
    }
  }
}

/// The value of an environment variable; nil where it is not set.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// Whether an environment variable is set to something.
func isSet(_ name: String) -> Bool {
  environment(name).map { !$0.isEmpty } ?? false
}
