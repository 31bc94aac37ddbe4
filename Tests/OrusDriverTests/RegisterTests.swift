import OrusBytecode
import OrusDiagnostics
import OrusDriver
import OrusThreads
import Testing

/// Between two statements the only registers in use are those of locals: many of a kind need no more than one.
struct RegisterTests {
  /// In a function with `n: i32`, `t: i32` and `xs: [i32]`, of which the last two may change.
  private static let statements = [
    "t += n * 2 + t",
    "xs.push(n)",
    "xs[0] = t",
    "print(n, t, f\"{n} {xs}\")",
    "if n > 2: t += 1",
    "if n > 2: t += 1\n    elif n < 0: t -= 1\n    else: t = 0",
    "while t < n: t += 1",
    "for i in 0..n: t += i",
    "for x in xs: t += x",
    "for (k, v) in {n: t}: t += k * v",
    "for c in \"abc\": t += len(c)",
    "match n:\n        0: print(t)\n        1..5: t += 1\n        k if k > t: t = k\n        _: pass",
    "match find(n):\n        Some(x): t += x\n        None: t = 0",
    "if let Some(x) = find(n): t += x",
    "while let Some(x) = xs.pop(): t += x",
    "t = if n > 1: match n:\n        2: 1\n        _: 2\n    else: 3",
    "try:\n        t += n / t\n    catch e:\n        print(e.message)",
    "t = try: n / t catch _: 0",
    "try:\n        t += n / t\n    catch e:\n        let show = fn() -> string: e.message\n        print(show())",
    "t += xs.map(fn(x): x + t).sum()",
    "t += sum([x * y for x in xs for y in xs if x > y])",
    "t += match find(n):\n        Some(x): x\n        _: 0",
    "print(xs[1..], (n, t), n in xs, [t; 3])",
    "print(t) if n > 1 else print(n)",
  ]

  @Test(arguments: statements) func manyNeedNoMoreThanOne(_ statement: String) {
    let one = registers(of: statement, copies: 1)
    #expect(one != nil, "it does not compile")
    #expect(registers(of: statement, copies: 60) == one)
  }

  private func registers(of statement: String, copies: Int) -> [UInt16]? {
    var text = "fn find(n: i32) -> i32?: Some(n) if n > 0 else None\n"
    text += "fn f(n: i32, start: i32) -> i32:\n    let mut t = start\n    let xs = [n, n + 1]\n"
    for _ in 0..<copies { text += "    \(statement)\n" }
    text += "    t\nprint(f(3, 4))\n"
    return onDeepStack {
      let compiler = Compiler(access: MemoryFiles([:]), workers: .none)
      let compilation = compiler.compile(SourceFile(path: "many.orus", text: text.utf8), purpose: .run)
      guard let bytes = compilation.program?.serialized(), let program = try? load(bytes) else { return nil }
      let function = program.functions.first { program.strings[Int($0.name)].elementsEqual("f".utf8) }
      return function.map { [$0.scalarRegisters, $0.referenceRegisters, $0.scalarSpills, $0.referenceSpills] }
    }
  }
}
