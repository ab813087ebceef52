import Foundation
import TrainingConfigurations

extension PublicConfiguration {
  static let deepSpeed: [PublicConfiguration] = [
    PublicConfiguration(
      name: "GPT-3 size with ZeRO 3: the log warm-up", format: .deepSpeed,
      text: """
        {"optimizer": {"type": "AdamW", "params": {"lr": 6e-5}},
         "scheduler": {"type": "WarmupDecayLR", "params": {
           "total_num_steps": 300000, "warmup_min_lr": 0, "warmup_max_lr": 6e-5,
           "warmup_num_steps": 2000}},
         "zero_optimization": {"stage": 3}}
        """,
      total: 300_000,
      formula: F.deepSpeed(peak: 6e-5, floor: 0, warmup: 2000, total: 300_000, type: "log")),
    PublicConfiguration(
      name: "Lightning's test of the linear warm-up", format: .deepSpeed,
      text: """
        {"scheduler": {"type": "WarmupDecayLR", "params": {"warmup_min_lr": 0.02,
          "warmup_max_lr": 0.05, "warmup_num_steps": 4, "total_num_steps" : 8,
          "warmup_type": "linear"}}}
        """,
      total: 8,
      formula: F.deepSpeed(peak: 0.05, floor: 0.02, warmup: 4, total: 8, type: "linear")),
    PublicConfiguration(
      name: "WarmupLR of the documentation", format: .deepSpeed,
      text: """
        {"scheduler": {"type": "WarmupLR", "params": {"warmup_min_lr": 0, "warmup_max_lr": 0.001,
          "warmup_num_steps": 1000}}}
        """,
      facts: TrainingFacts(totalSteps: 5000), total: 5000,
      formula: F.deepSpeed(peak: 1e-3, floor: 0, warmup: 1000, total: nil, type: "log")),
    PublicConfiguration(
      name: "WarmupCosineLR with a floor of a tenth", format: .deepSpeed,
      text: """
        {"optimizer": {"type": "AdamW", "params": {"lr": 3e-4, "weight_decay": 0.1}},
         "scheduler": {"type": "WarmupCosineLR", "params": {"warmup_min_ratio": 0.0,
           "warmup_num_steps": 500, "total_num_steps": 20000, "cos_min_ratio": 0.1,
           "warmup_type": "linear"}}}
        """,
      total: 20_000,
      formula: F.deepSpeedCosine(
        peak: 3e-4, ratio: 0.1, warmup: 500, total: 20_000, type: "linear")),
  ]

  static let olmo: [PublicConfiguration] = [
    PublicConfiguration(
      name: "OLMo 2 7B, stage 1: OLMo2-7B-stage1.yaml", format: .olmo,
      text: """
        model:
          max_sequence_length: 4096
        optimizer:
          learning_rate: 3.0e-4
        scheduler:
          name: cosine_with_warmup
          units: tokens
          t_warmup: 8388608000
          t_max: 5e12
          alpha_f: 0.1
          warmup_min_lr: 0.0
        max_duration: 1ep
        global_train_batch_size: 1024
        """,
      facts: TrainingFacts(totalSteps: 928_646), total: 928_646,
      formula: F.olmo(
        "cosine", peak: 3e-4, warmup: 8_388_608_000, total: 5e12, alpha: 0.1, start: 0,
        perStep: 1024 * 4096)),
    PublicConfiguration(
      name: "OLMo 2 7B, stage 2: OLMo2-7B-stage2-seed42.yaml", format: .olmo,
      text: """
        model:
          max_sequence_length: 4096
        optimizer:
          learning_rate: 0.000061499
        scheduler:
          name: linear_with_warmup
          t_warmup: 0
          alpha_f: 0
        max_duration: 50e9T
        global_train_batch_size: 1024
        """,
      total: 11_921,
      formula: F.olmo(
        "linear", peak: 0.000061499, warmup: 0, total: 11_921, alpha: 0, start: 0)),
    PublicConfiguration(
      name: "OLMo without a warm-up's start: a tenth of the peak", format: .olmo,
      text: """
        optimizer: {name: adamw, learning_rate: 4.0e-4}
        scheduler: {name: cosine_with_warmup, units: steps, t_warmup: 2000, alpha_f: 0.1}
        max_duration: 739328
        """,
      total: 739_328,
      formula: F.olmo(
        "cosine", peak: 4e-4, warmup: 2000, total: 739_328, alpha: 0.1, start: 4e-5)),
    PublicConfiguration(
      name: "OLMo-core: CosWithWarmup", format: .olmoCore,
      text: """
        {"train_module": {"optim": {"lr": 4e-4}, "scheduler": {
          "_CLASS_": "olmo_core.optim.scheduler.CosWithWarmup", "warmup_steps": 2000}}}
        """,
      facts: TrainingFacts(totalSteps: 50_000), total: 50_000,
      formula: F.olmo(
        "cosine", peak: 4e-4, warmup: 2000, total: 50_000, alpha: 0.1, start: 0)),
  ]
}
