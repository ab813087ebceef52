/// Something in a log that a reader should know about, with its place.
///
/// An issue does not stop the reading; what does is a ``LogError``.
public struct LogIssue: Sendable, Hashable, Codable {
  /// What kind of problem an issue reports.
  public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
    /// A cell that should be a number is not; it is taken as missing.
    case notANumber
    /// A loss that is NaN or infinite.
    case nonFiniteLoss
    /// The step went back: a restart. The later rows replace the overlapped ones.
    case restart
    /// A step occurs more than once without going back. Later values replace earlier ones.
    case duplicateStep
    /// The rows are in no order; they were sorted by step.
    case unsortedRows
    /// A row has fewer or more fields than the header.
    case fieldCount
    /// The last line has no end and fewer fields: it was cut short and is left out.
    case truncatedLine
    /// A quote is opened and never closed.
    case unterminatedQuote
    /// There is no step column: rows are counted from 0.
    case noStepColumn
    /// A row has a loss but no step; it is left out.
    case missingStep
    /// The log holds several runs one after the other; they are told apart.
    case severalRuns
    /// A start that was given up soon; its rows are left out.
    case falseStart
    /// The step is counted anew in every epoch; it is made a step since the start.
    case epochSteps
    /// The only step is an epoch that several rows share; rows are counted instead.
    case roundedEpochs
    /// The log counts tokens or samples and no updates; these are used as steps.
    case otherStepUnit
    /// A loss in bits or a perplexity was made nats.
    case unitConverted
    /// It is not known in what the loss is counted; it is taken as it is.
    case unitUnknown
    /// A loss that the laws of loss curves do not describe.
    case lossNotForFitting
    /// More columns than are read; those beyond are left out.
    case tooManyColumns
    /// The compressed data ends before its end mark; what could be read is used.
    case truncatedCompression
    /// A line is not what a record must look like; it is left out.
    case malformedLine
    /// A binary file ends inside a record; the records before are used.
    case truncatedRecord
    /// A record of a binary file is damaged.
    case damagedRecord
    /// Records that the log itself declares void.
    case voidRecords
    /// A file of a run holds nothing.
    case emptyFile
    /// Files of a run that say nothing new, or cannot be read, are passed over.
    case filesPassedOver
    /// Several files are taken as one run.
    case filesJoined
  }

  /// The file as it was given.
  public var file: String
  /// The line, counted from 1; 0 where the issue concerns the whole file.
  public var line: Int
  /// The column: the field's number in its row, counted from 1; 0 where it does not apply.
  public var column: Int
  /// What kind of problem it is.
  public var code: Code
  /// What is wrong and what was done about it, in words.
  public var message: String

  /// Creates an issue.
  public init(file: String, line: Int, column: Int, code: Code, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.code = code
    self.message = message
  }
}

extension LogIssue: CustomStringConvertible {
  /// `file:line:column: message`, leaving out what is 0.
  public var description: String {
    let place = [line, column].filter { $0 > 0 }.map { ":\($0)" }.joined()
    return "\(file)\(place): \(message)"
  }
}
