import LinearAlgebra
import Synchronization

/// Runs many independent fits over several cores and gives the results in the order of the inputs.
///
/// Linear algebra is kept to one thread, for the fits share the cores among themselves.
public struct FitBatch: Sendable {
  /// How many fits run at once, at least 1.
  public var jobs: Int

  /// Creates a batch.
  public init(jobs: Int) {
    self.jobs = max(jobs, 1)
  }

  /// Calls `body` with every input.
  ///
  /// An input whose `body` throws gives a failure, and the rest goes on. When the task is cancelled,
  /// fits under way are finished and the others fail with `CancellationError`.
  ///
  /// - Parameters:
  ///   - inputs: what to work on.
  ///   - progress: called after each input with how many are done, in order, from any thread.
  ///   - body: one fit.
  /// - Returns: one result an input, in their order.
  public func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], progress: (@Sendable (_ done: Int) -> Void)? = nil,
    _ body: @escaping @Sendable (Input) throws -> Output
  ) async -> [Result<Output, any Error>] {
    BLASThreads.useOne()
    let shared = Counters()
    return await withTaskGroup(of: [(Int, Result<Output, any Error>)].self) { group in
      for _ in 0..<min(jobs, max(inputs.count, 1)) {
        group.addTask {
          var results: [(Int, Result<Output, any Error>)] = []
          while true {
            let index = shared.next.add(1, ordering: .relaxed).oldValue
            guard index < inputs.count else { return results }
            results.append(
              (
                index,
                Result {
                  try Task.checkCancellation()
                  return try body(inputs[index])
                }
              ))
            shared.done.withLock { done in
              done += 1
              progress?(done)
            }
          }
        }
      }
      var ordered = [Result<Output, any Error>](
        repeating: .failure(CancellationError()), count: inputs.count)
      for await results in group {
        for (index, result) in results { ordered[index] = result }
      }
      return ordered
    }
  }

  private final class Counters: Sendable {
    let next = Atomic<Int>(0)
    let done = Mutex(0)
  }
}
