/// Runs work over several cores and returns results in the order of the inputs.
enum OrderedTasks {
  static func map<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], jobs: Int, label: String, console: Console,
    _ body: @Sendable @escaping (Input) -> Output
  ) async -> [Output] {
    let bar = ProgressBar(label, total: inputs.count, console: console)
    return await withTaskGroup(of: (Int, Output).self) { group in
      var results = [Output?](repeating: nil, count: inputs.count)
      var next = 0
      var done = 0
      func startOne() {
        guard next < inputs.count else { return }
        let (index, input) = (next, inputs[next])
        next += 1
        group.addTask { (index, body(input)) }
      }
      for _ in 0..<max(jobs, 1) { startOne() }
      while let (index, output) = await group.next() {
        results[index] = output
        done += 1
        bar.update(done: done)
        startOne()
      }
      return results.compactMap { $0 }
    }
  }
}
