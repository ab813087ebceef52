import Schedules
import TestSupport
import Testing

/// What is refused, with which words, and where the caret stands.
@Suite struct ScheduleErrorTests {
  struct Refusal: CustomTestStringConvertible, Sendable {
    let text: String
    let code: ScheduleError.Code
    /// The text that the caret line marks; empty where something is missing.
    let marked: String
    let message: String
    var testDescription: String { text }

    init(_ text: String, _ code: ScheduleError.Code, _ marked: String, _ message: String) {
      self.text = text
      self.code = code
      self.marked = marked
      self.message = message
    }
  }

  static let specified: [Refusal] = [
    Refusal(
      "warmup:300", .missingPeak, "", "peak= is missing; write the highest rate, as in peak=3e-4"),
    Refusal(
      "peak=1,decay:rest", .missingTotal, "rest",
      "item 2: 'rest' needs total=, the length of the whole schedule"),
    Refusal(
      "peak=1,wamup:10", .unknownPhase, "wamup",
      "item 2: unknown phase 'wamup'; did you mean 'warmup'?"),
    Refusal(
      "peak=1,stable:10,decay:10:exp:to=0", .valueOutOfRange, "to=0",
      "item 3: 'exp' cannot go to 0; give it to=, as in to=0.01x, or min="),
    Refusal(
      "peak=1,decay:10:consine", .unknownShape, "consine",
      "item 2: unknown shape 'consine'; did you mean 'cosine'?"),
    Refusal(
      "peak=1,warmup:10%", .missingTotal, "10%",
      "item 2: '10%' needs total=, the length of the whole schedule"),
    Refusal(
      "peak=1,stable:2Btok", .missingBatchSize, "2Btok",
      "item 2: '2Btok' needs tpb= (tokens per batch)"),
    Refusal(
      "from=last,peak=1.5e-4,total=10000,warmup:1%:at=3e-5,cosine:rest:to=1.5e-5", .needsRun,
      "last",
      "item 1: from= branches off a run; name its log, with --log in 'schedule show' and "
        + "--continue in 'predict', or write the phases from step 0"),
  ]

  static let names: [Refusal] = [
    Refusal(
      "peek=1", .unknownSetting, "peek", "item 1: unknown setting 'peek'; did you mean 'peak'?"),
    Refusal(
      "peak=1,totla=3", .unknownSetting, "totla",
      "item 2: unknown setting 'totla'; did you mean 'total'?"),
    Refusal(
      "peak=1,seed=3", .unknownSetting, "seed",
      "item 2: unknown setting 'seed'; valid: peak, total, min, conv, tpb, spb, spe, from"),
    Refusal(
      "peak=1,to=0", .unknownSetting, "to",
      "item 2: to= belongs to a phase; join it to one with ':', as in decay:1000:to=..."),
    Refusal(
      "peak:1", .unknownPhase, "peak", "item 1: unknown phase 'peak'; a setting is written peak=..."
    ),
    Refusal(
      "peak=1,decay:10:too=0", .unknownKey, "too",
      "item 2: unknown key 'too'; did you mean 'to'?"),
    Refusal(
      "peak=1,decay:10:min=0", .unknownKey, "min",
      "item 2: min= is a setting of the whole schedule; separate it by ',' instead of ':'"),
    Refusal(
      "peak=1,decay:10:1-sqr", .unknownShape, "1-sqr",
      "item 2: unknown shape '1-sqr'; did you mean '1-sqrt'?"),
    Refusal(
      "peak=1,conv=megatorn", .unknownConvention, "megatorn",
      "item 2: unknown convention 'megatorn'; did you mean 'megatron'?"),
    Refusal(
      "peak=1,Cosine:10", .unknownPhase, "Cosine",
      "item 2: unknown phase 'Cosine'; did you mean 'cosine'?"),
  ]

  static let numbers: [Refusal] = [
    Refusal(
      "peak=0,stable:10", .zeroRate, "0",
      "item 1: peak=0 makes the learning rate zero at every step"),
    Refusal(
      "peak=-1", .valueOutOfRange, "-1", "item 1: peak= must be positive and finite, not -1"),
    Refusal("peak=inf", .malformedNumber, "inf", "item 1: peak= needs a number, not 'inf'"),
    Refusal("peak=nan", .malformedNumber, "nan", "item 1: peak= needs a number, not 'nan'"),
    Refusal("peak=0x1p3", .malformedNumber, "0x1p3", "item 1: peak= needs a number, not '0x1p3'"),
    Refusal("peak=1e999", .valueOutOfRange, "1e999", "item 1: peak= must be finite, not '1e999'"),
    Refusal("peak=", .malformedNumber, "", "item 1: peak= needs a number, not ''"),
    Refusal(
      "peak=1,decay:10:to=-0.1", .valueOutOfRange, "-0.1",
      "item 2: to= must be finite and not negative, not '-0.1'"),
    Refusal(
      "peak=1,decay:10:to=half", .malformedNumber, "half",
      "item 2: to= needs a learning rate (3e-5) or a multiple of the peak (0.1x), not 'half'"),
    Refusal(
      "peak=1e300,decay:10:at=1e300x", .valueOutOfRange, "at=1e300x",
      "item 2: 'at=1e300x' is beyond the range of numbers"),
    Refusal(
      "peak=1e300,min=1e300x,stable:5", .valueOutOfRange, "1e300x",
      "item 2: '1e300x' is beyond the range of numbers"),
    Refusal(
      "peak=1e-300,inv:10:to=1e300", .valueOutOfRange, "inv",
      "item 2: the rates at the ends of 'inv' are too far apart"),
    Refusal(
      "peak=1,stable:0", .valueOutOfRange, "0",
      "item 2: a duration must be positive and finite, not 0"),
    Refusal(
      "peak=1,stable:-5", .valueOutOfRange, "-5",
      "item 2: a duration must be positive and finite, not -5"),
    Refusal(
      "peak=1,stable:1.5", .valueOutOfRange, "1.5", "item 2: '1.5' is not a whole number of steps"),
    Refusal(
      "peak=1,total=10,warmup:1%,stable:rest", .valueOutOfRange, "1%",
      "item 3: '1%' comes to 0 steps; give at least one, or leave the phase out"),
    Refusal(
      "peak=1,stable:5min", .malformedNumber, "5min",
      "item 2: unknown unit 'min' in '5min'; use k, M, B (= G) or T, then st, tok, sp or ep; or %"),
    Refusal(
      "peak=1,total=5%", .notApplicable, "5%",
      "item 2: total= needs a length of its own, not '5%'"),
    Refusal(
      "peak=1,total=soon", .malformedNumber, "soon",
      "item 2: 'soon' is not a duration; write steps (300, 20k), a part (10%), or rest"),
    Refusal(
      "peak=1,tpb=4Mtok,stable:5", .malformedNumber, "4Mtok",
      "item 2: tpb= needs a number, not '4Mtok'"),
    Refusal(
      "peak=1,stable:2T", .tooManySteps, "2T",
      "item 2: '2T' brings the steps above the limit of 10^12"),
    Refusal(
      "peak=1,stable:1e308T", .tooManySteps, "1e308T",
      "item 2: '1e308T' brings the steps above the limit of 10^12"),
    Refusal(
      "peak=1,stable:1T,decay:1", .tooManySteps, "1",
      "item 3: '1' brings the steps above the limit of 10^12"),
    Refusal(
      "peak=1,poly:10:p=0", .valueOutOfRange, "p=0",
      "item 2: p= must be positive and finite, not 0"),
    Refusal(
      "peak=1,rex:10:beta=1", .valueOutOfRange, "beta=1",
      "item 2: beta= must be below 1, not 1"),
    Refusal(
      "peak=1,warmup:5,power:10:b=0.5", .valueOutOfRange, "b=0.5",
      "item 3: b= must be negative for the rate to fall, not 0.5"),
    Refusal(
      "peak=1,tanh:10:ub=-8", .valueOutOfRange, "ub=-8",
      "item 2: lb= must be below ub=; they are -7 and -8"),
    Refusal(
      "peak=1,stable:10:at=0", .zeroRate, "stable",
      "item 2: every phase holds the learning rate at zero; change at= or to="),
  ]

  static let structure: [Refusal] = [
    Refusal(
      "", .emptyText, "",
      "the schedule is empty; write at least a peak, such as peak=3e-4,stable:1000"),
    Refusal(
      " \n", .emptyText, "",
      "the schedule is empty; write at least a peak, such as peak=3e-4,stable:1000"),
    Refusal(
      "peak=1,,stable:5", .emptyItem, "",
      "item 2: nothing stands here; remove the extra separator"),
    Refusal("peak=1,", .emptyItem, "", "item 2: nothing stands here; remove the extra separator"),
    Refusal("peak=1,stable::5", .emptyItem, "", "item 2: a field is empty; remove the extra ':'"),
    Refusal("peak=1,stable:5:", .emptyItem, "", "item 2: a field is empty; remove the ':'"),
    Refusal("peak=1,stable()", .emptyItem, "", "item 2: a field is empty; remove the extra ')'"),
    Refusal(
      "peak=1,stable(5", .misplacedParenthesis, "(", "item 2: '(' is never closed"),
    Refusal("peak=1,stable:5)", .misplacedParenthesis, ")", "item 2: ')' closes nothing"),
    Refusal("peak=1,stable(decay(5))", .misplacedParenthesis, "(", "item 2: '(' inside '('"),
    Refusal(
      "peak=1,(5)", .misplacedParenthesis, "(",
      "item 2: '(' needs a name before it, as in stable(1000)"),
    Refusal(
      "peak=1,stable(5)at=1", .misplacedParenthesis, "a", "item 2: expected ':' or ',' after ')'"),
    Refusal(
      "peak=1,peak=2", .duplicate, "peak=2", "item 2: peak= is given twice; keep one of them"),
    Refusal(
      "peak=1,stable:5:6", .duplicate, "6", "item 2: 'stable' has a second duration '6'; keep one"),
    Refusal(
      "peak=1,cosine:5:linear", .duplicate, "linear",
      "item 2: 'linear' is a second shape in 'cosine'; keep one"),
    Refusal(
      "peak=1,cosine:5:to=0:to=1", .duplicate, "to=1",
      "item 2: to= is given twice in 'cosine'; keep one"),
    Refusal(
      "peak=1,total=9,stable:rest,decay:rest", .duplicate, "rest",
      "item 4: rest is given twice; give one of the phases a length"),
    Refusal(
      "peak=1,decay", .missingDuration, "decay",
      "item 2: 'decay' has no duration; write one, as in decay:1000"),
    Refusal(
      "peak=1,half-life:10", .missingParameter, "half-life",
      "item 2: 'half-life' needs h=, the steps of one halving"),
    Refusal(
      "peak=1:stable:5", .notApplicable, "stable",
      "item 1: 'stable' follows the setting peak=; separate items by ','"),
  ]

  static let mismatches: [Refusal] = [
    Refusal(
      "peak=1,total=1000,warmup:100,decay:800", .totalMismatch, "1000",
      "item 2: the phases sum to 100 + 800 = 900 steps but total=1000; add a phase (stable:rest "
        + "holds the rate) or lower total="),
    Refusal(
      "peak=1,total=500,stable:600", .totalMismatch, "500",
      "item 2: the phases sum to 600 steps but total=500; shorten a phase (or give it rest) or "
        + "raise total="),
    Refusal(
      "peak=1,total=500,warmup:100,stable:400,decay:rest", .totalMismatch, "rest",
      "item 5: nothing is left for rest: the other phases take 100 + 400 = 500 steps of total=500"),
    Refusal(
      "peak=1,warmup:10:exp", .notApplicable, "exp",
      "item 2: 'exp' is no warm-up's shape; a warm-up takes linear, cosine, 1-sqrt, "
        + "const, quad, log"),
    Refusal(
      "peak=1,quad:10", .notApplicable, "quad",
      "item 2: 'quad' is a warm-up's shape; write warmup:1000:quad"),
    Refusal(
      "peak=1,decay:10:log", .notApplicable, "log",
      "item 2: 'log' is a warm-up's shape; write warmup:1000:log"),
    Refusal(
      "peak=1,stable:10:cosine", .notApplicable, "cosine",
      "item 2: a stable phase has no shape; write decay:1000:cosine"),
    Refusal(
      "peak=1,stable:10:to=0", .notApplicable, "to=0",
      "item 2: a stable phase holds its rate, so to= does not apply; at= makes it hold another one"),
    Refusal(
      "peak=1,invsqrt:10:of=20", .notApplicable, "of=20",
      "item 2: 'invsqrt' has no end, so of= does not apply"),
    Refusal(
      "peak=1,stable:10:skip=2", .notApplicable, "skip=2",
      "item 2: skip= takes a part of a shape, and this phase has none"),
    Refusal(
      "peak=1,cosine:10:of=8", .valueOutOfRange, "of=8",
      "item 2: of= must be at least the phase's own steps with those of skip=, less one, not "
        + "'of=8'"),
    Refusal(
      "peak=1,mexp:10:g=1", .valueOutOfRange, "g=1",
      "item 2: g= must be between 0 and 1, not 1; near 1 it is linear"),
    Refusal(
      "peak=1,square:10:p=2", .notApplicable, "p=2",
      "item 2: p= belongs to the shape 'poly', not to 'square'"),
    Refusal(
      "peak=1,power:10", .notApplicable, "power",
      "item 2: 'power' scales with the run's step and cannot begin at step 0; put a warm-up before "
        + "it"),
    Refusal(
      "peak=1,inv:10", .valueOutOfRange, "inv",
      "item 2: 'inv' cannot go to 0; give it to=, as in to=0.01x, or min="),
    Refusal(
      "peak=1,decay:10,exp:10:to=1", .valueOutOfRange, "exp",
      "item 3: 'exp' cannot go from 0; give it at="),
  ]

  static let all = specified + names + numbers + structure + mismatches + presets

  @Test(arguments: all)
  func refusalSaysWhatAndWhere(_ refusal: Refusal) throws {
    let error = try #require(throws: ScheduleError.self) { try Schedule(parsing: refusal.text) }
    #expect(error.code == refusal.code)
    #expect(error.message == refusal.message)
    let place = refusal.text.dropFirst(error.offset).prefix(error.length)
    #expect(String(place) == refusal.marked)
    #expect(error.text == refusal.text)
  }

  @Test func everyCodeIsReached() {
    let reached = (Self.all + ScheduleBranchTests.refusals).map(\.code) + [.outsideRun]
    #expect(Set(reached) == Set(ScheduleError.Code.allCases))
  }

  @Test func descriptionPutsACaretUnderThePlace() throws {
    let error = try #require(throws: ScheduleError.self) {
      try Schedule(parsing: "peak=1,\twamup:10")
    }
    #expect(
      error.description == """
        item 2: unknown phase 'wamup'; did you mean 'warmup'?
          peak=1, wamup:10
                  ^~~~~
        """)
    #expect(error.item == 1)
    #expect(error.offset == 8)
    #expect(error.length == 5)
  }
}
