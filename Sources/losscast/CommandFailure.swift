/// Why a command ends early: a message for people and an exit code for machines.
struct CommandFailure: Error {
  /// The exit codes of the command line.
  enum Code: Int32 {
    /// Finished, but some input failed and was reported.
    case partial = 2
    /// The arguments are wrong.
    case usage = 64
    /// The data cannot be used.
    case unusableData = 65
    /// An input is not there.
    case inputNotFound = 66
    /// An output could not be written.
    case outputNotWritten = 74
  }

  var code: Code
  var message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
