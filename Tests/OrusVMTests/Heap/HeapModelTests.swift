import OrusBytecode
import Testing

@testable import OrusVM

/// Random graphs of objects, changed beside a model in Swift objects; the two are
/// compared again and again while collections move and free what they can.
struct HeapModelTests {
  /// A node has a number, two references and an array of references.
  private final class Model {
    let number: Int64
    var left: Model?
    var right: Model?
    var items: [Model?]
    init(_ number: Int64, items: Int) {
      self.number = number
      self.items = Array(repeating: nil, count: items)
    }
  }

  private struct Random {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  static let roots = 24

  @Test(arguments: [(1, false), (2, false), (3, true), (4, true)])
  func randomGraphs(seed: Int, collectsAlways: Bool) throws {
    var assembly = Assembly()
    let node = UInt32(assembly.program.types.count)
    let next = TypeIndex(node + 1)
    let list = TypeIndex(node + 2)
    assembly.program.types.append(TypeRow(.structure, elements: [.i64, next, next, list]))
    assembly.program.types.append(TypeRow(.option, elements: [TypeIndex(node)]))
    assembly.program.types.append(TypeRow(.array, elements: [next]))
    assembly.function([.i32]) { code in code.op(.ret_s, 0) }
    let program = assembly.finish()
    let vm = try #require(VM(
      program, limits: Limits(), io: RunIO(), stop: StopFlag(),
      collector: collectsAlways ? .everyAllocation : CollectorOptions()))
    defer { vm.deallocate() }

    var random = Random(state: UInt64(seed))
    var models: [Model?] = Array(repeating: nil, count: Self.roots)
    let slots = (0..<Self.roots).map { _ in vm.pushRoot(nil) }
    for step in 0..<(collectsAlways ? 3_000 : 60_000) {
      let target = random.next(Self.roots)
      switch random.next(10) {
      case 0...3:
        // Some arrays have cards, few are large objects.
        let size = [0, 3, 200, 5_000][random.next(100) < 98 ? random.next(3) : 3]
        let array = try #require(vm.allocateArray(list.index, capacity: size))
        array.arrayCount = Int64(size)
        let arraySlot = vm.pushRoot(array)
        let object = try #require(vm.allocate(node, words: 4))
        object.words[3] = Int64(step)
        vm.store(arraySlot.pointee, in: object, word: 2)
        vm.popRoots(1)
        slots[target].pointee = object
        models[target] = Model(Int64(step), items: size)
      case 4:
        slots[target].pointee = nil
        models[target] = nil
      case 5, 6:
        let source = random.next(Self.roots)
        guard let object = slots[target].pointee else { break }
        let isLeft = random.next(2) == 0
        vm.store(slots[source].pointee, in: object, word: isLeft ? 0 : 1)
        if isLeft { models[target]!.left = models[source] } else { models[target]!.right = models[source] }
      case 7, 8:
        let source = random.next(Self.roots)
        guard let object = slots[target].pointee, !models[target]!.items.isEmpty else { break }
        let index = random.next(models[target]!.items.count)
        vm.storeElement(slots[source].pointee, in: object.references[2]!.arrayStorage, at: index)
        models[target]!.items[index] = models[source]
      default:
        guard let object = slots[target].pointee else { break }
        slots[target].pointee = object.references[0]
        models[target] = models[target]!.left
      }
      if step % 997 == 0 {
        vm.collect(full: random.next(4) == 0)
        vm.verifyHeap()
      }
      if step % (collectsAlways ? 500 : 5_000) == 0 { compare(vm, slots, models) }
    }
    compare(vm, slots, models)
    for slot in slots { slot.pointee = nil }
    vm.collect(full: true)
    #expect(vm.machine.pointee.heap.usedBytes == 0)
    // The models' chains are released one by one, not recursively.
    var rest = models.compactMap { $0 }
    while let model = rest.popLast() {
      if let left = model.left { rest.append(left) }
      if let right = model.right { rest.append(right) }
      rest += model.items.compactMap { $0 }
      model.left = nil
      model.right = nil
      model.items = []
    }
  }

  private func compare(_ vm: VM, _ slots: [Slot], _ models: [Model?]) {
    var seen: [ObjectIdentifier: UnsafeMutableRawPointer] = [:]
    var pending: [(Reference, Model?)] = zip(slots, models).map { ($0.pointee, $1) }
    var failures = 0
    while let (reference, model) = pending.popLast() {
      guard let object = reference, let model else {
        if reference != nil || model != nil { failures += 1 }
        continue
      }
      if let known = seen[ObjectIdentifier(model)] {
        if known != object { failures += 1 }
        continue
      }
      seen[ObjectIdentifier(model)] = object
      if object.words[3] != model.number { failures += 1 }
      pending.append((object.references[0], model.left))
      pending.append((object.references[1], model.right))
      let array = object.references[2]!
      if array.arrayCount != Int64(model.items.count) { failures += 1 }
      for (index, item) in model.items.enumerated() {
        let element = array.arrayStorage.elementReferences[index]
        if element != nil || item != nil { pending.append((element, item)) }
      }
    }
    #expect(failures == 0)
  }
}
