import OrusBytecode

/// The methods that calls on an `any` find by name, and what each call found
/// when it last ran: an inline cache (Deutsch and Schiffman, 1984) that lies
/// beside the code, which stays as it was verified. A call that meets several
/// types has an entry for each, as long as they do not fall on one another.
struct DynamicMethods {
  private struct Key: Hashable {
    let type: UInt32
    let name: Int64
  }

  private struct Site {
    var call: UnsafePointer<UInt32>?
    var type: UInt32
    var function: UInt32
  }

  private let methods: [Key: UInt32]
  private let sites: UnsafeMutablePointer<Site>
  /// A power of two, less one.
  private let mask: Int

  init(_ rows: [DynamicMethodRow]) {
    let methods = rows.map { (Key(type: $0.type.index, name: Int64($0.name)), $0.function) }
    self.methods = Dictionary(methods, uniquingKeysWith: { first, _ in first })
    mask = rows.isEmpty ? 0 : 255
    sites = .allocate(capacity: mask + 1)
    sites.initialize(repeating: Site(call: nil, type: 0, function: 0), count: mask + 1)
  }

  func deallocate() { sites.deallocate() }

  /// The function of the method of that type that the call names.
  ///
  /// - Parameters:
  ///   - name: the number of a string constant; a call names one method only.
  ///   - call: the instruction.
  func function(type: UInt32, name: Int64, at call: UnsafePointer<UInt32>) -> UInt32? {
    let site = sites + ((Int(bitPattern: call) >> 2) &+ Int(type) &* 31) & mask
    if site.pointee.call == call, site.pointee.type == type { return site.pointee.function }
    guard let function = methods[Key(type: type, name: name)] else { return nil }
    site.pointee = Site(call: call, type: type, function: function)
    return function
  }
}
