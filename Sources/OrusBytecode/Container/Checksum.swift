/// XXH64 with seed 0, as its specification defines it: fast enough that a damaged
/// file is noticed at no cost that shows, and no protection against forgery,
/// which the verifier is for.
public func xxh64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  let count = bytes.count
  var at = 0
  var hash: UInt64
  if count >= 32 {
    var v1 = prime1 &+ prime2
    var v2 = prime2
    var v3: UInt64 = 0
    var v4 = 0 &- prime1
    while at + 32 <= count {
      v1 = round(v1, word(bytes, at))
      v2 = round(v2, word(bytes, at + 8))
      v3 = round(v3, word(bytes, at + 16))
      v4 = round(v4, word(bytes, at + 24))
      at += 32
    }
    hash = rotated(v1, 1) &+ rotated(v2, 7) &+ rotated(v3, 12) &+ rotated(v4, 18)
    for v in [v1, v2, v3, v4] { hash = (hash ^ round(0, v)) &* prime1 &+ prime4 }
  } else {
    hash = prime5
  }
  hash &+= UInt64(count)
  while at + 8 <= count {
    hash = rotated(hash ^ round(0, word(bytes, at)), 27) &* prime1 &+ prime4
    at += 8
  }
  if at + 4 <= count {
    let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)))
    hash = rotated(hash ^ half &* prime1, 23) &* prime2 &+ prime3
    at += 4
  }
  while at < count {
    hash = rotated(hash ^ UInt64(bytes[at]) &* prime5, 11) &* prime1
    at += 1
  }
  hash = (hash ^ hash >> 33) &* prime2
  hash = (hash ^ hash >> 29) &* prime3
  return hash ^ hash >> 32
}

private let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
private let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
private let prime3: UInt64 = 0x1656_67B1_9E37_79F9
private let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
private let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

private func rotated(_ value: UInt64, _ by: UInt64) -> UInt64 { value << by | value >> (64 - by) }

private func round(_ sum: UInt64, _ word: UInt64) -> UInt64 { rotated(sum &+ word &* prime2, 31) &* prime1 }

private func word(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
  UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
}
