import ScalingLaws
public import TrainingLogs

extension CleaningFinding {
  /// What a fit would find in a run with its logged learning rate, all rows taken.
  ///
  /// Early rows that do not follow the law show only in a fit.
  public static func found(in run: Run) -> [CleaningFinding] {
    let logged = try? LoggedPath(run, selection: RowSelection())
    let rows = FittedRows(
      run: run, path: logged?.path, facts: .init(), selection: RowSelection(), start: 0)
    return rows.findings + [logged?.finding].compactMap { $0 }
  }
}
