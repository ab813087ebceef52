import Foundation
import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// optax and PyTorch code, tables and syntaxes against expressions that are held elsewhere.
@Suite struct CodeImportTests {
  @Test(arguments: [
    ("constant_schedule(3e-4)", "peak=3e-4"),
    ("linear_schedule(1e-3, 0, 500)", "peak=1e-3,decay:500"),
    (
      "linear_schedule(init_value=1e-3, end_value=1e-4, transition_steps=500, transition_begin=100)",
      "peak=1e-3,stable:100,decay:500:to=0.1x"
    ),
    ("polynomial_schedule(1.0, 0.1, 2, 500)", "peak=1,poly:500:p=2:to=0.1x"),
    ("cosine_decay_schedule(2.0, 500, 0.1, exponent=2)", "peak=2,cosine:500:p=2:to=0.1x"),
    ("optax.warmup_constant_schedule(0.1, 1, 50)", "peak=1,warmup:50:at=0.1x"),
    (
      "piecewise_constant_schedule(1.0, {700: 0.316, 800: 0.31645569620253167})",
      "peak=1,stable:700,stable:100:at=0.316,stable:1:at=0.1"
    ),
    (
      "cosine_onecycle_schedule(1000, 1.0)",
      "peak=1,warmup:300:cosine:at=0.04x,cosine:700:to=4e-6"
    ),
    (
      "linear_onecycle_schedule(1000, 1.0)",
      "peak=1,warmup:300:at=0.04x,decay:550:to=0.04,decay:150:to=4e-6"
    ),
    (
      "exponential_decay(1.0, 100, 0.5, end_value=0.125)", "peak=1,exp:300:to=0.125x"
    ),
    (
      "sgdr_schedule([dict(init_value=0, peak_value=1, warmup_steps=10, decay_steps=100), "
        + "{'init_value': 0, 'peak_value': 0.5, 'warmup_steps': 10, 'decay_steps': 200}])",
      "peak=1,warmup:10,cosine:90,warmup:10:at=0:to=0.5,cosine:190"
    ),
    (
      "opt = SGD(p, lr=2 * 5e-1)\nsched = CosineAnnealingLR(opt, T_max=10 ** 2, eta_min=0.1)",
      "peak=1,cosine:100:to=0.1"
    ),
    (
      "opt = SGD(p, lr=1.0)\nMultiStepLR(opt, milestones=[30, 60], gamma=0.1)",
      "peak=1,stable:30,stable:30:at=0.1,stable:1:at=0.010000000000000002"
    ),
    ("SGD(p, lr=1.0)\nPolynomialLR(o, 40, 2.0)", "peak=1,poly:40:p=2"),
    (
      "o = AdamW(m.parameters(), lr=1.0)\nSequentialLR(o, schedulers=[LinearLR(o, 0.5, 1.0, 20), "
        + "ConstantLR(o, 1.0, 1), CosineAnnealingLR(o, 100)], milestones=[20, 60])",
      "peak=1,warmup:20:at=0.5x,stable:40,cosine:100"
    ),
    (
      "AdamW(p, lr=1.0)\nget_cosine_schedule_with_warmup(o, num_warmup_steps=10, "
        + "num_training_steps=100)", "peak=1,warmup:10,cosine:90"
    ),
  ])
  func codeIsRead(_ code: String, expression: String) throws {
    let read = try ScheduleImporter().schedule(from: code).schedule
    let expected = try Schedule(parsing: expression)
    for update in 0..<1005 {
      expectClose(
        read.learningRate(at: update), expected.learningRate(at: update), tolerance: 1e-12,
        scale: expected.peak, "update \(update): \(read)")
    }
  }

  /// gamma^t, whatever the total is.
  @Test func exponentialsNeedAnEnd() throws {
    let code = "SGD(p, lr=1.0)\nExponentialLR(o, gamma=0.99)"
    let facts = TrainingFacts(totalSteps: 500)
    let read = try ScheduleImporter(facts: facts).schedule(from: code).schedule
    for update in 0..<500 {
      expectClose(read.learningRate(at: update), pow(0.99, Double(update)), tolerance: 1e-12)
    }
    #expect(read.totalSteps == 500)
  }

  /// eta_min + (base - eta_min) (1 + cos(pi T_cur / T_i)) / 2, T_i doubling.
  @Test func restartsDouble() throws {
    let code = "SGD(p, lr=1.0)\nCosineAnnealingWarmRestarts(o, T_0=10, T_mult=2, eta_min=0.1)"
    let facts = TrainingFacts(totalSteps: 100)
    let read = try ScheduleImporter(facts: facts).schedule(from: code).schedule
    #expect(read.totalSteps == 100)
    var (begin, length) = (0, 10)
    for update in 0..<100 {
      if update == begin + length { (begin, length) = (update, 2 * length) }
      let rate = 0.1 + 0.9 * (1 + cos(.pi * Double(update - begin) / Double(length))) / 2
      expectClose(read.learningRate(at: update), rate, tolerance: 1e-12, scale: 1, "\(update)")
    }
  }

  @Test func tablesAreExactAtTheirRows() throws {
    let schedule = try Schedule(parsing: "peak=3e-4,conv=nanogpt,warmup:50,stable:300,cosine:250")
    let table = try ScheduleExporter().export(schedule, as: .csv).text
    let imported = try ScheduleImporter().schedule(from: table)
    #expect(imported.format == .csv)
    #expect(imported.schedule.totalSteps == 600)
    for update in 0..<600 {
      expectClose(
        imported.schedule.learningRate(at: update), schedule.learningRate(at: update),
        tolerance: 1e-12, scale: 3e-4, "update \(update)")
    }
    // The warm-up and the hold are one piece each.
    #expect(imported.schedule.description.hasPrefix("peak=0.0003,warmup:50:at="))
  }

  @Test func collinearRowsMakeOnePiece() throws {
    let rows = "step;lr\n0;0\n25;0.25\n50;0.5\n100;1\n150;1\n200;1\n300;0\n"
    let imported = try ScheduleImporter().schedule(from: rows)
    #expect(
      imported.schedule.description == "peak=1,warmup:100,stable:100,decay:100,stable:1")
    let every = try ScheduleExporter(every: 100).export(imported.schedule, as: .csv).text
    #expect(every == "step,learning_rate\n0,0.0\n100,1.0\n200,1.0\n300,0.0\n")
  }

  @Test func syntaxesSayTheSame() throws {
    let texts = [
      "learning_rate: 1e-3\nmax_steps: 1_000\nwarmup_steps: 1e2\n",
      "{\n\t\"learning_rate\": 1E-3,\n\t\"max_steps\": 1000, \"warmup_steps\": 100}\n",
      "base: &b\n  learning_rate: 0.001\nx: 1\nlearning_rate: 0.001\nmax_steps: 1000\nwarmup_steps: 100",
      "training_args = SFTConfig(learning_rate=1e-3, max_steps=10**3, warmup_steps=1000 // 10)",
      "args = dict(learning_rate=1e-3, max_steps=1000, warmup_steps=100)\n",
      "learning_rate = 1e-3\nsteps = 500\nmax_steps = 2 * steps\nwarmup_steps = steps / 5  # 100\n",
      "LR=0.001\nSTEPS=500\nrun --learning_rate=$LR --max_steps $(( STEPS * 2 )) --warmup_steps 100",
      "ARGS=\"--learning_rate 1e-3 \\\n --max_steps 1000\"\nrun $ARGS \\\n  --warmup_steps '100' # --max_steps 7",
      "[ -d out ] || mkdir out\n[ -n x ]\nrun --learning_rate 1e-3 --max_steps 1000 --warmup_steps 100",
      "note: built with -O2\nlearning_rate: 1e-3\nmax_steps: 1000\nwarmup_steps: 100\n",
      "learning_rate = 1e-3\nif x:\n    y = 1\nelse:\n    y = 2\nmax_steps = 1000\nwarmup_steps = 100",
      "learning_rate: float = 1e-3\nmax_steps: int = 1000\nwarmup_steps: int = 100",
      "set -x -e\ncat <<EOT > f\n{\"a\": 1}\nEOT\nA=`pwd`\nB=$(date)\n"
        + "run --learning_rate 1e-3 --max_steps 1000 --warmup_steps 100 $A 2>&1 | tee -a log",
      "learning_rate: {value: 0.001}\nmax_steps: {desc: null, value: 1000}\nwarmup_steps: {value: 100}\n",
    ]
    let expected = try Schedule(parsing: "peak=1e-3,warmup:100,decay:900")
    for text in texts {
      let read = try ScheduleImporter().schedule(from: text, format: .huggingFace).schedule
      #expect(read == expected, "\(text)")
    }
  }

  @Test func whatAFormatCannotSayIsNamed() throws {
    let schedule = try Schedule(parsing: "peak=1,warmup:10,stable:20,rex:30")
    for format in ConfigurationFormat.allCases {
      let isCode = [.expression, .csv, .pytorch, .optax].contains(format)
      do throws(ConfigurationError) {
        _ = try ScheduleExporter().export(schedule, as: format)
        #expect(isCode, "\(format)")
      } catch {
        #expect(!isCode && error.code == .notExpressible, "\(format): \(error)")
        #expect(error.message.contains("pytorch"), "\(error)")
      }
    }
  }

  /// What is assumed is said.
  @Test(arguments: [
    ("learning_rate: 1\nmax_steps: 10\n", "'linear' of transformers"),
    ("lr_scheduler_type: linear\nmax_steps: 10\n", "5e-5"),
    ("learning_rate: 1\nmax_steps: 15\nwarmup_ratio: 0.1\nmicro_batch_size: 2\n", "rounded up"),
    ("learning_rate: 1\nmax_steps: 15\nmicro_batch_size: 2\n", "axolotl"),
    ("--lr 1 --train-iters 10 --lr-warmup-fraction 0.1", "a part of the decay's length"),
    ("--lr 1 --train-iters 10", "Megatron-LM's 'linear'"),
    ("--lr 1 --train-iters 10 --lr-decay-style cosine", "ends with the training"),
    ("-l 1 -u 3 -k cosine -x 10", "means no decay"),
    ("learning_rate = 1\nwarmup_iters = 3\nmax_iters = 50\n", "lr_decay_iters, min_lr"),
    (
      "optimizer: {learning_rate: 1}\nscheduler: {t_warmup: 3}\nmax_duration: 9",
      "tenth of the peak"
    ),
    ("[optimizer]\nlr = 1\n[training]\nsteps = 300\n", "torchtitan's 200"),
    (
      "[optimizer]\nlr = 1\n[training]\nsteps = 300\n[lr_scheduler]\ndecay_ratio = 0.9\n",
      "shortened to what the warm-up leaves"
    ),
    (
      "optimizer:\n  learning_rate_scheduler: {learning_rate: 1, lr_decay_steps: 9}\n",
      "nothing decays"
    ),
    ("trainer: {num_train_steps: 200}\noptimizer: {lr_schedule: cosine}\n", "Levanter's 0.01"),
  ])
  func whatIsAssumedIsSaid(_ text: String, words: String) throws {
    let notes = try ScheduleImporter().schedule(from: text).notes
    #expect(notes.contains { $0.contains(words) }, "\(notes)")
  }
}
