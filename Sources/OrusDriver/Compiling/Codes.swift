import OrusCompiler
import OrusDiagnostics
import OrusSyntax
import OrusTypes

/// Every code that Orus reports, in order. This is the one place that names the tables.
public var allDiagnosticCodes: [CatalogueEntry] {
  catalogue(
    RuntimeCode.self, SyntaxCode.self, TypeCode.self, FlowCode.self, PatternCode.self, FormatCode.self,
    ConstantCode.self, LoweringCode.self, ModuleCode.self, InternalCode.self, WarningCode.self)
}
