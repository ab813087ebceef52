import LeastSquares

/// Runs work over several cores behind a progress bar.
enum OrderedTasks {
  /// Calls `body` with every input and returns the results in the order of the inputs.
  static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], jobs: Int, label: String, console: Console,
    _ body: @Sendable @escaping (Input) -> Output
  ) async throws -> [Output] {
    let bar = ProgressBar(label, total: inputs.count, console: console)
    return try await FitBatch(jobs: jobs).map(inputs, progress: { bar.update(done: $0) }, body)
      .map { try $0.get() }
  }
}
