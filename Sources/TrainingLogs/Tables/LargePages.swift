#if canImport(Glibc)
import Glibc
#endif

/// Asks the system for large pages, which spare most of the page faults of large arrays.
enum LargePages {
  private static let fewestBytes = 1 << 23

  /// Advises for the room that an array has reserved; without effect where there are no such pages.
  static func advise(_ values: inout [Double], capacity: Int) {
    #if canImport(Glibc)
    let size = capacity * MemoryLayout<Double>.stride
    guard size >= fewestBytes else { return }
    let page = 1 << 21
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let address = Int(bitPattern: base)
      let start = (address + page - 1) & ~(page - 1)
      let end = (address + size) & ~(page - 1)
      guard end > start else { return }
      _ = madvise(UnsafeMutableRawPointer(bitPattern: start), end - start, MADV_HUGEPAGE)
    }
    #endif
  }
}
