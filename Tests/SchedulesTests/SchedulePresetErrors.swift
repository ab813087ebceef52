import Schedules
import Testing

/// What presets refuse, and where the caret stands in text that is not ASCII.
extension ScheduleErrorTests {
  static let presets: [Refusal] = [
    Refusal(
      "peak=1,wsdd:100", .unknownPhase, "wsdd",
      "item 2: unknown phase 'wsdd'; did you mean 'wsd'?"),
    Refusal(
      "peak=1,wsd:decay=10", .missingTotal, "wsd",
      "item 2: 'wsd' needs a length, as in wsd:1000, or total="),
    Refusal(
      "peak=1,total=100,decay:rest,wsd", .duplicate, "wsd",
      "item 4: 'wsd' would be the second item to take the rest; give one a length"),
    Refusal(
      "peak=1,wsd:100:deacy=10", .unknownKey, "deacy",
      "item 2: unknown key of 'wsd': 'deacy'; did you mean 'decay'?"),
    Refusal(
      "peak=1,wsd:100:total=10", .unknownKey, "total",
      "item 2: total= is a setting of the whole schedule; separate it by ',' instead of ':'"),
    Refusal(
      "peak=1,wsd:100:consine", .unknownKey, "consine",
      "item 2: unknown field 'consine'; did you mean 'cosine'?"),
    Refusal(
      "peak=1,wsd:100:decay=10:decay=20", .duplicate, "decay=20",
      "item 2: decay= is given twice in 'wsd'; keep one"),
    Refusal(
      "peak=1,wsd:100:200", .duplicate, "200",
      "item 2: 'wsd' has a second duration '200'; keep one"),
    Refusal(
      "peak=1,wsd:100:inv:sqrt:to=1", .duplicate, "sqrt",
      "item 2: 'sqrt' is a second shape in 'wsd'; keep one"),
    Refusal(
      "peak=1,noam:100:cosine", .notApplicable, "cosine",
      "item 2: the shape of 'noam' is its own; leave it out"),
    Refusal(
      "peak=1,wsd:100:quad", .notApplicable, "quad",
      "item 2: 'quad' is a warm-up's shape; 'wsd' takes the shape of its decay"),
    Refusal(
      "peak=1,wsd:100:warmup=80:decay=30", .totalMismatch, "wsd",
      "item 2: the parts of 'wsd' take 80 + 30 + 0 steps, but it has 100"),
    Refusal(
      "peak=1,wsd:100:decay=2Btok", .missingBatchSize, "2Btok",
      "item 2: '2Btok' needs tpb= (tokens per batch)"),
    Refusal(
      "peak=1,wsd:100:decay=rest", .notApplicable, "rest",
      "item 2: 'rest' is the length of an item, not of a part of a preset"),
    Refusal(
      "peak=1,wsd:100:exp", .valueOutOfRange, "wsd",
      "item 2: 'exp' cannot go to 0; give it to=, as in to=0.01x, or min="),
    Refusal(
      "peak=1,wsd:100:p=2", .notApplicable, "wsd",
      "item 2: p= belongs to the shape 'poly', not to 'linear'"),
    Refusal(
      "peak=1,total=90,sgdr:period=10:cycles=3", .totalMismatch, "90",
      "item 2: the phases sum to 30 steps but total=90; add a phase (stable:rest holds the rate) or "
        + "lower total="),
    Refusal(
      "peak=1,sgdr:period=0:cycles=3", .valueOutOfRange, "sgdr",
      "item 2: the keys of 'sgdr' come to 0 steps"),
    Refusal(
      "peak=1,sgdr:100:cycles=2.5", .valueOutOfRange, "2.5",
      "item 2: cycles= must be a whole number from 1 to 10000, not '2.5'"),
    Refusal(
      "peak=1,sgdr:100:cycles=101", .valueOutOfRange, "101",
      "item 2: cycles= makes cycles of 'sgdr' shorter than a step"),
    Refusal(
      "peak=1,sgdr:1000000:period=1", .tooManyPhases, "sgdr",
      "item 2: 'sgdr' brings the phases above the limit of 10000"),
    Refusal(
      "peak=1,step:1T:every=1", .tooManyPhases, "step",
      "item 2: 'step' brings the phases above the limit of 10000"),
    Refusal(
      "peak=1,cyclic:6000:low=0.1:up=1,cyclic:6000:low=0.1:up=1", .tooManyPhases, "cyclic",
      "item 3: 'cyclic' brings the phases above the limit of 10000"),
    Refusal(
      "peak=1,cyclic:100", .missingParameter, "cyclic",
      "item 2: 'cyclic' needs low=; for example "
        + "peak=1e-2,total=20000,cyclic:low=1e-3:up=2000:mode=triangular2"),
    Refusal(
      "peak=1,cyclic:100:low=0:up=10:mode=triangle", .valueOutOfRange, "triangle",
      "item 2: unknown mode= 'triangle'; did you mean 'triangular'?"),
    Refusal(
      "peak=1,multistep:100:milestones=30+", .emptyItem, "",
      "item 2: a part of milestones= is empty; write it as in 300+600"),
    Refusal(
      "peak=1,multistep:100:milestones=30+20", .valueOutOfRange, "20",
      "item 2: milestones must ascend and lie inside the 100 steps"),
    Refusal(
      "peak=1,wsds:periods=50+50:decay=60", .totalMismatch, "wsds",
      "item 2: period 1 of 'wsds' has 50 steps, fewer than its warm-up of 0 and its decay of 60"),
    Refusal(
      "peak=1,wsds:periods=50+50:decay=5+6+7", .valueOutOfRange, "5+6+7",
      "item 2: decay= has 3 values for 2 periods; give one, or one a period"),
    Refusal(
      "peak=1,wsds:200:periods=50+50", .totalMismatch, "50+50",
      "item 2: the periods sum to 100 steps, but 'wsds' has 200"),
    Refusal(
      "peak=1,total=100,noam:d=512:warmup=10", .notApplicable, "512",
      "item 3: 'noam' computes its peak from d= and factor=; leave them or peak= out"),
    Refusal(
      "total=100,noam:warmup=10", .missingParameter, "noam",
      "item 2: 'noam' needs d=; for example total=100k,noam:d=512:warmup=4000"),
    Refusal(
      "peak=1,stable:5,tpb=1,power-scheduler:100:batch=1", .notApplicable, "power-scheduler",
      "item 4: 'power-scheduler' counts the run's steps and must come first; its warm-up is warmup="
    ),
    Refusal(
      "peak=1,power-scheduler:100:batch=1", .missingBatchSize, "power-scheduler",
      "item 2: 'power-scheduler' needs tpb= (tokens per batch)"),
    Refusal(
      "peak=1,onecycle:100:pct=1", .valueOutOfRange, "1",
      "item 2: pct= must lie between 0 and 1, not '1'"),
    Refusal(
      "peak=1,conv=llmc,onecycle:333", .notApplicable, "llmc",
      "item 2: 'onecycle' counts updates as its framework does; leave conv= out"),
    Refusal(
      "peak=1,conv=llmc,warmup:10:1-sqrt:skip=1:of=10", .valueOutOfRange, "of=10",
      "item 3: with conv=llmc the warm-up of 'warmup' passes its end; raise of= by a step"),
    Refusal(
      "peak=1,onecycle:1", .valueOutOfRange, "onecycle",
      "item 2: one cycle needs at least two steps"),
    Refusal(
      "peak=1,onecycle:100:poly", .notApplicable, "poly",
      "item 2: 'onecycle' anneals by cosine or linear"),
    Refusal(
      "peak=1,slanted-triangular:19", .valueOutOfRange, "slanted-triangular",
      "item 2: 'slanted-triangular' is too short for its part=: the rate would fall below zero"),
    Refusal(
      "peak=1,neox-cosine:100:to=2x", .valueOutOfRange, "2x",
      "item 2: the floor to= lies above the peak"),
    Refusal(
      "peak=1,total=1000,conv=deepspeed,deepspeed-cosine:warmup=100", .notApplicable, "deepspeed",
      "item 3: 'deepspeed-cosine' counts updates as its framework does; leave conv= out"),
    Refusal(
      "conv=llmc,noam:1000:d=512:warmup=100", .notApplicable, "llmc",
      "item 1: 'noam' counts updates as its framework does; leave conv= out"),
    Refusal(
      "noam:100:warmup=10:d=5,noam:100:warmup=10:d=7", .notApplicable, "noam",
      "item 2: 'noam' has another peak than the one before it; a schedule has one"),
    Refusal(
      "peak=1,wsds:periods=1T+1T+1T", .tooManySteps, "1T",
      "item 2: the periods bring the steps above the limit of 10^12"),
    Refusal(
      "peak=1,total=1000,sgdr:period=100:mult=0.5", .valueOutOfRange, "0.5",
      "item 3: mult= makes cycles of 'sgdr' shorter than a step"),
  ]

  /// Ten thousand phases are read, written out or by a preset, and not one more.
  @Test func phasesHaveALimit() throws {
    let most = "peak=1," + Array(repeating: "stable:1", count: 10_000).joined(separator: ",")
    #expect(try Schedule(parsing: most).totalSteps == 10_000)
    for text in [most + ",stable:1", "peak=1,step:10000:every=1:gamma=0.99,stable:1"] {
      let error = #expect(throws: ScheduleError.self) { try Schedule(parsing: text) }
      #expect(error?.code == .tooManyPhases)
    }
  }

  /// Offsets count characters, not bytes.
  @Test func offsetsCountCharacters() throws {
    let error = try #require(throws: ScheduleError.self) {
      try Schedule(parsing: "peak=1,e\u{301}té:5")
    }
    #expect(error.offset == 7)
    #expect(error.length == 3)
  }
}
