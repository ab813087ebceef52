#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// How many threads the linear-algebra library uses of its own.
public enum BLASThreads {
  /// Tells a library that would start threads of its own to use one: many small fits run side by
  /// side, and threads within each would get in each other's way.
  ///
  /// The reference library has no threads; OpenBLAS is told through the function that it exports.
  public static func useOne() { _ = once }

  private static let once: Void = {
    typealias Setter = @convention(c) (Int32) -> Void
    guard let program = dlopen(nil, RTLD_LAZY),
      let symbol = dlsym(program, "openblas_set_num_threads")
    else { return }
    unsafeBitCast(symbol, to: Setter.self)(1)
  }()
}
