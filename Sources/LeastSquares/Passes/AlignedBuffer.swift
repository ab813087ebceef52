/// Working space for doubles, aligned to cache lines, freed with its owner; what it holds
/// at first is arbitrary.
///
/// The one place of this module where memory is managed by hand.
///
/// `@unchecked Sendable` because a pass hands every buffer, or every part of one, to a single thread
/// and reads it only after all threads have ended.
final class AlignedBuffer: @unchecked Sendable {
  let start: UnsafeMutablePointer<Double>

  init(count: Int) {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Double>.stride, alignment: 64)
    start = raw.bindMemory(to: Double.self, capacity: max(count, 1))
  }

  deinit { start.deallocate() }
}
