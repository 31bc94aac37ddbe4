import Foundation
import OrusBytecode
import Testing

@testable import OrusVM

/// Random programs of heap operations, each done beside a model in Swift objects; the two are compared again and again
/// while collections move, mark and free what they can.
///
/// A failure names its seed. `ORUS_HEAP_SEED=7 swift test --filter HeapModelTests` does that one alone in every mode,
/// with a million operations, or as many as ORUS_HEAP_STEPS says; ORUS_HEAP_SEEDS=20 does so many from that on. The
/// modes that check the heap at allocations do so at a hundredth of them then, or it would take days; optimised
/// (`swift test -Xswiftc -O` in a build of its own), all modes of a seed take a minute.
struct HeapModelTests {
  struct Run: Sendable, CustomTestStringConvertible {
    let seed: Int
    let steps: Int
    let mode: String
    var testDescription: String { "seed \(seed), \(steps) steps, \(mode)" }

    private static func modes(rarely: Int) -> [String] {
      [
        "", "marker=3", "marker=4,incremental", "every=\(rarely)", "every=\(7 * rarely),move,protect",
        "every=\(5 * rarely),marker=9",
      ]
    }

    static let all: [Run] = {
      let environment = ProcessInfo.processInfo.environment
      let numbers = environment.compactMapValues { Int($0) }
      if let seed = numbers["ORUS_HEAP_SEED"] {
        let seeds = seed..<seed + (numbers["ORUS_HEAP_SEEDS"] ?? 1)
        let steps = numbers["ORUS_HEAP_STEPS"] ?? 1_000_000
        return seeds.flatMap { seed in modes(rarely: 100).map { Run(seed: seed, steps: steps, mode: $0) } }
      }
      return modes(rarely: 1).enumerated().map { number, mode in
        Run(seed: number + 1, steps: mode.contains("every") ? 3_000 : 60_000, mode: mode)
      }
    }()
  }

  /// A node has a number, two references, an array of references and a text.
  private final class Model {
    let number: Int64
    var left: Model?
    var right: Model?
    var items: [Model?]
    var text: [UInt8]
    init(_ number: Int64, items: Int, text: [UInt8]) {
      self.number = number
      self.items = Array(repeating: nil, count: items)
      self.text = text
    }
  }

  private struct Random {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  private enum Word {
    static let left = 0
    static let right = 1
    static let items = 2
    static let text = 3
    static let number = 4
  }

  /// A heap and its model, and what names their objects.
  private struct World {
    let vm: VM
    let node: UInt32
    let list: TypeIndex
    let slots: [Slot]
    var models: [Model?]
    var random: Random

    static let roots = 24

    init?(_ run: Run) {
      var assembly = Assembly()
      node = UInt32(assembly.program.types.count)
      let next = TypeIndex(node + 1)
      list = TypeIndex(node + 2)
      assembly.program.types.append(TypeRow(.structure, elements: [.i64, next, next, list, .string]))
      assembly.program.types.append(TypeRow(.option, elements: [TypeIndex(node)]))
      assembly.program.types.append(TypeRow(.array, elements: [next]))
      assembly.function([.i32]) { code in code.op(.ret_s, 0) }
      guard let vm = VM(
        assembly.finish(), limits: Limits(), io: RunIO(), stop: StopFlag(), collector: CollectorOptions(run.mode)!)
      else { return nil }
      self.vm = vm
      slots = (0..<World.roots).map { _ in vm.pushRoot(nil) }
      models = Array(repeating: nil, count: World.roots)
      random = Random(state: UInt64(run.seed))
    }

    mutating func step(_ step: Int) -> Bool {
      let target = random.next(World.roots)
      let source = random.next(World.roots)
      switch random.next(13) {
      case 0...3: return make(at: target, number: Int64(step))
      case 4:
        slots[target].pointee = nil
        models[target] = nil
      case 5, 6:
        guard let object = slots[target].pointee, let model = models[target] else { break }
        let isLeft = random.next(2) == 0
        vm.store(slots[source].pointee, in: object, word: isLeft ? Word.left : Word.right)
        if isLeft { model.left = models[source] } else { model.right = models[source] }
      case 7, 8:
        guard let object = slots[target].pointee, let model = models[target], !model.items.isEmpty else { break }
        let index = random.next(model.items.count)
        vm.storeElement(slots[source].pointee, in: object.references[Word.items]!.arrayStorage, at: index)
        model.items[index] = models[source]
      case 9:
        guard let object = slots[target].pointee, let model = models[target] else { break }
        reverse(object.references[Word.items]!)
        model.items.reverse()
      case 10, 11: return join(target, source)
      default:
        guard let object = slots[target].pointee else { break }
        slots[target].pointee = object.references[Word.left]
        models[target] = models[target]!.left
      }
      return true
    }

    /// Some arrays have cards, few are large objects.
    private mutating func make(at target: Int, number: Int64) -> Bool {
      let size = [0, 3, 200, 5_000][random.next(100) < 98 ? random.next(3) : 3]
      let text = (0..<random.next(40)).map { _ in UInt8(97 + random.next(3)) }
      let base = vm.rootTop
      defer { vm.rootTop = base }
      guard let array = vm.allocateArray(list.index, capacity: size) else { return false }
      array.arrayCount = Int64(size)
      let arraySlot = vm.pushRoot(array)
      let textSlot = vm.pushRoot(nil)
      guard vm.makeString(textSlot, String(decoding: text, as: UTF8.self)) else { return false }
      // As a key of a map would be.
      if vm.stringHash(textSlot) % 2 == 0 { vm.intern(textSlot) }
      guard let object = vm.allocate(node, words: 5) else { return false }
      object.words[Word.number] = number
      vm.store(arraySlot.pointee, in: object, word: Word.items)
      vm.store(textSlot.pointee, in: object, word: Word.text)
      slots[target].pointee = object
      models[target] = Model(number, items: size, text: text)
      return true
    }

    private func reverse(_ array: UnsafeMutableRawPointer) {
      let storage = array.arrayStorage
      let count = Int(array.arrayCount)
      vm.rearrange(storage, count) { elements in
        var buffer = UnsafeMutableBufferPointer(start: elements, count: count)
        buffer.reverse()
      }
    }

    /// The text of one node is put behind that of another, and sometimes made flat.
    private mutating func join(_ target: Int, _ source: Int) -> Bool {
      guard let left = slots[target].pointee, let right = slots[source].pointee, let model = models[target],
        let other = models[source], model.text.count + other.text.count < 20_000
      else { return true }
      let base = vm.rootTop
      defer { vm.rootTop = base }
      let result = vm.pushRoot(left.references[Word.text])
      let rightText = vm.pushRoot(right.references[Word.text])
      guard vm.concatStrings(result, result, rightText) else { return false }
      if random.next(8) == 0 {
        guard vm.flatten(result), vm.isASCII(result.pointee!) else { return false }
      }
      vm.store(result.pointee, in: slots[target].pointee!, word: Word.text)
      model.text += other.text
      return true
    }

    /// How many differences there are between the heap and the model.
    func differences() -> Int {
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
        if object.words[Word.number] != model.number { failures += 1 }
        if Array(vm.swiftString(object.references[Word.text]).utf8) != model.text { failures += 1 }
        pending.append((object.references[Word.left], model.left))
        pending.append((object.references[Word.right], model.right))
        let array = object.references[Word.items]!
        if array.arrayCount != Int64(model.items.count) { failures += 1 }
        for (index, item) in model.items.enumerated() {
          let element = array.arrayStorage.elementReferences[index]
          if element != nil || item != nil { pending.append((element, item)) }
        }
      }
      return failures
    }

    /// Releases the models' chains one by one, not recursively.
    mutating func releaseModels() {
      var rest = models.compactMap { $0 }
      models = []
      while let model = rest.popLast() {
        if let left = model.left { rest.append(left) }
        if let right = model.right { rest.append(right) }
        rest += model.items.compactMap { $0 }
        model.left = nil
        model.right = nil
        model.items = []
      }
    }
  }

  @Test(arguments: Run.all)
  func randomGraphs(_ run: Run) throws {
    var world = try #require(World(run))
    let vm = world.vm
    defer { vm.deallocate() }
    for step in 0..<run.steps {
      if !world.step(step) {
        Issue.record("\(run.testDescription): step \(step) fails")
        break
      }
      if step % 997 == 0 {
        vm.collect(full: world.random.next(8) == 0)
        vm.verifyHeap()
      }
      if step % (run.steps / 8) == 0 { #expect(world.differences() == 0, "\(run.testDescription): step \(step)") }
    }
    #expect(world.differences() == 0, "\(run.testDescription): the end")
    for slot in world.slots { slot.pointee = nil }
    vm.collect(full: true)
    #expect(vm.machine.pointee.heap.usedBytes == 0, "\(run.testDescription): something is kept")
    world.releaseModels()
  }
}
