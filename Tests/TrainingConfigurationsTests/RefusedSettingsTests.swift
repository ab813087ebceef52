import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// Settings that stand there and must not be passed over: read, noted or refused.
@Suite struct RefusedSettingsTests {
  private func schedule(
    _ text: String, total: Int? = nil, format: ConfigurationFormat? = nil
  ) throws -> String {
    try imported(text, total: total, format: format).schedule.description
  }

  private func imported(
    _ text: String, total: Int? = nil, format: ConfigurationFormat? = nil
  ) throws -> ImportedSchedule {
    try ScheduleImporter(facts: TrainingFacts(totalSteps: total)).schedule(
      from: text, format: format)
  }

  private func refusal(
    _ text: String, total: Int? = nil, format: ConfigurationFormat? = nil
  ) -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try ScheduleImporter(facts: TrainingFacts(totalSteps: total)).schedule(
        from: text, format: format)
      return nil
    } catch {
      return error
    }
  }

  // MARK: transformers

  @Test func keywordsAsTextAreRead() throws {
    let flags = "--learning_rate 1 --max_steps 100 --lr_scheduler_type "
    #expect(
      try schedule(flags + #"polynomial --lr_scheduler_kwargs '{"power": 2.0, "lr_end": 1e-6}'"#)
        == "peak=1,decay:100:poly:to=1e-6:p=2")
    #expect(
      try schedule(flags + #"cosine_with_restarts --lr_scheduler_kwargs '{"num_cycles": 2}'"#)
        == "peak=1,decay:50:cosine,decay:50:cosine:at=1")
    let wandb = """
      learning_rate: {desc: null, value: 1}
      max_steps: {value: 100}
      lr_scheduler_type: {value: cosine}
      lr_scheduler_kwargs: {value: "{'num_cycles': 1}"}
      """
    #expect(try schedule(wandb) == "peak=1,decay:50:cosine,warmup:50:cosine")
    let none = "learning_rate: 1\nmax_steps: 9\nlr_scheduler_kwargs: "
    #expect(try schedule(none + "\"{}\"") == "peak=1,decay:9")
    #expect(try schedule(none + "null") == "peak=1,decay:9")
  }

  @Test(arguments: ["power", "'{power: '", "\"{'power'}}\"", "[power, 2]", "5"])
  func keywordsThatAreNoTableAreRefused(_ value: String) {
    let text = "learning_rate: 1\nmax_steps: 9\nlr_scheduler_type: polynomial\n"
    let error = refusal(text + "lr_scheduler_kwargs: \(value)\n")
    #expect(error?.key == "lr_scheduler_kwargs")
    #expect(error?.line == 4)
  }

  @Test(arguments: [
    ("cosine", "min_lr_ratio: 0.1"), ("linear", "num_cycles: 2"), ("polynomial", "min_lr: 1e-5"),
    ("cosine_with_restarts", "num_cycle: 2"), ("cosine_with_min_lr", "warmup_lr_rate: 0.1"),
    ("cosine_with_min_lr", "min_lr: 0.1, min_lr_rate: 0.1"), ("inverse_sqrt", "power: 1"),
  ])
  func keywordsThatAScheduleDoesNotTakeAreRefused(_ type: String, _ keywords: String) {
    let text = "learning_rate: 1\nmax_steps: 9\nlr_scheduler_type: \(type)\n"
    let error = refusal(text + "lr_scheduler_kwargs: {\(keywords)}\n")
    #expect(error?.code == .invalid)
    #expect(error?.line == 4)
  }

  @Test func keywordsThatTransformersDropsAreNoted() throws {
    let read = try imported(
      "learning_rate: 1\nmax_steps: 9\nlr_scheduler_type: constant\n"
        + "lr_scheduler_kwargs: {power: 2}\n")
    #expect(read.schedule.description == "peak=1,stable:9")
    #expect(read.notes.contains { $0.contains("does not hand lr_scheduler_kwargs on") })
  }

  /// axolotl 067b021c, `utils/schedulers.py`: (t / W)² before the cosine.
  @Test func quadraticWarmupIsRead() throws {
    let text = "learning_rate: 1\nmax_steps: 50\nwarmup_steps: 10\nlr_quadratic_warmup: true\n"
    let read = try imported(text + "lr_scheduler: cosine\n").schedule
    #expect(read.learningRate(at: 5) == 0.25)
    #expect(read.description == "peak=1,warmup:10:quad,decay:40:cosine")
    #expect(try schedule(text + "lr_scheduler: linear\n") == "peak=1,warmup:10,decay:40")
    let both = refusal(text + "lr_scheduler: cosine\ncosine_min_lr_ratio: 0.1\n")
    #expect(both?.key == "cosine_min_lr_ratio")
  }

  // MARK: Shell

  @Test(arguments: [
    "p.py --lr 3e-4 --train-iters 1000\np.py --lr 3e-5 --train-iters 1000",
    "W=1\nif x; then W=2; fi\np.py --lr 3e-4 --train-iters 1000 --lr-warmup-iters $W",
    "W=1\nW=2\np.py --lr 3e-4 --train-iters 1000 --lr-warmup-iters ${W:-7}",
    "W=1\nW=2\np.py --lr 3e-4 --train-iters 1000 --lr-warmup-iters $((W*2))",
    "W=1\nW=2\nV=$W\np.py --lr 3e-4 --train-iters 1000 --lr-warmup-iters $V",
  ])
  func twoValuesOfOneSettingAreRefused(_ script: String) {
    let message = refusal(script, format: .megatron)?.message ?? ""
    #expect(message.contains("set twice") || message.contains("several values"))
  }

  @Test func sameValuesAndUnusedOnesAreNoConflict() throws {
    let script = """
      LR=
      LR=3e-4
      SEED=1
      SEED=2
      p.py --lr $LR --train-iters 10 --lr-decay-iters 10 --seed 1 --lr-decay-style linear
      p.py --lr $LR --train-iters 10 --lr-decay-iters 10 --seed 2 --lr-decay-style linear
      """
    #expect(try schedule(script) == "peak=0.0003,conv=megatron,decay:10")
  }

  /// Megatron-LM d98e8a64, `training/arguments.py`: "can only specify one of".
  @Test func twoWarmupsOfMegatronAreRefused() throws {
    let flags = "--lr 1 --train-iters 100 --lr-decay-style cosine --lr-warmup-fraction 0.1"
    #expect(refusal(flags + " --lr-warmup-iters 20")?.key == "lr-warmup-iters")
    #expect(
      try schedule(flags + " --lr-warmup-iters 0")
        == "peak=1,conv=megatron,warmup:10,decay:90:cosine")
  }

  // MARK: Tables

  @Test(arguments: [
    "step,loss", "iter,val_loss", "x,acc", "step,ppl", "epoch,lr", "tokens,lr", "loss,lr",
    "step,grad_norm", "step,a,b",
  ])
  func columnsOfSomethingElseAreRefused(_ header: String) {
    let error = refusal("\(header)\n0,2.7,1\n1,2.6,1\n", format: .csv)
    #expect(error?.line == 1)
    #expect(error?.message.contains("'step' and 'learning_rate'") == true)
  }

  @Test func unknownColumnsAreNoted() throws {
    let read = try imported("step,schedule\n0,1\n1,0.5\n")
    #expect(read.format == .csv)
    #expect(read.notes.contains("the column 'schedule' is taken as the learning rate"))
    let wide = try imported("loss,global_step,train/learning_rate\n2,0,1\n3,1,0.5\n", format: .csv)
    #expect(wide.schedule.learningRate(at: 1) == 0.5)
    #expect(wide.notes.contains { $0.contains("'global_step' and 'train/learning_rate'") })
    #expect(try imported("step,lr\n0,1\n1,0.5\n").notes.count == 1)
  }
}
