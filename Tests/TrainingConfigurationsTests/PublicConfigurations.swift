import Foundation
import Testing
import TrainingConfigurations

/// Settings of public runs and examples, cut down to what makes the schedule.
struct PublicConfiguration: CustomTestStringConvertible, Sendable {
  /// The run or example, and where its values are published.
  var name: String
  var format: ConfigurationFormat
  var text: String
  var facts = TrainingFacts()
  /// The number of updates.
  var total: Int
  /// The framework's formula.
  var formula: RateFormula
  var testDescription: String { name }

  typealias F = FrameworkFormulas

  /// Samples before an update of a fixed batch.
  private static func fixed(_ size: Double) -> @Sendable (Int) -> Double { { Double($0) * size } }

  static let all = megatron + huggingFace + deepSpeed + olmo + others + small

  static let megatron: [PublicConfiguration] = [
    PublicConfiguration(
      name: "BLOOM 176B: bigscience, tr11-176B-ml.slurm", format: .megatron,
      text: """
        TRAIN_SAMPLES=220_000_000  # 450B tokens
        LR_DECAY_SAMPLES=200_000_000
        LR_WARMUP_SAMPLES=183_105  # 375M tokens
        GLOBAL_BATCH_SIZE=2048
        OPTIMIZER_ARGS=" \\
            --lr 6e-5 \\
            --min-lr 6e-6 \\
            --lr-decay-style cosine \\
            --lr-decay-samples $LR_DECAY_SAMPLES \\
            --lr-warmup-samples $LR_WARMUP_SAMPLES \\
            "
        GPT_ARGS=" \\
            --rampup-batch-size 192 16 9_765_625 \\
            --global-batch-size $GLOBAL_BATCH_SIZE \\
            --train-samples $TRAIN_SAMPLES \\
            $OPTIMIZER_ARGS \\
            "
        """,
      total: 115_000,
      formula: {
        let before = F.rampedSamples(
          start: 192, increment: 16, over: 9_765_625, to: 2048, updates: 120_000)
        return F.megatron(
          "cosine", peak: 6e-5, floor: 6e-6, warmup: 183_105, decay: 200_000_000
        ) { before[$0] }
      }()),
    PublicConfiguration(
      name: "Nemotron-style 122M samples, minus_sqrt: NVIDIA's Mamba examples", format: .megatron,
      text: """
        options=" \\
            --train-samples 122070313 \\
            --lr-decay-style WSD \\
            --lr-decay-samples 122070313 \\
            --lr-warmup-samples 3051758 \\
            --lr-wsd-decay-style minus_sqrt \\
            --lr-wsd-decay-samples 24414063 \\
            --global-batch-size 1536 \\
            --lr 8e-4 \\
            --min-lr 8e-6 "
        """,
      total: 79_472,
      formula: F.megatron(
        "WSD", peak: 8e-4, floor: 8e-6, warmup: 3_051_758, decay: 122_070_313,
        wsd: ("minus_sqrt", 24_414_063), samplesBefore: fixed(1536))),
    PublicConfiguration(
      name: "A mixture of experts with WSD: Megatron-LM script", format: .megatron,
      text: """
        TRAINING_ARGS=(
            --global-batch-size 16384
            --lr 3e-4
            --min-lr 3.0e-5
            --train-iters 15000
            --lr-decay-style WSD
            --lr-wsd-decay-style linear
            --lr-wsd-decay-iters 5000
            --lr-warmup-iters 100
        )
        """,
      total: 15_000,
      formula: F.megatron(
        "WSD", peak: 3e-4, floor: 3e-5, warmup: 100, decay: 15_000, wsd: ("linear", 5000),
        samplesBefore: fixed(1))),
    PublicConfiguration(
      name: "Dragon: underscores in flags, the batch size told apart", format: .megatron,
      text: """
        TRAINING_ARGS=(
            --train-samples 12207050
            --lr 1.0e-3
            --lr-decay-style WSD
            --lr-wsd-decay-style linear
            --lr_warmup_samples 54931 # 0.0045 * train_samples
            --lr_wsd_decay_samples 1831057 # 15% of train_samples
            --lr-warmup-init 0.0
            --min-lr 0.0
        )
        """,
      facts: TrainingFacts(batchSize: 256), total: 47_683,
      formula: F.megatron(
        "WSD", peak: 1e-3, floor: 0, warmup: 54_931, decay: 12_207_050,
        wsd: ("linear", 1_831_057), samplesBefore: fixed(256))),
    PublicConfiguration(
      name: "Inverse square root with a usual value in the script", format: .megatron,
      text: """
        TRAIN_ITERS=20000
        torchrun pretrain.py \\
          --train-iters "${TRAIN_ITERS}" \\
          --lr 1e-4 \\
          --min-lr 4e-5 \\
          --lr-warmup-iters "${LR_WARMUP_ITERS:-4000}" \\
          --lr-decay-iters "${TRAIN_ITERS}" \\
          --lr-decay-style inverse-square-root
        """,
      total: 20_000,
      formula: F.megatron(
        "inverse-square-root", peak: 1e-4, floor: 4e-5, warmup: 4000, decay: 20_000,
        samplesBefore: fixed(1))),
    PublicConfiguration(
      name: "Inverse square root without a warm-up, which counts samples", format: .megatron,
      text: """
        --train-iters 5000 --lr 1e-4 --global-batch-size 128 --lr-decay-style inverse-square-root
        """,
      total: 5000,
      formula: F.megatron(
        "inverse-square-root", peak: 1e-4, floor: 0, warmup: 0, decay: 5000 * 128,
        samplesBefore: fixed(128))),
    PublicConfiguration(
      name: "GPT-3 175B example of Megatron-LM, without its ramp", format: .megatron,
      text: """
        --train-iters 500000 --lr 6.0e-5 --lr-decay-style cosine --min-lr 6.0e-6
        --lr-warmup-fraction .001 --lr-decay-iters 430000
        """,
      total: 500_000,
      formula: F.megatron(
        "cosine", peak: 6e-5, floor: 6e-6, warmup: 430, decay: 430_000, samplesBefore: fixed(1))),
    PublicConfiguration(
      name: "Megatron WSD by default: arithmetic in the script", format: .megatron,
      text: """
        TRAIN_ITERS=5000
        ARGS=(--lr 3e-4 --min-lr 3e-5 --lr-decay-style WSD --lr-warmup-fraction 0.01
          --lr-wsd-decay-iters $((TRAIN_ITERS / 10)) --train-iters $((TRAIN_ITERS)))
        """,
      total: 5000,
      formula: F.megatron(
        "WSD", peak: 3e-4, floor: 3e-5, warmup: 50, decay: 5000, wsd: ("exponential", 500),
        samplesBefore: fixed(1))),
  ]

  static let huggingFace: [PublicConfiguration] = [
    PublicConfiguration(
      name: "Zephyr 7B SFT: alignment-handbook", format: .huggingFace,
      text: """
        learning_rate: 2.0e-05
        lr_scheduler_type: cosine
        max_steps: -1
        num_train_epochs: 1
        per_device_train_batch_size: 16
        warmup_ratio: 0.1
        """,
      facts: TrainingFacts(stepsPerEpoch: 1090), total: 1090,
      formula: F.huggingFace("cosine", peak: 2e-5, warmup: 109, total: 1090)),
    PublicConfiguration(
      name: "LLaVA 1.5 fine-tuning: flags", format: .huggingFace,
      text: """
        deepspeed llava/train/train_mem.py \\
            --per_device_train_batch_size 16 \\
            --learning_rate 2e-5 \\
            --weight_decay 0. \\
            --warmup_ratio 0.03 \\
            --lr_scheduler_type "cosine" \\
            --logging_steps 1
        """,
      facts: TrainingFacts(totalSteps: 5197), total: 5197,
      formula: F.huggingFace("cosine", peak: 2e-5, warmup: 156, total: 5197)),
    PublicConfiguration(
      name: "Llama 3 LoRA SFT: LLaMA-Factory", format: .huggingFace,
      text: """
        per_device_train_batch_size: 1
        gradient_accumulation_steps: 8
        learning_rate: 1.0e-4
        num_train_epochs: 3.0
        lr_scheduler_type: cosine
        warmup_ratio: 0.1
        """,
      facts: TrainingFacts(stepsPerEpoch: 137), total: 411,
      formula: F.huggingFace("cosine", peak: 1e-4, warmup: 42, total: 411)),
    PublicConfiguration(
      name: "OpenR1 distillation: cosine_with_min_lr", format: .huggingFace,
      text: """
        learning_rate: 4.0e-05
        lr_scheduler_type: cosine_with_min_lr
        lr_scheduler_kwargs:
          min_lr_rate: 0.1
        warmup_ratio: 0.03
        num_train_epochs: 1
        """,
      facts: TrainingFacts(totalSteps: 2187), total: 2187,
      formula: F.huggingFace("cosine", peak: 4e-5, warmup: 66, total: 2187, floor: 4e-6)),
    PublicConfiguration(
      name: "transformers' own values, as JSON", format: .huggingFace,
      text: #"{"per_device_train_batch_size": 8, "max_steps": 700}"#, total: 700,
      formula: F.huggingFace("linear", peak: 5e-5, warmup: 0, total: 700)),
    PublicConfiguration(
      name: "A T5 with inverse_sqrt: code", format: .huggingFace,
      text: """
        args = TrainingArguments(
            output_dir="out", learning_rate=1e-3, lr_scheduler_type="inverse_sqrt",
            warmup_steps=10_000, max_steps=32_768,
        )
        """,
      total: 32_768,
      formula: F.huggingFace("inverse_sqrt", peak: 1e-3, warmup: 10_000, total: 32_768)),
    PublicConfiguration(
      name: "Speech projector with WSD: decay 1-sqrt", format: .huggingFace,
      text: """
        learning_rate: 2.0e-4
        max_steps: 100000
        lr_scheduler_type: warmup_stable_decay
        lr_scheduler_kwargs: {num_decay_steps: 20000, min_lr_ratio: 0.1, decay_type: 1-sqrt}
        warmup_steps: 1000
        """,
      total: 100_000,
      formula: F.huggingFaceWSD(
        "1-sqrt", peak: 2e-4, warmup: 1000, stable: 79_000, decaySteps: 20_000, ratio: 0.1)),
    PublicConfiguration(
      name: "BERT with a polynomial, from Weights & Biases' config.yaml", format: .huggingFace,
      text: """
        wandb_version: 1
        learning_rate:
          desc: null
          value: 0.0001
        lr_scheduler_type:
          value: polynomial
        max_steps: {value: 125000}
        warmup_steps: {value: 10000}
        lr_scheduler_kwargs:
          value: {power: 2.0}
        """,
      total: 125_000,
      formula: F.huggingFace(
        "polynomial", peak: 1e-4, warmup: 10_000, total: 125_000, floor: 1e-7, power: 2)),
  ]
}
