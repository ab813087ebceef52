/// What a run is read from: one log file, or the files of a folder that make up a run.
public struct LogSource: Sendable, Hashable {
  /// How the files of a source belong together.
  public enum Layout: String, Sendable, Hashable, CaseIterable {
    /// One file.
    case file
    /// TensorBoard event files of one run.
    case tensorBoard
    /// TensorBoard's CSV exports of one run, a scalar each.
    case scalarExports
    /// `metrics.csv` of versions of Lightning's logger, each resumed from the one before.
    case lightning
    /// The longest `trainer_state.json` of a run's checkpoints.
    case checkpoints
    /// A run of MLflow's file store.
    case mlflow
    /// A run folder of wandb.
    case wandb
  }

  /// The file, or the folder that the files are in, for messages and as the run's place.
  public var path: String
  /// The files in the order in which they are read.
  public var files: [String]
  /// How they belong together.
  public var layout: Layout
  /// The run's name; nil: what the log says, else the file's name.
  public var runName: String?
  /// Why it cannot be read; reading it throws this.
  public var problem: LogError?

  /// One log file; `-` is the standard input.
  public init(file: String, runName: String? = nil) {
    self.init(path: file, files: [file], layout: .file, runName: runName)
  }

  /// Files that make up a run.
  public init(path: String, files: [String], layout: Layout, runName: String? = nil) {
    self.path = path
    self.files = files
    self.layout = layout
    self.runName = runName
  }

  /// Something that was found and cannot be read.
  init(problem: LogError) {
    self.init(path: problem.file, files: [], layout: .file)
    self.problem = problem
  }
}
