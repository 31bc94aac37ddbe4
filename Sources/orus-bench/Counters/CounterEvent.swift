/// What is counted while a program runs.
enum CounterEvent: String, Codable, CodingKeyRepresentable, CaseIterable {
  case cycles
  case instructions
  case branches
  case branchMisses
  /// Of the first cache, for data and for instructions.
  case dataMisses
  case codeMisses
  /// Of the last cache: these go to memory.
  case lastLevelMisses
  case dataTLBMisses
  case codeTLBMisses

  /// PAPI's names, the best first: processors differ in what they have.
  var papiNames: [String] {
    switch self {
    case .cycles: ["PAPI_TOT_CYC"]
    case .instructions: ["PAPI_TOT_INS"]
    case .branches: ["PAPI_BR_INS", "PAPI_BR_CN"]
    case .branchMisses: ["PAPI_BR_MSP"]
    case .dataMisses: ["PAPI_L1_DCM"]
    case .codeMisses: ["PAPI_L1_ICM"]
    case .lastLevelMisses: ["PAPI_L3_TCM", "PAPI_L2_TCM"]
    case .dataTLBMisses: ["PAPI_TLB_DM"]
    case .codeTLBMisses: ["PAPI_TLB_IM"]
    }
  }

  /// Names of callgrind's that add up to it.
  var callgrindNames: [String] {
    switch self {
    case .cycles, .dataTLBMisses, .codeTLBMisses: []
    case .instructions: ["Ir"]
    case .branches: ["Bc", "Bi"]
    case .branchMisses: ["Bcm", "Bim"]
    case .dataMisses: ["D1mr", "D1mw"]
    case .codeMisses: ["I1mr"]
    case .lastLevelMisses: ["ILmr", "DLmr", "DLmw"]
    }
  }
}

/// What is known of one program with one engine.
typealias Counts = [CounterEvent: Double]

/// Counts of a run of the tool.
struct CounterResults: Codable, Equatable {
  enum Source: String, Codable {
    /// The processor's counters, through PAPI.
    case hardware
    /// valgrind's simulation of a simple processor: exact instructions, and caches and branches as it imagines them.
    case callgrind

    var text: String {
      switch self {
      case .hardware: "hardware counters, read with PAPI"
      case .callgrind: "no hardware counters here: instructions counted, caches and branches simulated by callgrind"
      }
    }
  }

  struct Entry: Codable, Equatable {
    var program: String
    var engine: String
    var counts: Counts
  }

  var source: Source
  var entries: [Entry] = []
}
