/// The median of a few values, by quickselect: about three looks at each of them.
enum BlockMedian {
  /// Finds the median.
  ///
  /// - Parameter values: at least one, finite; their order is lost.
  /// - Returns: the middle value, of an even number the mean of the two in the middle.
  static func of(_ values: UnsafeMutableBufferPointer<Double>) -> Double {
    let middle = values.count / 2
    select(middle, in: values)
    guard values.count.isMultiple(of: 2) else { return values[middle] }
    var below = values[0]
    for index in 1..<max(middle, 1) where values[index] > below { below = values[index] }
    return below / 2 + values[middle] / 2
  }

  /// Moves the value that would stand at `place` there, lower ones before and higher ones behind it.
  private static func select(_ place: Int, in values: UnsafeMutableBufferPointer<Double>) {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let pivot = values[(low + high) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        return
      }
    }
  }
}
