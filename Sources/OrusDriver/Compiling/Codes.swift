import OrusDiagnostics
import OrusSyntax
import OrusTypes

/// Every code that Orus reports, in order. This is the one place that names the tables.
public var allDiagnosticCodes: [CatalogueEntry] {
  catalogue(
    RuntimeCode.self, SyntaxCode.self, TypeCode.self, PatternCode.self, ModuleCode.self, InternalCode.self,
    WarningCode.self)
}
