/// What can go wrong between modules.
public enum ModuleCode: String, DiagnosticCode {
  case moduleNotFound = "E3001"
  case symbolNotFound = "E3002"
  case privateSymbol = "E3003"
  case importClash = "E3004"
  case importCycle = "E3005"
  case unreadableModule = "E3006"
  case damagedProgram = "E3007"

  public var title: String {
    switch self {
    case .moduleNotFound: "MODULE NOT FOUND"
    case .symbolNotFound: "NAME NOT IN MODULE"
    case .privateSymbol: "PRIVATE NAME"
    case .importClash: "IMPORTS CLASH"
    case .importCycle: "IMPORT CYCLE"
    case .unreadableModule: "MODULE UNREADABLE"
    case .damagedProgram: "DAMAGED PROGRAM"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .moduleNotFound:
      ExplainPage(
        "No file was found for an imported module. `use geometry.points` means the file `geometry/points.orus`, looked "
          + "for in the directory of the program's entry file, then in the directories of ORUS_PATH, then in the "
          + "standard library.",
        wrong: """
          use maths

          print(maths.sqrt(2.0))
          """,
        right: """
          use math

          print(math.sqrt(2.0))
          """)
    case .symbolNotFound:
      ExplainPage(
        "A module was imported, but it declares nothing of the name that is asked for.",
        wrong: """
          use math: squareroot

          print(squareroot(2.0))
          """,
        right: """
          use math: sqrt

          print(sqrt(2.0))
          """)
    case .privateSymbol:
      ExplainPage(
        "The name is declared in the module, but without `pub`, so it can be used in that module only. Put `pub` "
          + "before its declaration if it is meant for others.",
        wrong: """
          // shapes.orus
          fn area(w: i32, h: i32) -> i32: w * h

          // main.orus
          use shapes: area
          """,
        right: """
          // shapes.orus
          pub fn area(w: i32, h: i32) -> i32: w * h

          // main.orus
          use shapes: area
          """)
    case .importClash:
      ExplainPage(
        "Two imports give the same name to different things. Rename one of them with `as`, or import the module and "
          + "write its name before the symbol's.",
        wrong: """
          use circles: area
          use squares: area
          """,
        right: """
          use circles: area
          use squares: area as square_area
          """)
    case .importCycle:
      ExplainPage(
        "Modules import each other in a circle, so none of them could be initialised first. Move what both need into "
          + "a module of its own.",
        wrong: """
          // a.orus
          use b

          // b.orus
          use a
          """,
        right: """
          // shared.orus
          pub const LIMIT = 10

          // a.orus
          use b
          use shared: LIMIT

          // b.orus
          use shared: LIMIT
          """)
    case .unreadableModule:
      ExplainPage(
        "A file was found for an imported module, but it cannot be read: it may be a directory, belong to someone "
          + "else, or be larger than a source file can be (256 MiB).",
        wrong: """
          use settings    // settings.orus is a directory
          """,
        right: """
          use settings    // settings.orus is a file that you may read
          """)
    case .damagedProgram:
      ExplainPage(
        "A compiled program was refused: its checksum is wrong, another version of Orus wrote it, or its code does "
          + "not pass the verifier. Nothing of it was run. Compile it again from its source.",
        wrong: "orus run damaged.orusc",
        right: """
          orus compile main.orus -o main.orusc
          orus run main.orusc
          """)
    }
  }
}
