import Foundation
import OrusBytecode
import Testing

@testable import OrusVM

/// The collection of the old space in its pieces.
struct CycleTests {
  private static let roots = 64

  /// A machine, the row of a pair of references, and roots.
  private func machine(_ mode: String) throws -> (vm: VM, pair: UInt32, slots: [Slot]) {
    var assembly = Assembly()
    let pair = UInt32(assembly.program.types.count)
    let next = TypeIndex(pair + 1)
    assembly.program.types.append(TypeRow(.structure, elements: [next, next]))
    assembly.program.types.append(TypeRow(.option, elements: [TypeIndex(pair)]))
    assembly.function([.i32]) { code in code.op(.ret_s, 0) }
    let vm = try #require(VM(
      assembly.finish(), limits: Limits(), io: RunIO(), stop: StopFlag(), collector: CollectorOptions(mode)!))
    return (vm, pair, (0..<Self.roots).map { _ in vm.pushRoot(nil) })
  }

  /// Puts a list of so many pairs into a slot.
  private func makeList(_ vm: VM, _ pair: UInt32, _ slot: Slot, _ count: Int) throws {
    slot.pointee = nil
    for _ in 0..<count {
      let object = try #require(vm.allocate(pair, words: 2))
      object.references[0] = slot.pointee
      slot.pointee = object
    }
  }

  private func length(_ start: Reference) -> Int {
    var count = 0
    var at = start
    while let object = at {
      count += 1
      at = object.references[0]
    }
    return count
  }

  /// A list moves from an object that has not been marked to one that has, and is found all the same.
  @Test(arguments: ["", "incremental"]) func whatMovesWhileMarkingIsFound(mode: String) throws {
    let (vm, pair, slots) = try machine(mode)
    defer { vm.deallocate() }
    for index in 0..<Self.roots { try makeList(vm, pair, slots[index], 2000) }
    vm.collect(full: true)
    vm.beginCycle(isConcurrent: true)
    #expect(vm.machine.pointee.heap.isMarking)
    for round in 0..<Self.roots * 4 {
      // Cut a list off behind its first pair, and hang it on the first pair of another.
      let source = slots[round % Self.roots].pointee!
      let target = slots[(round + 7) % Self.roots].pointee!
      vm.store(source.references[0], in: target, word: 1)
      vm.store(nil, in: source, word: 0)
      vm.store(target.references[1], in: source, word: 0)
      vm.store(nil, in: target, word: 1)
      if round % 16 == 0 { vm.collect(full: false) }
    }
    vm.completeCycle()
    vm.verifyHeap()
    for slot in slots { #expect(length(slot.pointee) == 2000) }
  }

  @Test(arguments: ["", "incremental"]) func whatDiesIsFreedByTheNextCycle(mode: String) throws {
    let (vm, pair, slots) = try machine(mode)
    defer { vm.deallocate() }
    let heap = vm.heap
    try makeList(vm, pair, slots[0], 100_000)
    vm.collect(full: true)
    #expect(heap.pointee.old.bytes == 100_000 * 32)
    vm.beginCycle(isConcurrent: true)
    slots[0].pointee = nil
    vm.completeCycle()
    #expect(heap.pointee.old.bytes == 100_000 * 32, "it was there when the cycle began")
    vm.collect(full: true)
    #expect(heap.pointee.old.bytes == 0)
  }

  /// With small collections alone, a cycle comes to its end.
  @Test(arguments: ["", "incremental"]) func aCycleEndsInPieces(mode: String) throws {
    let (vm, pair, slots) = try machine(mode)
    defer { vm.deallocate() }
    let heap = vm.heap
    for index in 0..<Self.roots { try makeList(vm, pair, slots[index], 10_000) }
    vm.collect(full: true)
    let before = heap.pointee.statistics.fullCollections
    vm.beginCycle(isConcurrent: true)
    var pauses = 0
    while heap.pointee.cycle.phase != .idle, pauses < 1_000_000 {
      vm.collect(full: false)
      pauses += 1
    }
    #expect(heap.pointee.cycle.phase == .idle)
    #expect(heap.pointee.statistics.fullCollections == before + 1)
    vm.verifyHeap()
    for slot in slots { #expect(length(slot.pointee) == 10_000) }
  }

  /// Survivors stay young for a while, and become old when there are many or they do not die.
  @Test func agesDependOnWhatSurvives() {
    var ages = AgeTable()
    #expect(ages.tenure(fitting: 100) == 3)
    ages.add(60, 2)
    ages.add(60, 1)
    #expect(ages.tenure(fitting: 100) == 2)
    ages.add(60, 1)
    #expect(ages.tenure(fitting: 100) == 1)
    #expect(ages.total == 180)
  }

  /// Two million allocations among lists that come and go: after the first third, memory hardly grows. The long form is
  /// `Tests/pauses`.
  @Test(arguments: ["", "incremental"]) func memoryHoldsInALongChurn(mode: String) throws {
    let (vm, pair, slots) = try machine(mode)
    defer { vm.deallocate() }
    let heap = vm.heap
    var random: UInt64 = 11
    var (early, late) = (0, 0)
    for step in 0..<2000 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      try makeList(vm, pair, slots[Int(random >> 33) % Self.roots], 1000)
      // A cycle follows the other, where usually there would have to be more for one.
      if heap.pointee.cycle.phase == .idle { heap.pointee.cycle.threshold = 0 }
      let blocks = heap.pointee.old.blockCount
      if step < 600 { early = max(early, blocks) } else { late = max(late, blocks) }
    }
    #expect(heap.pointee.statistics.fullCollections > 5)
    #expect(late <= early * 3 / 2, "\(early) blocks at first, \(late) later")
  }

  /// The pages of objects that died go back to the system.
  @Test func freeMemoryIsGivenBack() throws {
    let (vm, pair, slots) = try machine("")
    defer { vm.deallocate() }
    try makeList(vm, pair, slots[0], 500_000)
    slots[1].pointee = vm.allocateString(64 << 20)
    vm.collect(full: true)
    var blocks: Set<UnsafeMutableRawPointer> = []
    var at = slots[0].pointee
    while let object = at {
      blocks.insert(Block(of: object).head)
      at = object.references[0]
    }
    #expect(blocks.count > 100 && blocks.allSatisfy(isResident))
    slots[0].pointee = nil
    slots[1].pointee = nil
    vm.collect(full: true)
    // Few empty ones are kept.
    #expect(blocks.count { isResident($0) } <= blocks.count / 8)
    #expect(vm.heap.pointee.old.large.count == 0)
  }

  private func isResident(_ page: UnsafeMutableRawPointer) -> Bool {
    var answer: UInt8 = 0
    return mincore(page, 4096, &answer) == 0 && answer & 1 == 1
  }
}
