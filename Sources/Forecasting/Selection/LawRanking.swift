/// How candidate laws did in a back-test, and which was chosen.
public struct LawRanking: Sendable, Hashable, Codable {
  /// What was kept from the fits.
  public enum Method: String, Sendable, Hashable, Codable {
    /// Each run in turn.
    case leaveOneOut = "leave-one-out"
    /// The rest of a run after a growing part of it.
    case growingPrefixes = "growing-prefixes"
  }

  /// How a law stands.
  public enum Standing: String, Sendable, Hashable, Codable {
    /// It is fitted.
    case chosen
    /// The back-test does not tell it from the best.
    case asGood = "as good"
    /// Its forecasts are worse.
    case worse
  }

  /// A law that was compared; errors are relative and over the folds compared.
  public struct Entry: Sendable, Hashable, Codable {
    /// The law.
    public var law: String
    /// How it stands.
    public var standing: Standing
    /// Mean of the folds' mean errors.
    public var meanError: Double
    /// The largest mean error of a fold.
    public var worstError: Double
    /// The run of that fold.
    public var worstRun: String
    /// The folds that the law can forecast, compared or not.
    public var folds: Int
    /// Mean difference to the best law's errors, fold by fold.
    public var difference: Double
    /// The standard error of that; nil with fewer than three folds.
    public var standardError: Double?
  }

  /// A law that was not compared.
  public struct Unranked: Sendable, Hashable, Codable {
    /// The law.
    public var law: String
    /// Why.
    public var reason: String
  }

  /// A fold.
  public struct Fold: Sendable, Hashable, Codable {
    /// The run whose rows were forecast.
    public var run: String
    /// The share of it that was fitted; nil when all of it was left out.
    public var share: Double?
    /// Whether it counts: every law that is ranked has a forecast of it.
    public var isCompared: Bool
    /// Why it does not count; nil when it does.
    public var reason: String?
  }

  /// What was kept from the fits.
  public var method: Method
  /// The law chosen.
  public var chosen: String
  /// The laws compared, best first.
  public var ranking: [Entry]
  /// The laws that could not be, in the order of the candidates.
  public var unranked: [Unranked]
  /// The folds, in order.
  public var folds: [Fold]
  /// How far the choice is to be trusted.
  public var warnings: [String]
}

extension LawRanking {
  /// Whether laws were compared at all.
  public var isComparison: Bool { ranking.count > 1 }

  /// The laws that are as good as the chosen one, best first.
  public var asGood: [String] { ranking.filter { $0.standing == .asGood }.map(\.law) }

  /// The number of folds compared.
  public var comparedFolds: Int { folds.count { $0.isCompared } }

  /// The laws in the order in which they are to be tried: the chosen one, those as good, the others.
  var preference: [String] {
    let others = ranking.filter { $0.standing == .worse }.map(\.law) + unranked.map(\.law)
    return ([chosen] + asGood + others).reduce(into: []) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  /// Says that laws are indistinguishable; nil when the chosen one is the only good one.
  public var tie: String? {
    let others = asGood
    guard let last = others.last else { return nil }
    let list = others.count == 1 ? last : others.dropLast().joined(separator: ", ") + " and " + last
    return "\(list) \(others.count == 1 ? "forecasts" : "forecast") as well as \(chosen) as far as "
      + "the back-test can tell: intervals of forecasts include how far they differ"
  }

  /// The same ranking for the case that another law had to be taken.
  func choosing(_ law: String) -> LawRanking {
    guard law != chosen else { return self }
    var result = self
    result.chosen = law
    for index in ranking.indices {
      if ranking[index].law == law {
        result.ranking[index].standing = .chosen
      } else if ranking[index].standing == .chosen {
        result.ranking[index].standing = .worse
      }
    }
    result.warnings.append("\(chosen) was chosen but cannot be fitted to all rows: \(law) is taken")
    return result
  }
}
