import OrusDiagnostics
import OrusSyntax
import XCTest

@testable import OrusTypes

/// Decision trees against the plain reading of patterns: over random matches,
/// every value of a small domain ends in the arm that trying one arm after
/// another gives, a `fail` node is reached exactly by what no arm matches, and
/// nothing is tested twice.
final class DecisionTreeTests: XCTestCase {
  func testAgreesWithTryingArmsInOrder() {
    var random = Generator(state: 7)
    for round in 0..<1500 {
      var fixture = PatternFixture()
      let type = fixture.randomType(depth: 2, &random)
      var isComplete = true
      let values = fixture.values(of: type, &isComplete)
      let arms = (0..<Int(random.next(below: 6)) + 1).map { _ in
        (pattern: fixture.randomPattern(type, depth: 3, &random), isGuarded: random.next(below: 5) == 0)
      }
      let program = fixture.program(arms)
      let tree = DecisionTree.match(fixture.match, module: 0, of: program)
      XCTAssertFalse(tree.isOverBudget)
      var isReached = Array(repeating: false, count: arms.count)
      var fails = false
      for value in values {
        // Guards: all true, and all false.
        for guards in [true, false] {
          let expected = arms.firstIndex { (!$0.isGuarded || guards) && fixture.matches($0.pattern, value) }
          let found = run(tree, value, guards, fixture)
          XCTAssertEqual(found, expected, "round \(round): \(fixture.text(arms.map(\.pattern))) on \(value)")
          if found != expected { return }
          if found == nil { fails = true }
        }
        for (i, arm) in arms.enumerated() where fixture.matches(arm.pattern, value) {
          if !arms[..<i].contains(where: { !$0.isGuarded && fixture.matches($0.pattern, value) }) {
            isReached[i] = true
          }
        }
      }
      if isComplete {
        XCTAssertEqual(tree.isReached, isReached, "round \(round): \(fixture.text(arms.map(\.pattern)))")
        XCTAssertEqual(tree.nodes.contains { $0.kind == .fail }, fails, "round \(round)")
      } else {
        for (found, seen) in zip(tree.isReached, isReached) where seen { XCTAssertTrue(found, "round \(round)") }
      }
      checkPaths(tree)
    }
  }

  /// No path is asked the same thing twice on the way to a leaf.
  private func checkPaths(_ tree: DecisionTree) {
    func walk(_ index: UInt32, _ asked: Set<[UInt64]>) {
      let node = tree.nodes[Int(index)]
      switch node.kind {
      case .leaf, .fail: return
      case .guarded: walk(node.otherwise, asked)
      default:
        let question = [UInt64(node.path), node.kind == .test ? tree.cases(node)[Int(node.first)].low : .max]
        XCTAssertFalse(asked.contains(question))
        let next = asked.union([question])
        for part in tree.cases(node) { walk(part.target, next) }
        if node.otherwise != DecisionTree.none { walk(node.otherwise, next) }
      }
    }
    walk(0, [])
  }

  /// The arm that the tree takes for a value; nil at a `fail` node.
  private func run(_ tree: DecisionTree, _ value: PatternFixture.Value, _ guards: Bool, _ fixture: PatternFixture)
    -> Int?
  {
    var index: UInt32 = 0
    while true {
      let node = tree.nodes[Int(index)]
      switch node.kind {
      case .leaf: return Int(node.arm)
      case .fail: return nil
      case .guarded:
        if guards { return Int(node.arm) }
        index = node.otherwise
      default:
        let part = fixture.part(value, tree, node.path)
        let key: UInt64 =
          switch part {
          case .integer(let number): UInt64(bitPattern: Int64(number))
          case .boolean(let flag): flag ? 1 : 0
          case .variant(let variant, _): UInt64(variant)
          case .array(let elements): UInt64(elements.count)
          case .tuple: 0
          }
        let isSigned = node.kind == .integer
        let taken = tree.cases(node).first {
          isSigned
            ? Int64(bitPattern: $0.low) <= Int64(bitPattern: key)
              && Int64(bitPattern: key) <= Int64(bitPattern: $0.high)
            : $0.low <= key && key <= $0.high
        }
        index = taken?.target ?? node.otherwise
        XCTAssertNotEqual(index, DecisionTree.none)
        if index == DecisionTree.none { return nil }
      }
    }
  }

  func testAWideMatchIsBuiltInReasonableTime() {
    var fixture = PatternFixture()
    let arms = (0..<20_000).map { (pattern: PatternFixture.Pattern.range($0, $0), isGuarded: false) }
    fixture.setType(.i32)
    let program = fixture.program(arms + [(.any, false)])
    let tree = DecisionTree.match(fixture.match, module: 0, of: program)
    XCTAssertEqual(tree.nodes.count, 20_002)
    XCTAssertFalse(tree.isReached.contains(false))
  }

  func testALongArrayPatternNeedsNoStack() {
    var fixture = PatternFixture()
    fixture.setType(fixture.types.array(.i32))
    let long = PatternFixture.Pattern.array(Array(repeating: .range(1, 1), count: 1_000), nil)
    let program = fixture.program([(long, false), (.any, false)])
    let tree = DecisionTree.match(fixture.match, module: 0, of: program)
    XCTAssertEqual(tree.isReached, [true, true])
  }

  func testBlowUpMeetsTheBudget() {
    var random = Generator(state: 3)
    var fixture = PatternFixture()
    fixture.setType(fixture.types.tuple(Array(repeating: .bool, count: 40)))
    let arms = (0..<400).map { _ -> (pattern: PatternFixture.Pattern, isGuarded: Bool) in
      var parts = Array(repeating: PatternFixture.Pattern.any, count: 40)
      for _ in 0..<4 { parts[Int(random.next(below: 40))] = .boolean(random.next(below: 2) == 0) }
      return (.tuple(parts), false)
    }
    let program = fixture.program(arms)
    var builder = TreeBuilder(module: program.modules[0], program: program, budget: 200_000)
    builder.addArms(of: fixture.match)
    builder.build()
    XCTAssertTrue(builder.tree.isOverBudget)
  }
}

struct Generator {
  var state: UInt64
  mutating func next(below bound: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % bound
  }
}
