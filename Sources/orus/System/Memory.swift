/// The C library's settings of its allocator, which Glibc's module does not show.
@_silgen_name("mallopt") private func mallopt(_ parameter: Int32, _ value: Int32) -> Int32

private let trimThreshold: Int32 = -1
private let mmapThreshold: Int32 = -3

/// Keeps memory that was given back. The compiler's tables grow by doubling:
/// returned to the system and taken again each time, their pages would cost more
/// than what is put into them.
func keepFreedMemory() {
  _ = mallopt(mmapThreshold, 1 << 30)
  _ = mallopt(trimThreshold, 1 << 30)
}
