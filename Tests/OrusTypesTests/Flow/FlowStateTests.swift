import XCTest

@testable import OrusTypes

final class FlowStateTests: XCTestCase {
  func testSetsWithManySlots() {
    var set = SlotSet()
    for slot in [0, 63, 64, 127, 128, 1000] {
      XCTAssertFalse(set.contains(slot))
      set.insert(slot)
      XCTAssertTrue(set.contains(slot))
    }
    set.remove(64)
    XCTAssertFalse(set.contains(64))
    XCTAssertTrue(set.contains(127))
    let all = SlotSet.all(below: 65)
    XCTAssertTrue(all.contains(64))
    XCTAssertTrue(all.contains(0))
  }

  func testJoinKeepsWhatBothPathsAssigned() {
    var left = FlowState()
    var right = FlowState()
    for slot in [1, 100] { left.assigned.insert(slot) }
    left.maybeAssigned = left.assigned
    right.assigned.insert(100)
    right.maybeAssigned = right.assigned
    left.join(right)
    XCTAssertFalse(left.assigned.contains(1))
    XCTAssertTrue(left.assigned.contains(100))
    XCTAssertTrue(left.maybeAssigned.contains(1))
  }

  func testAPathThatEndedSaysNothing() {
    var state = FlowState.unreachable
    var other = FlowState()
    other.assigned.insert(3)
    state.join(other)
    XCTAssertTrue(state.isReachable)
    XCTAssertTrue(state.assigned.contains(3))
    state.join(.unreachable)
    XCTAssertTrue(state.assigned.contains(3))
  }
}
