import Glibc
import OrusBytecode
import Testing

@testable import OrusVM

struct SystemTests {
  private static let open: [TypeIndex] = [.string, .i32, .i64]
  private static let close: [TypeIndex] = [.i64, .i64]
  private static let onPath: [TypeIndex] = [.string, .i64]

  /// With the row of `string?`.
  private func bench(reachesSystem: Bool) -> (NativeBench, some: TypeIndex) {
    var io = RunIO()
    io.reachesSystem = reachesSystem
    var some = TypeIndex.void
    let bench = NativeBench(io: io) { assembly in
      some = assembly.type(.option, .string)
      return [Self.open, Self.close, Self.onPath, [.string, some], [.i64, .string, .bool, .i64], [.f64, .void]]
    }
    return (bench, some)
  }

  @Test func failuresAreNumbers() {
    let (bench, _) = bench(reachesSystem: true)
    bench.set(0, "/nowhere/at/all")
    bench.s[0] = 0
    #expect(bench.call(.file_open, Self.open) && bench.s[0] == -Int64(ENOENT))
    bench.set(0, "a\0b")
    #expect(bench.call(.file_remove, Self.onPath) && bench.s[0] == -Int64(EINVAL))
    bench.s[0] = -1
    #expect(bench.call(.file_close, Self.close) && bench.s[0] == -Int64(EBADF))
    bench.set(0, "/dev/null")
    bench.s[0] = 9
    #expect(bench.call(.file_open, Self.open) && bench.s[0] == -Int64(EINVAL))
    bench.s[0] = 0
    #expect(bench.call(.file_open, Self.open) && bench.s[0] > 2)
    #expect(bench.call(.file_close, Self.close) && bench.s[0] == 0)
  }

  /// A run that is kept from the system gets at nothing beyond its three streams.
  @Test func systemCanBeKeptAway() {
    let (bench, some) = bench(reachesSystem: false)
    bench.set(0, "/dev/null")
    bench.s[0] = 0
    #expect(bench.call(.file_open, Self.open) && bench.s[0] == -Int64(EPERM))
    bench.set(0, "/tmp/no-such-file-of-orus")
    #expect(bench.call(.file_remove, Self.onPath) && bench.s[0] == -Int64(EPERM))
    bench.s[0] = 7
    #expect(bench.call(.file_close, Self.close) && bench.s[0] == -Int64(EPERM))
    bench.set(0, "text")
    (bench.s[0], bench.s[1]) = (7, 0)
    #expect(bench.call(.file_write, [.i64, .string, .bool, .i64]) && bench.s[0] == -Int64(EPERM))
    bench.set(0, "PATH")
    #expect(bench.call(.environment_get, [.string, some]) && bench.r[0] == nil)
    bench.s[0] = Int64(bitPattern: (1e9).bitPattern)
    #expect(bench.call(.sleep, [.f64, .void]))
  }
}
