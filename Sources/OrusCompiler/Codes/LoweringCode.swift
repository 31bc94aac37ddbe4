import OrusDiagnostics
import OrusSyntax

/// Errors that only show when generic code meets concrete types.
public enum LoweringCode: String, DiagnosticCode {
  case endlessInstantiation = "E2901"
  case functionTooComplex = "E2902"

  public var title: String {
    switch self {
    case .endlessInstantiation: "ENDLESS GENERIC RECURSION"
    case .functionTooComplex: "EXPRESSION TOO LARGE"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .endlessInstantiation:
      ExplainPage(
        """
        A generic function is compiled for each set of types it is used with. Here it calls itself with types that \
        grow at every call, so there would be no end of versions to compile.
        """,
        wrong: """
          fn nest<T>(x: T, depth: i32) -> i32:
              if depth == 0: 0 else: 1 + nest([x], depth - 1)

          print(nest("a", 3))
          """,
        right: """
          fn repeat<T>(x: T, depth: i32) -> i32:
              if depth == 0: 0 else: 1 + repeat(x, depth - 1)

          print(repeat("a", 3))
          """)
    case .functionTooComplex:
      ExplainPage(
        "One call, pattern or function expression of the function has so many parts, or stands so deep inside others "
          + "that have, that they do not fit the 256 registers of one frame.",
        wrong: "f(a1, …, a200, f(b1, …, b200, f(c1, …, c200)))",
        right: "let inner = f(c1, …, c200)\nlet middle = f(b1, …, b200, inner)\nf(a1, …, a200, middle)")
    }
  }
}

extension Lowering {
  mutating func reportEndlessInstantiation(at node: NodeID) {
    diagnostics.append(
      Diagnostic(
        .error, LoweringCode.endlessInstantiation, "this call uses the function at types that grow without end",
        at: Label(module.tree.span(node), "each round needs a version of the function for a larger type"),
        explanation: "Generic functions are compiled for each set of types they are used with.",
        help: [Help("let the recursive call pass the same types as the function was called with")]))
  }

  mutating func reportTooComplex(_ instance: Instance) {
    let info = typed.functions[Int(instance.function.index)]
    let span = module.tree.tokenSpan(info.node)
    diagnostics.append(
      Diagnostic(
        .error, LoweringCode.functionTooComplex, "this function needs more values at once than one frame holds",
        at: Label(span, "in this function"),
        explanation: "A call, a pattern or a function expression has each of its values in one of 256 registers.",
        help: [Help("take its largest one apart: give the result of an inner call a name of its own first")]))
  }
}
