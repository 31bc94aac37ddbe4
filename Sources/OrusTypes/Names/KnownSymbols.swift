import OrusSyntax

/// Names that the language itself refers to, interned once.
struct KnownSymbols {
  let add, sub, mul, div, rem, neg, compare, equals, hash, clone, toString: Symbol
  let next, iter, index, setIndex: Symbol
  let self_, underscore, main, native: Symbol
  let some, none, ok, err, option, result, ordering, error: Symbol
  let new, from, contains, concat, extend: Symbol
  let max, min, infinity, nan: Symbol
  let numeric, comparable, iterable, cloneable, hashable, sendable: Symbol

  init(_ table: SymbolTable) {
    func known(_ text: String) -> Symbol { table.intern(text) }
    add = known("add")
    sub = known("sub")
    mul = known("mul")
    div = known("div")
    rem = known("rem")
    neg = known("neg")
    compare = known("compare")
    equals = known("equals")
    hash = known("hash")
    clone = known("clone")
    toString = known("to_string")
    next = known("next")
    iter = known("iter")
    index = known("index")
    setIndex = known("set_index")
    self_ = known("self")
    underscore = known("_")
    main = known("main")
    native = known("native")
    some = known("Some")
    none = known("None")
    ok = known("Ok")
    err = known("Err")
    option = known("Option")
    result = known("Result")
    ordering = known("Ordering")
    error = known("Error")
    new = known("new")
    from = known("from")
    contains = known("contains")
    concat = known("concat")
    extend = known("extend")
    max = known("MAX")
    min = known("MIN")
    infinity = known("INFINITY")
    nan = known("NAN")
    numeric = known("Numeric")
    comparable = known("Comparable")
    iterable = known("Iterable")
    cloneable = known("Cloneable")
    hashable = known("Hashable")
    sendable = known("Sendable")
  }

  /// The named constraint, nil if there is none of that name.
  func constraint(_ name: Symbol) -> Constraints? {
    switch name {
    case numeric: .numeric
    case comparable: .comparable
    case iterable: .iterable
    case cloneable: .cloneable
    case hashable: .hashable
    case sendable: .sendable
    default: nil
    }
  }
}

extension BuiltinForm {
  /// The name it is called by.
  var name: String {
    switch self {
    case .print: "print"
    case .printNoNewline: "print_no_newline"
    case .errorPrint: "error_print"
    case .debugPrint: "debug_print"
    case .format: "format"
    case .panic: "panic"
    case .assert: "assert"
    case .typeOf: "type_of"
    case .isType: "is_type"
    case .enumerate: "enumerate"
    case .zip: "zip"
    case .range: "range"
    case .same: "same"
    case .clone: "clone"
    case .hash: "hash"
    case .compare: "compare"
    case .int: "int"
    case .float: "float"
    }
  }
}

/// Free builtins that are the methods of the same name of their first argument.
let freeMethodNames = ["len", "push", "pop", "reserve", "sorted", "map", "filter", "sum", "min", "max", "abs"]

/// Types that a plain name stands for.
let primitiveTypeNames: [(name: String, type: TypeID)] = [
  ("i32", .i32), ("i64", .i64), ("u32", .u32), ("u64", .u64), ("f64", .f64), ("bool", .bool), ("string", .string),
  ("void", .void), ("any", .any), ("never", .never),
]

/// Generic types that have no declaration.
let collectionTypeNames: [(name: String, kind: TypeKind, arity: Int)] = [
  ("Map", .map, 2), ("Set", .set, 1), ("Range", .range, 1),
]
