/// The natives: functions that the VM carries out itself. The prelude and the
/// standard library declare them as `native("name")`, some the lowering calls
/// on its own. A case and its `signature` are the whole table; the VM's
/// `callNative` has a `switch` without default over it.
///
/// A `native` instruction carries the number and the instantiated function type,
/// so that a native of a generic signature knows its types. Arguments stand as a
/// call's do. An `Option` is a reference that may be null (see
/// `TypeRow.Kind.option`); `Ordering` is a tag: Less 0, Equal 1, Greater 2.
///
/// The raw values are the names that libraries use, the numbers are positions:
/// the machine reads a case from the low byte of its number.
public enum Native: String, CaseIterable, Sendable {
  // MARK: Arrays

  case array_len
  /// E0018
  case array_push
  case array_pop
  /// E0002, E0018
  case array_insert
  /// E0002
  case array_remove
  case array_index_of, array_contains
  case array_reverse
  /// Elements from the first bound to before the second. E0002
  case array_slice
  /// E0018
  case array_concat, array_extend
  case array_clear
  /// Makes room for that many elements in all. E0018 for a negative number
  case array_reserve
  /// Deep copies of one value. E0018
  case array_repeat
  case array_join
  /// Sorts numbers, bools and strings, stably; false and nothing done for any other element.
  case array_sort_primitive
  /// Whether the elements are numbers, which `array_sum_numbers` adds up. E0003
  case array_holds_numbers, array_sum_numbers

  // MARK: Strings

  case string_len
  case string_chars, string_bytes
  case string_split, string_lines
  case string_trim, string_trim_start, string_trim_end
  case string_starts_with, string_ends_with, string_contains
  /// Byte offset of the first occurrence.
  case string_find
  /// E0018
  case string_replace, string_upper, string_lower, string_repeat
  /// E0018
  case string_pad_left, string_pad_right
  /// Bytes from the first bound to before the second. E0002, E0009
  case string_slice
  /// Start and length in bytes. E0002, E0009, E0018 for a negative length
  case string_substring
  /// The first scalar. E0002 for the empty string
  case string_code
  /// E0018 for what is no scalar
  case string_from_code
  /// `None` where the bytes are no UTF-8.
  case string_from_bytes
  /// Of a scalar value: alphabetic 1, decimal digit 2, white space 4, upper case 8, lower case 16.
  case char_class
  /// Whether it is an integer by the grammar of `parse_int`, of any size.
  case string_is_integer
  /// `None` where it is none or does not fit.
  case string_to_i64
  case string_to_f64

  // MARK: Maps and sets; a key's `hash` and `equals` methods are called

  case map_new
  case map_len
  case map_get, map_get_or
  /// E0006
  case map_index
  case map_set
  case map_remove, map_contains
  case map_keys, map_values, map_entries
  case map_clear
  /// A loop's state before the first entry: the count of changes to the keys, and a position.
  case map_cursor
  /// The state at the next entry, -1 after the last. E0007
  case map_next
  case map_key_at, map_value_at
  case set_new
  case set_len
  case set_add, set_remove, set_contains
  case set_to_array
  case set_clear
  case set_cursor
  /// E0007
  case set_next
  case set_element_at

  // MARK: Ranges

  case range_contains
  case range_len
  /// The value at a position, counted from 0; `None` behind the last.
  case range_value

  // MARK: Numbers

  /// E0003, E0018 for a negative exponent
  case i32_pow, i64_pow, u32_pow, u64_pow
  case f64_pow
  case f64_sqrt, f64_abs, f64_floor, f64_ceil, f64_round, f64_trunc
  case f64_sin, f64_cos, f64_tan, f64_asin, f64_acos, f64_atan, f64_atan2
  case f64_exp, f64_ln, f64_log2, f64_log10
  /// `exp(x) - 1` and `ln(1 + x)`, exact also near zero.
  case f64_expm1, f64_log1p
  /// The 64 bits of the representation.
  case f64_bits, f64_from_bits
  /// E0017, E0003
  case int_of_string
  /// E0003
  case int_of_f64, int_of_i64, int_of_u64
  /// E0017
  case float_of_string

  // MARK: Any type

  /// A deep copy, with what is shared and cyclic kept so.
  case clone
  case hash
  case compare

  // MARK: any

  case any_type_of
  /// E0013
  case any_field
  case any_call
  /// What a value is made of. The first string appended says its kind: value, none, some, array, tuple, set, map,
  /// struct, tag, enum or function; then come the names: the fields of a struct, of an enum the variant and its
  /// payload. The result is the parts, of a map keys and values in turn.
  case any_parts
  /// A format that was not known at compile time, with its arguments. E0019
  case format_any

  // MARK: The program and its surroundings

  /// Panics with run-time code number and message.
  case raise
  case input
  case timestamp
  case exit

  // MARK: The system. An i64 that is negative is an error number with its sign changed

  /// A descriptor. Modes: 0 read, 1 write from the start, 2 append, 3 write a file that must be new.
  case file_open
  case file_close
  /// Appends one string: up to that many bytes, rounded up to whole characters, or all that there is for a negative
  /// number. Gives their number, 0 at the end. EILSEQ where it is no UTF-8.
  case file_read_text
  /// Appends the bytes that one read gives, at most that many.
  case file_read_bytes
  /// Writes everything. Descriptor 1 is the buffer of `print`, and the flag empties that.
  case file_write
  case file_write_bytes
  /// Appends kind (0 file, 1 directory, 2 link, 3 other), size, time of change in nanoseconds, and mode. The flag
  /// follows links.
  case file_status
  /// A file or an empty directory.
  case file_remove
  case file_rename
  /// Appends the names, in no order.
  case directory_list
  case directory_make
  case error_text
  /// Appends the path.
  case current_directory
  case environment_get
  case program_arguments
  case process_id
  /// Nanoseconds since 1970.
  case clock_nanos
  /// Seconds; other signals than an interruption do not shorten it.
  case sleep
  /// 64 bits that nobody can foresee.
  case entropy

  /// In Orus; names of one letter are type parameters.
  public var signature: String {
    switch self {
    case .array_len: "([T]) -> i32"
    case .array_push: "([T], T)"
    case .array_pop: "([T]) -> T?"
    case .array_insert: "([T], i32, T)"
    case .array_remove: "([T], i32) -> T"
    case .array_index_of: "([T], T) -> i32?"
    case .array_contains: "([T], T) -> bool"
    case .array_reverse: "([T])"
    case .array_slice: "([T], i64, i64) -> [T]"
    case .array_concat: "([T], [T]) -> [T]"
    case .array_extend: "([T], [T])"
    case .array_clear: "([T])"
    case .array_reserve: "([T], i32)"
    case .array_repeat: "(T, i64) -> [T]"
    case .array_join: "([string], string) -> string"
    case .array_sort_primitive: "([T]) -> bool"
    case .array_holds_numbers: "([T]) -> bool"
    case .array_sum_numbers: "([T]) -> T"

    case .string_len: "(string) -> i32"
    case .string_chars: "(string) -> [string]"
    case .string_bytes: "(string) -> [i32]"
    case .string_split: "(string, string) -> [string]"
    case .string_lines: "(string) -> [string]"
    case .string_trim, .string_trim_start, .string_trim_end: "(string) -> string"
    case .string_starts_with, .string_ends_with, .string_contains: "(string, string) -> bool"
    case .string_find: "(string, string) -> i32?"
    case .string_replace: "(string, string, string) -> string"
    case .string_upper, .string_lower: "(string) -> string"
    case .string_repeat: "(string, i32) -> string"
    case .string_pad_left, .string_pad_right: "(string, i32, string) -> string"
    case .string_slice: "(string, i64, i64) -> string"
    case .string_substring: "(string, i32, i32) -> string"
    case .string_code: "(string) -> i32"
    case .string_from_code: "(i32) -> string"
    case .string_from_bytes: "([i32]) -> string?"
    case .char_class: "(i32) -> i32"
    case .string_is_integer: "(string) -> bool"
    case .string_to_i64: "(string) -> i64?"
    case .string_to_f64: "(string) -> f64?"

    case .map_new: "() -> Map<K, V>"
    case .map_len: "(Map<K, V>) -> i32"
    case .map_get: "(Map<K, V>, K) -> V?"
    case .map_get_or: "(Map<K, V>, K, V) -> V"
    case .map_index: "(Map<K, V>, K) -> V"
    case .map_set: "(Map<K, V>, K, V)"
    case .map_remove: "(Map<K, V>, K) -> V?"
    case .map_contains: "(Map<K, V>, K) -> bool"
    case .map_keys: "(Map<K, V>) -> [K]"
    case .map_values: "(Map<K, V>) -> [V]"
    case .map_entries: "(Map<K, V>) -> [(K, V)]"
    case .map_clear: "(Map<K, V>)"
    case .map_cursor: "(Map<K, V>) -> i64"
    case .map_next: "(Map<K, V>, i64) -> i64"
    case .map_key_at: "(Map<K, V>, i64) -> K"
    case .map_value_at: "(Map<K, V>, i64) -> V"
    case .set_new: "() -> Set<T>"
    case .set_len: "(Set<T>) -> i32"
    case .set_add, .set_remove, .set_contains: "(Set<T>, T) -> bool"
    case .set_to_array: "(Set<T>) -> [T]"
    case .set_clear: "(Set<T>)"
    case .set_cursor: "(Set<T>) -> i64"
    case .set_next: "(Set<T>, i64) -> i64"
    case .set_element_at: "(Set<T>, i64) -> T"

    case .range_contains: "(Range<T>, T) -> bool"
    case .range_len: "(Range<T>) -> i32"
    case .range_value: "(Range<T>, i64) -> T?"

    case .i32_pow: "(i32, i32) -> i32"
    case .i64_pow: "(i64, i32) -> i64"
    case .u32_pow: "(u32, i32) -> u32"
    case .u64_pow: "(u64, i32) -> u64"
    case .f64_pow, .f64_atan2: "(f64, f64) -> f64"
    case .f64_sqrt, .f64_abs, .f64_floor, .f64_ceil, .f64_round, .f64_trunc, .f64_sin, .f64_cos, .f64_tan, .f64_asin,
      .f64_acos, .f64_atan, .f64_exp, .f64_ln, .f64_log2, .f64_log10, .f64_expm1, .f64_log1p:
      "(f64) -> f64"
    case .f64_bits: "(f64) -> u64"
    case .f64_from_bits: "(u64) -> f64"
    case .int_of_string: "(string) -> i32"
    case .int_of_f64: "(f64) -> i32"
    case .int_of_i64: "(i64) -> i32"
    case .int_of_u64: "(u64) -> i32"
    case .float_of_string: "(string) -> f64"

    case .clone: "(T) -> T"
    case .hash: "(T) -> u64"
    case .compare: "(T, T) -> Ordering"

    case .any_type_of: "(any) -> string"
    case .any_field: "(any, i64) -> any"
    case .any_call: "(any, i64, [any]) -> any"
    case .any_parts: "(any, [string]) -> [any]"
    case .format_any: "(string, [any]) -> string"

    case .raise: "(i32, string) -> never"
    case .input: "(string) -> string?"
    case .timestamp: "() -> f64"
    case .exit: "(i32) -> never"

    case .file_open: "(string, i32) -> i64"
    case .file_close: "(i64) -> i64"
    case .file_read_text: "(i64, i64, [string]) -> i64"
    case .file_read_bytes: "(i64, i64, [i32]) -> i64"
    case .file_write: "(i64, string, bool) -> i64"
    case .file_write_bytes: "(i64, [i32]) -> i64"
    case .file_status: "(string, bool, [i64]) -> i64"
    case .file_remove, .directory_make: "(string) -> i64"
    case .file_rename: "(string, string) -> i64"
    case .directory_list: "(string, [string]) -> i64"
    case .error_text: "(i64) -> string"
    case .current_directory: "([string]) -> i64"
    case .environment_get: "(string) -> string?"
    case .program_arguments: "() -> [string]"
    case .process_id: "() -> i32"
    case .clock_nanos: "() -> i64"
    case .sleep: "(f64)"
    case .entropy: "() -> u64"
    }
  }

  /// All natives by number.
  static let all = allCases

  /// What stands for it in code: its position among the cases.
  public var number: UInt32 { UInt32(unsafeBitCast(self, to: UInt8.self)) }
}
