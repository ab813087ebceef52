import TrainingLogs

/// Runs to be fitted with one law: those that can be, and why the others cannot.
public struct RunGroup: Sendable {
  /// The runs that can be fitted.
  public private(set) var inputs: [BatchInput] = []
  /// Where they are on their learning rates, in the same order.
  public private(set) var trajectories: [Trajectory] = []
  /// The runs that cannot be fitted.
  public private(set) var leftOut: [LeftOut] = []

  /// A run that cannot be fitted.
  public struct LeftOut: Sendable, Hashable {
    /// The run's name.
    public var run: String
    /// The file it was read from.
    public var file: String
    /// Why, and what to do.
    public var reason: String
  }

  /// Sorts runs into those that can be fitted and those that cannot.
  public init(_ candidates: [BatchInput]) {
    for input in candidates {
      do throws(TrajectoryError) {
        let trajectory = try input.trajectory()
        if let reason = input.exclusion(of: trajectory, isAlone: candidates.count == 1) {
          leaveOut(input, reason)
        } else {
          inputs.append(input)
          trajectories.append(trajectory)
        }
      } catch {
        leaveOut(input, error.description)
      }
    }
  }

  /// Whether the learning rate of every run is known.
  public var hasLearningRates: Bool { trajectories.allSatisfy { $0.path != nil } }

  private mutating func leaveOut(_ input: BatchInput, _ reason: String) {
    leftOut.append(LeftOut(run: input.run.name, file: input.run.file, reason: reason))
  }
}
