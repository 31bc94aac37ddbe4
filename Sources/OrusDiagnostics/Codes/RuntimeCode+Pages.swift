extension RuntimeCode {
  public var page: ExplainPage {
    switch self {
    case .divisionByZero:
      ExplainPage(
        "An integer was divided by zero with `/` or `%`. Integers have no value for the result, so the program stops "
          + "here. Check the divisor first, or use `f64`, where division by zero gives an infinity or NaN.",
        wrong: """
          fn mean(total: i32, count: i32) -> i32:
              total / count

          print(mean(10, 0))
          """,
        right: """
          fn mean(total: i32, count: i32) -> i32?:
              if count == 0: return None
              total / count

          print(mean(10, 0))
          """)
    case .indexOutOfRange:
      ExplainPage(
        "An index or a slice bound lies outside of the array or string. The first element has index 0, the last one "
          + "`len(xs) - 1`; a negative index is out of range too. `first()` and `last()` give an `Option` instead.",
        wrong: """
          let xs = [10, 20, 30]
          print(xs[3])
          """,
        right: """
          let xs = [10, 20, 30]
          print(xs[len(xs) - 1])
          """)
    case .integerOverflow:
      ExplainPage(
        "The exact result of an integer operation does not fit its type. Use a wider type, or `&+`, `&-` and `&*` "
          + "where wrapping around is what you mean.",
        wrong: """
          let mut n: i32 = 2147483647
          n += 1
          print(n)
          """,
        right: """
          let mut n: i64 = 2147483647
          n += 1
          print(n)
          """)
    case .shiftOutOfRange:
      ExplainPage(
        "A shift count must be at least 0 and less than the number of bits of the shifted value.",
        wrong: """
          let bits = 32
          print(1 << bits)
          """,
        right: """
          let bits = 32
          let one: i64 = 1
          print(one << bits)
          """)
    case .zeroStep:
      ExplainPage(
        "A range with a step of zero would never come to its end.",
        wrong: """
          let step = 0
          for i in 0..10..step: print(i)
          """,
        right: """
          let step = 2
          for i in 0..10..step: print(i)
          """)
    case .keyNotFound:
      ExplainPage(
        "`m[k]` reads a key that must be there. Where it may be missing, `m.get(k)` gives an `Option` and "
          + "`m.get_or(k, default)` a value in any case.",
        wrong: """
          let ages = {"Ada": 36}
          print(ages["Alan"])
          """,
        right: """
          let ages = {"Ada": 36}
          print(ages.get_or("Alan", 0))
          """)
    case .changedWhileIterating:
      ExplainPage(
        "Keys were added to or removed from a map or set while a `for` loop ran over it, so the loop no longer knows "
          + "what is left. Iterate over a copy of the keys, or collect the changes and make them afterwards.",
        wrong: """
          let m = {"a": 1, "b": 2}
          for (k, v) in m: m.remove(k)
          """,
        right: """
          let m = {"a": 1, "b": 2}
          for k in m.keys(): m.remove(k)
          """)
    case .callDepthExceeded:
      ExplainPage(
        "More calls were active at once than the stack limit allows, most often because a recursion has no end. A "
          + "call in tail position takes no stack; `--max-stack` raises the limit.",
        wrong: """
          fn count(n: i32) -> i32:
              1 + count(n + 1)

          print(count(0))
          """,
        right: """
          fn count(n: i32, limit: i32) -> i32:
              if n == limit: 0 else: 1 + count(n + 1, limit)

          print(count(0, 100))
          """)
    case .insideCharacter:
      ExplainPage(
        "Positions in a string are counted in bytes, and a character outside of ASCII takes several. An index or "
          + "slice bound must lie at the beginning of one. `find` gives such positions, `chars()` the characters.",
        wrong: """
          let s = "né"
          print(s[2..])
          """,
        right: """
          let s = "né"
          print(s.chars()[1])
          """)
    case .heapLimitReached:
      ExplainPage(
        "The objects that the program can still reach need more memory than it may use. Drop what is no longer "
          + "needed, or raise the limit with `--max-heap`, such as `--max-heap 4G`.",
        wrong: """
          let all: [string] = []
          while true: all.push("x".repeat(1000000))
          """,
        right: """
          let mut total: i64 = 0
          for i in 0..1000: total += len("x".repeat(1000)) as i64
          print(total)
          """)
    case .stepLimitReached:
      ExplainPage(
        "The program has executed as many instructions as `--max-steps` allows, or the program that embeds it has "
          + "stopped it. The limit stays reached, so this panic can be caught only once.",
        wrong: """
          let mut n = 0
          while n >= 0: n = (n + 1) % 10
          """,
        right: """
          let mut n = 0
          while n < 10: n += 1
          """)
    case .wrongDynamicType:
      ExplainPage(
        "An `any` was taken back with `as` as a type that it does not hold. Ask with `is` first.",
        wrong: """
          let x: any = "five"
          print(x as i32)
          """,
        right: """
          let x: any = "five"
          if x is i32: print(x as i32) else: print("no number")
          """)
    case .noSuchDynamicMember:
      ExplainPage(
        "A method was called on an `any`, or a field read from it, and the value that it holds has none of that name.",
        wrong: """
          let x: any = 5
          print(x.area())
          """,
        right: """
          let x: any = "five"
          print(x.upper())
          """)
    case .panic:
      ExplainPage(
        "The program called `panic`, because something happened that it cannot go on from. For a failure that the "
          + "caller should deal with, return a `Result` instead.",
        wrong: """
          fn half(n: i32) -> i32:
              if n % 2 != 0: panic("{} is odd", n)
              n / 2

          print(half(3))
          """,
        right: """
          fn half(n: i32) -> Result<i32, string>:
              if n % 2 != 0: return Err("odd")
              Ok(n / 2)

          print(half(3))
          """)
    case .assertionFailed:
      ExplainPage(
        "The condition of an `assert` is false: something that was taken for granted at this place does not hold.",
        wrong: """
          fn average(xs: [i32]) -> i32:
              assert(len(xs) > 0, "an average needs a value")
              sum(xs) / len(xs)

          print(average([]))
          """,
        right: """
          fn average(xs: [i32]) -> i32:
              assert(len(xs) > 0, "an average needs a value")
              sum(xs) / len(xs)

          print(average([1, 2, 3]))
          """)
    case .unwrapOfNothing:
      ExplainPage(
        "`unwrap` or `expect` was called on a `None` or an `Err`, which hold no value to give. `unwrap_or` has a "
          + "value for that case, `match` and `if let` tell the cases apart.",
        wrong: """
          let xs: [i32] = []
          print(xs.first().unwrap())
          """,
        right: """
          let xs: [i32] = []
          if let Some(x) = xs.first(): print(x) else: print("empty")
          """)
    case .notANumber:
      ExplainPage(
        "`int` or `float` was given text that is no number. `parse_int` and `parse_float` give a `Result` instead, "
          + "for text that comes from outside.",
        wrong: """
          print(int("12 apples"))
          """,
        right: """
          match "12 apples".parse_int():
              Ok(n): print(n)
              Err(e): print("not a number: {}", e.message)
          """)
    case .sizeOutOfRange:
      ExplainPage(
        "A length, a size or an integer exponent must not be negative, and no string or array can be longer than "
          + "2147483647.",
        wrong: """
          let n = 3 - 5
          print("ab".repeat(n))
          """,
        right: """
          let n = 3 - 5
          print("ab".repeat(max(n, 0)))
          """)
    case .formatMismatch:
      ExplainPage(
        "A format that was put together while the program ran does not fit its arguments: there are too few or too "
          + "many of them, or a placeholder asks for a form that the value does not have. A format that is a literal "
          + "is checked when the program is compiled.",
        wrong: """
          let layout = "{} and {}"
          print(format(layout, 1))
          """,
        right: """
          let layout = "{} and {}"
          print(format(layout, 1, 2))
          """)
    case .notInitialised:
      ExplainPage(
        "A function read a module's `let` before the module's code had come to it. Call the function later, or move "
          + "the `let` further up.",
        wrong: """
          fn show(): print(limit)

          show()
          let limit = len("ten letters")
          """,
        right: """
          let limit = len("ten letters")
          fn show(): print(limit)

          show()
          """)
    }
  }
}
