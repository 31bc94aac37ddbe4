import Foundation
import Testing

/// A program of several files.
struct Project: Sendable, CustomTestStringConvertible {
  let name: String
  let entry: String
  /// Texts by path.
  let files: [String: String]

  var testDescription: String { name }
}

// MARK: Those of the conformance suite

extension Project {
  /// Every case of several files.
  static let cases: [Project] = {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Conformance")
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".orus") }.sorted().compactMap { name in
      (try? String(contentsOf: root.appending(path: name), encoding: .utf8)).flatMap { Project(name, parts: $0) }
    }
  }()

  /// Nil if there is one file alone. Each further one stands behind a line `//--- name`.
  private init?(_ name: String, parts text: String) {
    let parts = ("//--- main.orus\n" + text).components(separatedBy: "//--- ").dropFirst().map { part in
      let end = part.firstIndex(of: "\n") ?? part.endIndex
      return (String(part[..<end]), String(part[end...]))
    }
    if parts.count < 2 { return nil }
    self.init(name: name, entry: "main.orus", files: Dictionary(parts) { $1 })
  }
}

// MARK: Generated ones

extension Project {
  /// How modules import each other. Module 0 is the entry file.
  enum Shape: CaseIterable {
    /// One imports all the others.
    case wide
    /// Each imports the next.
    case chain
    /// All import one.
    case diamond
    /// Each imports the two below it.
    case tree
    /// Two trees, of which one imports from the other.
    case woven

    func imports(of module: Int, count: Int) -> [Int] {
      let all: [Int] =
        switch self {
        case .wide: module == 0 ? Array(1..<count) : []
        case .chain: [module + 1]
        case .diamond: module == 0 ? Array(1..<count - 1) : [count - 1]
        case .tree: [2 * module + 1, 2 * module + 2]
        case .woven: [2 * module + 1, 2 * module + 2] + (module % 3 == 1 ? [module + 4] : [])
        }
      return all.filter { $0 > module && $0 < count }
    }
  }

  /// What is wrong with some of the modules.
  enum Faults: CaseIterable {
    case none, types, syntax, foreignMethods
  }

  static let generated: [Project] = Shape.allCases.flatMap { shape in
    Faults.allCases.map { Project(shape, $0, count: 12) }
  }

  init(_ shape: Shape, _ faults: Faults, count: Int) {
    name = "\(shape), faults: \(faults)"
    entry = "m0.orus"
    var files: [String: String] = [:]
    for module in 0..<count {
      files["m\(module).orus"] = Self.text(of: module, imports: shape.imports(of: module, count: count), faults)
    }
    self.files = files
  }

  /// Uses what gives rows to tables: declarations, type parameters that are written and inferred, closures, constants
  /// that are computed, methods, and functions of the library.
  private static func text(of n: Int, imports: [Int], _ faults: Faults) -> String {
    let uses = imports.map { m in
      m % 2 == 0
        ? "use m\(m): work\(m), Item\(m), Tree\(m), NAME\(m), SIZE\(m)\n"
        : "use m\(m)\nuse m\(m) as alias\(m)\n"
    }
    let calls = imports.map { m in
      let module = m % 2 == 0 ? "" : "m\(m)."
      return """
            const SIZE = \(module)SIZE\(m) + 1
            total += SIZE + \(module)work\(m)(limit - 1) + \(module)Item\(m).new(limit).key
            kept.push(\(module)NAME\(m))
            if let \(module)Tree\(m).Node(_, v, _) = \(module)Tree\(m).Leaf.insert(total): total += v

        """
    }
    return uses.joined() + """
      use \(["math", "collections.deque: Deque", "random", "testing: assert_true"][n % 4])
      \(n % 3 == 0 ? "const MORE\(n) = \"text\" + \"\(n)\"" : "")
      pub const NAME\(n): string = "module " + "\(n)"
      pub const SIZE\(n) = \(faults == .types && n % 3 == 1 ? "1 / 0" : "10 * \(n)")
      const SIZES\(n) = [1, 2 + 3, \(n)]
      pub let mut counter\(n) = 0
      pub let table\(n) = {"a": (1, 2.5), "b": (\(n), 3.5)}

      pub struct Item\(n)<T>:
          pub key: T
          pub weight: f64 = 1.5
          pub tags: [string] = ["tag\(n)", "tag"]

      pub enum Tree\(n)<T>:
          Leaf
          Node(left: Tree\(n)<T>, value: T, right: Tree\(n)<T>)

      impl<T> Item\(n)<T>:
          pub fn new(key: T) -> Item\(n)<T>: Item\(n){ key: key }
          pub fn heavier(self, by: f64 = 2.0) -> Item\(n)<T>: Item\(n){ key: self.key, weight: self.weight * by }
          fn compare(self, other: Item\(n)<T>) -> Ordering: compare(self.weight, other.weight)

      impl<T: Comparable> Tree\(n)<T>:
          pub fn insert(self, value: T) -> Tree\(n)<T>:
              match self:
                  Tree\(n).Leaf: Tree\(n).Node(Tree\(n).Leaf, value, Tree\(n).Leaf)
                  Tree\(n).Node(left, at, right):
                      if value < at: Tree\(n).Node(left.insert(value), at, right)
                      else: Tree\(n).Node(left, at, right.insert(value))

      fn twice\(n)(f, x): f(f(x))
      fn pair\(n)(a, b): (a, b, a == b)
      fn many\(n)(a, b, c, d, e, f, g, h): (h, g, f, e, d, c, b, a)
      fn through\(n)(x): x.heavier(2.0)
      fn is_even\(n)(x): x == 0 or is_odd\(n)(x - 1)
      fn is_odd\(n)(x): x != 0 and is_even\(n)(x - 1)
      fn read\(n)(xs: [i32]) -> i32: xs[0] + xs.len()
      fn kept\(n)(xs: [i32]) -> [i32]: xs
      fn sent\(n)<T: Sendable>(job: T) -> T: job

      pub fn work\(n)(limit: i32) -> i32:
          const LOCAL = "local " + NAME\(n)
          let mut total = 0
          let kept = [LOCAL]
          if limit < 0: return kept.len()
      \(calls.joined())
          fn add(k: i32):
              total += k
          fn outer(k: i32) -> fn() -> i32:
              fn():
                  inner(k)
                  total
          fn inner(k: i32):
              add(k - total)
          total += outer(limit)()
          let all = many\(n)(1, "b", 2.5, true, [1], (1, 2), through\(n)(Item\(n).new(1)).weight, None as i32?)
          if all.1 > 100.0: return 0
          for i in 0..limit:
              add(twice\(n)(fn(x): x * 2 + \(n), i))
          let fixed: [i32; 3] = [1, 2, 3]
          let sizes = SIZES\(n)
          sizes.push(sent\(n)(fn(x: i32): x + 1)(total))
          let (low, high, same) = pair\(n)(total, limit)
          let seen: Map<(i32, string), Item\(n)<string>> = {(1, "x"): Item\(n).new("k").heavier()}
          let texts = [f"{total:>4} {kept.len()}", kept[0]].map(fn(text): text + "!").filter(fn(t): t.len() > 1)
          if same and is_even\(n)(high): low else: high + read\(n)(fixed) + seen.len() + SIZES\(n)[1] + texts.len()

      pub fn largest\(n)<T: Comparable>(xs: [T], default: T) -> T:
          let mut best = default
          let better = fn(x: T) -> bool:
              fn is_more(y: T) -> bool: y > best
              is_more(x)
          for x in xs:
              if better(x): best = x
          best

      counter\(n) += work\(n)(3)
      print("{} {} {}", NAME\(n), counter\(n), largest\(n)([Item\(n).new(1)], Item\(n).new(2)).key)

      """ + text(of: faults, n)
  }

  private static func text(of faults: Faults, _ n: Int) -> String {
    switch faults {
    case .none: return ""
    case .types where n % 3 == 1:
      return """
        fn wrong\(n)(x: Missing) -> i32: missing + x
        fn unhashable\(n)(m: Map<[i32], string>): m.nothing
        const LOOP\(n) = LOOP\(n) + 1
        const ZERO\(n): i32 = 1 / 0
        pub fn open\(n)(a, b): (a, b)
        let left\(n): [i32] = kept\(n)([1, 2, 3; 3])
        let fixed\(n): [i32; 2] = [1, 2]
        print("{}", kept\(n)(fixed\(n)), Missing, true + 1)
        SIZES\(n)[0] = 9
        fn leaks\(n)() -> i32:
            let mut k = 0
            k += 1
            sent\(n)(fn(): k)()
        let unused = fn(x): x.field

        """
    case .syntax where n % 4 == 2: return "fn broken\(n)(: i32\nlet = 1\n"
    case .foreignMethods where n % 2 == 1:
      return """
        impl i32:
            pub fn times_\(n)(self) -> i32: self * \(n)
        impl string:
            pub fn marked_\(n)(self) -> string: self + "\(n)"
        print("{} {}", 5.times_\(n)(), "m".marked_\(n)())

        """
    case .foreignMethods:
      // Sees the methods of modules that are initialised earlier, and misses the others.
      return "print(\"{} {}\", 2.times_\(n + 1)(), \"n\".marked_\(max(n - 1, 1))())\n"
    case .types, .syntax: return "fn spare\(n)(Odd: i32): pass\n"
    }
  }
}
