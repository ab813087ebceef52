/// Running medians.
enum MedianFilter {
  /// The median of the window around each value.
  ///
  /// To the left of the first value it is repeated; the last value is a mirror, itself seen once.
  ///
  /// - Parameters:
  ///   - values: at least one, finite.
  ///   - width: how many values a window has, odd.
  /// - Returns: one median a value.
  /// - Complexity: O(values · width) moves of memory, in a sorted window.
  static func smoothed(_ values: [Double], width: Int) -> [Double] {
    precondition(!values.isEmpty && width > 0 && width % 2 == 1, "no values, or an even width")
    let half = width / 2
    var window = (-half...half).map { value(values, at: $0) }.sorted()
    var result: [Double] = []
    result.reserveCapacity(values.count)
    for index in values.indices {
      result.append(window[half])
      let old = place(of: value(values, at: index - half), in: window)
      window.remove(at: old)
      let next = value(values, at: index + half + 1)
      window.insert(next, at: place(of: next, in: window))
    }
    return result
  }

  private static func value(_ values: [Double], at index: Int) -> Double {
    guard index >= 0, values.count > 1 else { return values[0] }
    let last = values.count - 1
    let folded = index % (2 * last)
    return values[min(folded, 2 * last - folded)]
  }

  /// The first place in a sorted list whose value is not below `value`.
  private static func place(of value: Double, in sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
