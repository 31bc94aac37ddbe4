/// Runs of several commands in turn: A B C A B C …, so that what disturbs the machine for a while disturbs all.
struct Rounds {
  let launcher: Launcher
  let commands: [Command]
  /// Called after each run with how many are done.
  var progress: (Int) -> Void = { _ in }

  /// Samples of each command.
  func take(_ samples: Int, warmUp: Int) throws -> [[Sample]] {
    var taken: [[Sample]] = commands.map { _ in [] }
    var done = 0
    for round in 0..<(warmUp + samples) {
      for (index, command) in commands.enumerated() {
        let run = try launcher.run(command)
        guard run.succeeded else { throw Failure("\(command.text) \(run.failure)") }
        if round >= warmUp { taken[index].append(run.sample) }
        done += 1
        progress(done)
      }
    }
    return taken
  }
}
