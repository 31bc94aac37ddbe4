import OrusDiagnostics
import OrusSyntax

/// Names that are unknown, declared twice, private, or stand for something else.
extension TypeMessage {
  // MARK: Unknown names

  /// A capital name, which in a pattern binds nothing.
  static func unknownInPattern(_ name: String, at span: Span, nearest: String?) -> Diagnostic {
    // What is written in capitals throughout is meant to be a constant.
    let isConstant = name.count > 1 && !name.contains(where: \.isLowercase)
    let variable = name.prefix(1).lowercased() + name.dropFirst()
    var help = nearest.map { [didYouMean($0, at: span)] } ?? []
    if !isConstant {
      help.append(.replace(span, variable, "a variable's name begins with a small letter: `\(variable)`"))
    }
    return error(
      TypeCode.unknownName, "no variant or constant is called `\(name)`", at: span, "not known here",
      explanation: "In a pattern, a name that begins with a capital letter stands for a variant or a constant.",
      help: help)
  }

  static func unknownName(
    _ name: String, at span: Span, nearest: String?, declaration: String? = nil
  ) -> Diagnostic {
    let foreign = foreignName(name, span)
    var help = foreign.map { [$0] } ?? []
    let isModule = foreign == nil && declaration == nil && standardModules.contains(name)
    if foreign == nil, !isModule, let nearest {
      // A type or variant in place of a variable is hardly all that is to be changed.
      let isOfOneKind = startsUpper(name) == startsUpper(nearest)
      help = [isOfOneKind ? didYouMean(nearest, at: span) : Help("did you mean `\(nearest)`?")]
    }
    if let declaration {
      let start = span.before
      help.append(.replace(start, declaration, "a variable is declared first: `\(declaration)\(name) = …`"))
    }
    var explanation = ""
    if isModule {
      help.append(Help("a module is imported first: `use \(name)` at the top of the file"))
    }
    if name == "self" || name == "this" {
      explanation = "Only a method that declares `self` as its first parameter has one."
    }
    return error(
      TypeCode.unknownName, "nothing called `\(name)` is visible here", at: span, "`\(name)` is not known here",
      explanation: explanation, help: help)
  }

  /// - Parameter keyword: the `impl`.
  static func undeclaredParameters(_ names: [String], at span: Span, keyword: Span) -> Diagnostic {
    let place = keyword.behind
    return error(
      TypeCode.unknownType, "there is no type `\(names[0])` here", at: span, "no type has this name",
      explanation: "An `impl` for every type that such a name may stand for declares the name itself.",
      help: [.replace(place, "<\(names.joined(separator: ", "))>", "declare it behind `impl`")])
  }

  /// `{ name: "Ada", age: 36 }`. `isMap`: the values are of one type.
  static func fieldsInBraces(_ span: Span, keys: [(name: String, span: Span)], isMap: Bool) -> Diagnostic {
    let fields = keys.map { "\($0.name): …" }.joined(separator: ", ")
    var help = [Help("declare a `struct` with these fields, and write `Name{ \(fields) }`")]
    if isMap {
      help.append(
        Help("for a map, put the keys in quotes", edits: keys.map { Help.Edit($0.span, "\"\($0.name)\"") }))
    }
    return error(
      TypeCode.unknownName, "braces without a type make a map, not an object", at: span,
      keys.count == 1 ? "this key is the name of no variable" : "these keys are not all names of variables",
      explanation: "The keys of a map are expressions. Values with named fields are structs.", help: help)
  }

  /// - Parameters:
  ///   - arguments: the type arguments behind the name.
  ///   - whole: the name and these.
  static func unknownType(
    _ name: String, at span: Span, nearest: String?, arguments: [Span] = [], whole: Span? = nil
  ) -> Diagnostic {
    var help: [Help] = []
    if let spelling = ForeignType.plain[name] {
      help = [.replace(span, spelling, "write `\(spelling)`")]
    } else if let container = ForeignType.containers[name] {
      let edits = whole.flatMap { ForeignType.edits(container, arguments: arguments, whole: $0) }
      help = [Help(container.advice, edits: edits ?? [])]
    } else if let advice = typeForms[name] {
      help = [Help(advice)]
    } else if let nearest {
      help = [didYouMean(nearest, at: span)]
    }
    return error(
      TypeCode.unknownType, "there is no type `\(name)` here", at: span,
      name == "_" ? "a type cannot be left out in part" : "no type has this name",
      explanation: name == "char" || name == "Char" ? "A character is a `string` that holds just one." : "", help: help)
  }

  private static func startsUpper(_ name: String) -> Bool { name.first?.isUppercase ?? false }

  private static func didYouMean(_ nearest: String, at span: Span) -> Help {
    .replace(span, nearest, "did you mean `\(nearest)`?")
  }

  /// Names of other languages that have a counterpart of another name.
  private static func foreignName(_ name: String, _ span: Span) -> Help? {
    if let spelling = plainNames[name] { return .replace(span, spelling, "write `\(spelling)`") }
    return nameForms[name].map { Help($0) }
  }

  private static let plainNames = [
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "null": "nil", "NULL": "nil", "Null": "nil",
    "nullptr": "nil", "undefined": "nil", "NaN": "f64.NAN", "Infinity": "f64.INFINITY", "println": "print",
    "printf": "print", "puts": "print", "echo": "print", "eprintln": "error_print", "eprint": "error_print",
    "typeof": "type_of", "type": "type_of", "length": "len", "size": "len",
    "deepcopy": "clone", "copy": "clone", "parseInt": "int", "parseFloat": "float",
  ]

  private static let nameForms = [
    "self": "declare the function in an `impl` block, with `self` as its first parameter",
    "this": "the value that a method is called on is `self`, its first parameter",
    "super": "there is no inheritance; keep the other value in a field and call its methods",
    "str": "text is made with `x as string` or `f\"{x}\"`", "String": "text is made with `x as string` or `f\"{x}\"`",
    "repr": "`f\"{x}\"` is the printed form of a value", "list": "an array is written `[a, b]`, or `[x for x in xs]`",
    "isinstance": "write `x is T`", "List": "an array is written `[a, b]`", "Array": "an array is written `[a, b]`",
    "Vec": "an array is written `[a, b]`", "vec": "an array is written `[a, b]`",
    "dict": "a map is written `{\"a\": 1}`, an empty one `{:}`",
    "Dict": "a map is written `{\"a\": 1}`, an empty one `{:}`",
    "HashMap": "a map is written `{\"a\": 1}`, an empty one `{:}`",
    "set": "a set is made by `Set.new()` or `Set.from([…])`",
    "HashSet": "a set is made by `Set.new()` or `Set.from([…])`", "tuple": "a tuple is written `(a, b)`",
    "chr": "the character of a number is `string.from_code(n)`", "ord": "the number of a character is `c.code()`",
    "sqrt": "write `x.sqrt()`", "floor": "write `x.floor()`", "ceil": "write `x.ceil()`", "round": "write `x.round()`",
    "pow": "write `x.pow(n)`", "reversed": "`xs.reverse()` turns an array around in place",
    "append": "write `xs.push(x)`", "all": "write `xs.all(fn(x): …)`", "isNaN": "write `x.is_nan()`",
    "open": "the module `io` reads and writes files: `use io`",
    "console": "to write a line, call `print(…)`", "fmt": "to write a line, call `print(…)`",
    "System": "to write a line, call `print(…)`", "cout": "to write a line, call `print(…)`",
    "Math": "the functions are in the module `math`: `use math`",
    "__name__": "`fn main` is where a program begins, without a call",
    "require": "a module is imported with `use name`", "to_string": "text is made with `x as string` or `f\"{x}\"`",
    "sprintf": "text is made with `format(…)` or `f\"{x}\"`",
  ]

  private static let typeForms = [
    "Self": "write the name of the type itself", "_": "write the whole type, or leave the annotation out",
    "Numeric": constraintAdvice("Numeric"), "Comparable": constraintAdvice("Comparable"),
    "Iterable": constraintAdvice("Iterable"), "Cloneable": constraintAdvice("Cloneable"),
    "Hashable": constraintAdvice("Hashable"), "Sendable": constraintAdvice("Sendable"),
  ]

  private static func typeForm(_ name: String) -> String? {
    typeForms[name] ?? ForeignType.containers[name]?.advice
  }

  private static func constraintAdvice(_ name: String) -> String {
    "a constraint is put on a type parameter: declare `<T: \(name)>`, and use `T`"
  }

  private static let standardModules: Set = [
    "math", "string", "collections", "result", "option", "io", "fs", "os", "time", "random", "json", "testing", "iter",
  ]

  // MARK: Declared twice

  static func duplicate(_ name: String, at span: Span, first: Span?) -> Diagnostic {
    error(
      TypeCode.duplicate, "`\(name)` is declared twice", at: span, "declared again here",
      secondary: first.map { [Label($0, "`\(name)` is declared here already")] } ?? [],
      explanation: "A name is declared once in its block, module or type.",
      help: [Help("give one of them another name")])
  }

  static func builtinTypeName(_ name: String, at span: Span) -> Diagnostic {
    error(
      TypeCode.duplicate, "the name `\(name)` is taken by a type of the language", at: span, "comes with Orus",
      help: [Help("choose another name")])
  }

  static func fieldAndMethod(_ name: String, at span: Span, field: Span) -> Diagnostic {
    error(
      TypeCode.duplicate, "the method `\(name)` has the name of a field", at: span, "a method of this name",
      secondary: [Label(field, "the field")],
      explanation: "A field that holds a function is called like a method, so the two could not be told apart.",
      help: [Help("give one of them another name")])
  }

  // MARK: Not a value, not a type

  static func lonelyUnderscore(_ span: Span) -> Diagnostic {
    error(
      TypeCode.notAValue, "`_` has no value", at: span, "this discards a value, and holds none",
      help: [Help("give what is needed later a name")])
  }

  static func typeAsValue(_ name: String, at span: Span) -> Diagnostic {
    let isPrimitive = isNumber(name) || name == "bool" || name == "string"
    return error(
      TypeCode.notAValue, "`\(name)` is a type, not a value", at: span, "this is a type",
      help: [
        Help(
          isPrimitive
            ? "to convert a value, write `x as \(name)`"
            : "a struct is built with `\(name){ … }`, a variant of an enum is `\(name).Variant`")
      ])
  }

  static func moduleAsValue(_ name: String, at span: Span) -> Diagnostic {
    error(
      TypeCode.notAValue, "`\(name)` is a module, not a value", at: span, "this is a module",
      help: [Help("name something in it: `\(name).…`")])
  }

  /// `print` and the like, which take whatever arguments they are given.
  static func builtinAsValue(_ name: String, at span: Span) -> Diagnostic {
    let takesTwo = ["zip", "same", "compare", "is_type", "push", "reserve", "map", "filter"].contains(name)
    let wrapped = takesTwo ? "fn(x, y): \(name)(x, y)" : "fn(x): \(name)(x)"
    return error(
      TypeCode.notAValue, "`\(name)` can only be called", at: span, "this is not called here",
      explanation: "`\(name)` comes with Orus and is no function value of one type.",
      help: [.replace(span, wrapped, "wrap the call in a function: `\(wrapped)`")])
  }

  static func notAType(_ name: String, at span: Span, arguments: [Span] = []) -> Diagnostic {
    // Builtins that elsewhere are types, such as `int`.
    if ForeignType.plain[name] != nil || typeForm(name) != nil {
      return unknownType(name, at: span, nearest: nil, arguments: arguments, whole: span)
    }
    let variants = ["Some": "Some(_)", "None": "None", "Ok": "Ok(_)", "Err": "Err(_)"]
    return error(
      TypeCode.notAType, "`\(name)` is not a type", at: span, "a type is expected here",
      help: variants[name].map { [Help("whether a value is this variant, `x matches \($0)` tells")] } ?? [])
  }

  /// What traits and type classes of other languages are called here.
  private static let constraintsOfOthers = [
    "Clone": "Cloneable", "Copy": "Cloneable", "Ord": "Comparable", "PartialOrd": "Comparable", "Eq": "Comparable",
    "PartialEq": "Comparable", "Equatable": "Comparable", "Hash": "Hashable", "Send": "Sendable", "Sync": "Sendable",
    "Iterator": "Iterable", "IntoIterator": "Iterable", "Sequence": "Iterable", "Number": "Numeric", "Num": "Numeric",
  ]

  static func notAConstraint(_ span: Span, name: String = "", nearest: String?) -> Diagnostic {
    let known = constraintsOfOthers[name] ?? nearest
    return error(
      TypeCode.notAType, "this is not a constraint", at: span, "a constraint is expected here",
      explanation: "The constraints are `Numeric`, `Comparable`, `Iterable`, `Cloneable`, `Hashable` and `Sendable`.",
      help: known.map { [didYouMean($0, at: span)] } ?? [])
  }

  // MARK: Modules

  static func notInModule(_ name: String, _ module: String, at span: Span, nearest: String?) -> Diagnostic {
    error(
      ModuleCode.symbolNotFound, "the module `\(module)` has no `\(name)`", at: span, "not in `\(module)`",
      help: nearest.map { [didYouMean($0, at: span)] } ?? typeForm(name).map { [Help($0)] } ?? [])
  }

  static func privateName(_ name: String, of module: String, at span: Span, declared: Span) -> Diagnostic {
    error(
      ModuleCode.privateSymbol, "`\(name)` is private to the module `\(module)`", at: span, "not visible here",
      secondary: [Label(declared, "declared without `pub`")],
      explanation: "Other modules see what is declared with `pub`.",
      help: [Help("put `pub` before its declaration, if it is meant for others")])
  }

  /// - Parameters:
  ///   - other: the import before, or the declaration.
  ///   - isImport: the other one is an import too.
  static func importClash(_ name: String, at span: Span, with other: Span, isImport: Bool) -> Diagnostic {
    error(
      ModuleCode.importClash,
      isImport
        ? "`\(name)` is imported twice, for different things"
        : "the import `\(name)` has the name of something that this module declares",
      at: span, isImport ? "this brings in another `\(name)`" : "this brings in `\(name)`",
      secondary: [Label(other, isImport ? "`\(name)` is imported here already" : "`\(name)` is declared here")],
      help: [Help("give the import a name of its own: `\(name) as …`")])
  }

  static func starClash(_ name: String, at span: Span) -> Diagnostic {
    error(
      ModuleCode.importClash, "`:*` brings in `\(name)`, and so does an import before it, for something else", at: span,
      "this brings in another `\(name)`",
      help: [Help("import what is needed by name, or the module as a whole and write its name before the symbol's")])
  }
}
