import Foundation
import GRDB

/// Runs of the tool in an SQLite file: each whole as JSON, and its measurements as rows to ask for.
struct History {
  private let database: DatabaseQueue

  /// Opens the file, making it or bringing it up to date where need be.
  init(file: String) throws {
    do {
      let folder = (Locations.absolute(file) as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      database = try DatabaseQueue(path: file)
      try Self.migrator.migrate(database)
    } catch {
      throw Failure("cannot use \(file) for the history: \(error.localizedDescription)")
    }
  }

  /// Where runs are kept unless the user says otherwise.
  static func defaultFile(benchmarks: String) -> String { "\(benchmarks)/history.sqlite" }

  private static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("runs and measurements") { database in
      try database.create(table: "run") { table in
        table.autoIncrementedPrimaryKey("id")
        table.column("date", .datetime).notNull().indexed()
        table.column("commit", .text)
        table.column("machine", .text).notNull()
        table.column("reference", .text).notNull()
        table.column("report", .blob).notNull()
      }
      try database.create(table: "measurement") { table in
        table.primaryKey {
          table.belongsTo("run", onDelete: .cascade)
          table.column("program", .text)
          table.column("engine", .text)
        }
        // Seconds and bytes.
        for name in ["median", "low", "high"] { table.column(name, .double).notNull() }
        for name in ["ratio", "ratioLow", "ratioHigh"] { table.column(name, .double) }
        table.column("peakBytes", .integer).notNull()
      }
    }
    return migrator
  }()

  func add(_ report: Report) throws {
    let json = try report.json()
    try database.write { database in
      try database.execute(
        sql: "INSERT INTO run (date, \"commit\", machine, reference, report) VALUES (?, ?, ?, ?, ?)",
        arguments: [report.date, report.commit, report.machine.line, report.settings.reference, json])
      let run = database.lastInsertedRowID
      for program in report.programs {
        for engine in program.engines {
          try database.execute(
            sql: "INSERT INTO measurement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
              run, program.name, engine.engine, engine.time.median, engine.time.low, engine.time.high,
              engine.ratio?.median, engine.ratio?.low, engine.ratio?.high, engine.peakBytes,
            ])
        }
      }
    }
  }

  /// The last run, or one with a number that `list` gave.
  func report(_ id: Int64? = nil) throws -> Report? {
    let json = try database.read { database in
      try id.map { try Data.fetchOne(database, sql: "SELECT report FROM run WHERE id = ?", arguments: [$0]) }
        ?? Data.fetchOne(database, sql: "SELECT report FROM run ORDER BY date DESC, id DESC LIMIT 1")
    }
    return try json.map { try Report(json: $0) }
  }

  /// The last runs, the newest last.
  func list(_ count: Int, engine: String) throws -> [HistoryEntry] {
    let rows = try database.read { database in
      try Row.fetchAll(
        database, sql: "SELECT id, date, \"commit\", machine, reference FROM run ORDER BY date DESC, id DESC LIMIT ?",
        arguments: [count])
    }
    return try rows.reversed().map { row in
      let ratios = try ratios(run: row["id"], engine: engine)
      return HistoryEntry(
        id: row["id"], date: row["date"], commit: row["commit"], machine: row["machine"], reference: row["reference"],
        mean: ratios.isEmpty ? nil : geometricMean(ratios.map(\.median)), programs: ratios.count)
    }
  }

  /// How a program went, or the geometric mean of all, on one machine against one reference: others do not compare.
  func points(_ program: String?, engine: String, machine: String, reference: String) throws -> [HistoryPoint] {
    let runs = try database.read { database in
      try Row.fetchAll(
        database, sql: "SELECT id, date, \"commit\" FROM run WHERE machine = ? AND reference = ? ORDER BY date, id",
        arguments: [machine, reference])
    }
    return try runs.compactMap { row in
      let ratios = try ratios(run: row["id"], engine: engine, program: program)
      guard !ratios.isEmpty else { return nil }
      let mean = Estimate(
        median: geometricMean(ratios.map(\.median)), low: geometricMean(ratios.map(\.low)),
        high: geometricMean(ratios.map(\.high)))
      return HistoryPoint(date: row["date"], commit: row["commit"], ratio: mean)
    }
  }

  private func ratios(run: Int64, engine: String, program: String? = nil) throws -> [Estimate] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT ratio, ratioLow, ratioHigh FROM measurement
          WHERE runId = ? AND engine = ? AND ratio IS NOT NULL AND (? IS NULL OR program = ?)
          """,
        arguments: [run, engine, program, program]
      ).map { Estimate(median: $0["ratio"], low: $0["ratioLow"], high: $0["ratioHigh"]) }
    }
  }
}
