import ArgumentParser

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List past runs, or how one program went.")

  @Argument(help: ArgumentHelp("A program whose ratios to show. (default: the means of all)", valueName: "program"))
  var program: String?

  @Option(help: ArgumentHelp("The engine to show.", valueName: "name"))
  var engine = "orus"

  @Option(help: ArgumentHelp("How many runs to show.", valueName: "n"))
  var last = 20

  @Option(
    help: ArgumentHelp(
      "The folder with the programs. (default: the nearest folder `Benchmarks`)", valueName: "folder"))
  var benchmarks: String?

  @OptionGroup var options: HistoryOptions

  func validate() throws {
    guard last > 0 else { throw ValidationError("--last wants at least 1 run.") }
  }

  func run() throws {
    let history = try History(file: try options.file(benchmarks: Self.folder(benchmarks)))
    guard let newest = try history.report() else {
      print("There are no runs yet: `orus-bench run` adds one.")
      return
    }
    print(try (program.map { try one($0, history, newest) } ?? all(history)).text, terminator: "")
  }

  private func all(_ history: History) throws -> Table {
    var table = Table(
      title: "Runs, the newest last", header: ["run", "date (UTC)", "commit", "programs", "mean of \(engine)", "to"])
    table.rows = try history.list(last, engine: engine).map {
      [
        String($0.id), minute($0.date), $0.commit.map { String($0.prefix(10)) } ?? "–", String($0.programs),
        $0.mean.map(ratio) ?? "–", $0.reference,
      ]
    }
    return table
  }

  private func one(_ program: String, _ history: History, _ newest: Report) throws -> Table {
    let reference = newest.settings.reference
    let points = try history.points(program, engine: engine, machine: newest.machine.line, reference: reference)
    guard !points.isEmpty else { throw Failure("no run on this machine has \(program) with \(engine)") }
    var table = Table(
      title: "\(program): \(engine) ÷ \(reference)", header: ["date (UTC)", "commit", "ratio", "95 %"], wordColumns: 2)
    table.rows = points.suffix(last).map {
      [
        minute($0.date), $0.commit.map { String($0.prefix(10)) } ?? "–", ratio($0.ratio.median),
        "\(ratio($0.ratio.low)) – \(ratio($0.ratio.high))",
      ]
    }
    return table
  }

  static func folder(_ wanted: String?) throws -> String {
    guard let folder = wanted ?? Locations.benchmarks() else {
      throw Failure("there is no folder `Benchmarks` here or above; say where history.sqlite is with --history")
    }
    return folder
  }
}
