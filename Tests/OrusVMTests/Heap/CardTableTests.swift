import OrusBytecode
import Testing

@testable import OrusVM

/// Slots of old objects that come to hold young references: on which cards they are, and that they are found there.
struct CardTableTests {
  /// By default a machine in which survivors stay young until everything is collected.
  private func machine(_ mode: String = "move") throws -> VM {
    var assembly = Assembly()
    assembly.function([.i32]) { code in code.op(.ret_s, 0) }
    let vm = VM(
      assembly.finish(), limits: Limits(), io: RunIO(), stop: StopFlag(), collector: CollectorOptions(mode)!)
    return try #require(vm)
  }

  /// The indices of the elements whose cards are dirty.
  private func dirtyElements(_ storage: UnsafeMutableRawPointer) -> [Int] {
    let block = Block(of: storage)
    return (0..<Int(storage.storageCapacity)).filter { index in
      let (word, bit) = block.card(of: storage.elementReferences + index)
      return block.cards[word] >> bit & 1 == 1
    }
  }

  /// Lengths of cells, of large objects in a block, and of some that are longer.
  @Test(arguments: [1, 7, 100, 1_000, 7_000, 20_000]) func aStoreDirtiesOneCard(capacity: Int) throws {
    let vm = try machine()
    defer { vm.deallocate() }
    let slot = vm.pushRoot(vm.allocateStorage(.reference, capacity: capacity))
    vm.collect(full: true)
    let storage = try #require(slot.pointee)
    #expect(!vm.isYoung(storage) && dirtyElements(storage).isEmpty && vm.machine.pointee.heap.cards.count == 0)
    for index in Set([0, capacity / 3, capacity / 2, capacity - 1]) {
      let text = try #require(vm.allocateString(8))
      text.words[1] = Int64(index)
      vm.storeElement(text, in: storage, at: index)
      let dirty = dirtyElements(storage)
      #expect(dirty.contains(index) && dirty.count <= 8 && dirty.last! - dirty.first! == dirty.count - 1)
      #expect(vm.machine.pointee.heap.cards.count == 1)
      vm.verifyHeap()
      for _ in 0..<4 {
        #expect(vm.isYoung(storage.elementReferences[index]))
        vm.collect(full: false)
        vm.verifyHeap()
      }
      vm.collect(full: true)
      #expect(storage.elementReferences[index]?.words[1] == Int64(index))
      #expect(dirtyElements(storage).isEmpty && vm.machine.pointee.heap.cards.count == 0)
    }
  }

  @Test(arguments: [(1, 0), (8, 0), (64, 3), (512, 1), (513, 0), (1_000, 7)])
  func rangesAreDirtyFromEndToEnd(count: Int, start: Int) throws {
    let vm = try machine()
    defer { vm.deallocate() }
    let slot = vm.pushRoot(vm.allocateStorage(.reference, capacity: 2_000))
    vm.collect(full: true)
    let storage = try #require(slot.pointee)
    vm.machine.pointee.heap.cards.dirty(storage.elementReferences + start, count: count, in: Block(of: storage))
    let dirty = dirtyElements(storage)
    #expect(dirty.first! <= start && dirty.first! > start - 8)
    #expect(dirty.last! >= start + count - 1 && dirty.last! < start + count + 7)
    #expect(dirty.count == dirty.last! - dirty.first! + 1)
    vm.collect(full: false)
    #expect(dirtyElements(storage).isEmpty)
  }

  @Test func anObjectThatIsBornOldIsDirtyAllOver() throws {
    let vm = try machine()
    defer { vm.deallocate() }
    let storage = try #require(vm.allocateStorage(.reference, capacity: 200_000))
    let slot = vm.pushRoot(storage)
    #expect(dirtyElements(storage).count == 200_000)
    storage.elementReferences[199_999] = vm.allocateString(8)
    vm.collect(full: false)
    #expect(slot.pointee == storage && dirtyElements(storage).last == 199_999 && dirtyElements(storage).count <= 8)
  }

  /// A storage object that has been filled with old references and a young one.
  @Test func onlyCardsWithYoungReferencesStayDirty() throws {
    let vm = try machine()
    defer { vm.deallocate() }
    let old = vm.pushRoot(vm.allocateString(8))
    vm.collect(full: true)
    let young = vm.pushRoot(vm.allocateString(8))
    let storage = try #require(vm.allocateStorage(.reference, capacity: 200_000))
    let slot = vm.pushRoot(storage)
    storage.elementReferences.update(repeating: old.pointee, count: 200_000)
    storage.elementReferences[70_000] = young.pointee
    vm.settleCards(of: storage)
    let dirty = dirtyElements(storage)
    #expect(dirty.contains(70_000) && dirty.count <= 8)
    vm.collect(full: false)
    vm.verifyHeap()
    #expect(slot.pointee!.elementReferences[70_000] == young.pointee)
  }

  @Test func whatAFilledArrayNamesBecomesOld() throws {
    let vm = try machine("")
    defer { vm.deallocate() }
    let slot = vm.pushRoot(vm.allocateStorage(.reference, capacity: 20_000))
    vm.collect(full: true)
    let storage = try #require(slot.pointee)
    let text = vm.pushRoot(vm.allocateString(8))
    vm.machine.pointee.heap.tenure = HeaderFlags.ageMask
    vm.storeElement(text.pointee, in: storage, at: 5)
    vm.collect(full: false)
    #expect(vm.isYoung(text.pointee) && dirtyElements(storage).contains(5))
    vm.machine.pointee.heap.tenure = HeaderFlags.ageMask
    for index in 0..<20_000 { vm.storeElement(text.pointee, in: storage, at: index) }
    // What a root names stays young.
    text.pointee = nil
    vm.collect(full: false)
    #expect(!vm.isYoung(storage.elementReferences[5]) && dirtyElements(storage).isEmpty)
  }
}
