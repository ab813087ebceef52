import Foundation
import TrainingConfigurations

extension PublicConfiguration {
  static let others: [PublicConfiguration] = [
    PublicConfiguration(
      name: "Llama 3 8B: torchtitan, llama3_8b.toml", format: .torchtitan,
      text: """
        # a preset for 64 GPUs
        [optimizer]
        name = "AdamW"
        lr = 3e-4

        [lr_scheduler]
        warmup_steps = 200  # lr scheduler warm up

        [training]
        steps = 1000
        """,
      total: 1000,
      formula: F.torchtitan("linear", peak: 3e-4, warmup: 200, total: 1000, decay: 800, floor: 0)),
    PublicConfiguration(
      name: "DeepSeek V3 16B: torchtitan, cosine with a floor", format: .torchtitan,
      text: """
        [optimizer]
        lr = 2.2e-4
        [lr_scheduler]
        warmup_steps = 200
        decay_ratio = 0.8
        decay_type = "cosine"
        min_lr_factor = 0.1
        [training]
        steps = 10_000
        """,
      total: 10_000,
      formula: F.torchtitan(
        "cosine", peak: 2.2e-4, warmup: 200, total: 10_000, decay: 8000, floor: 0.1)),
    PublicConfiguration(
      name: "torchtitan as flags, sqrt", format: .torchtitan,
      text: """
        torchrun train.py --optimizer.lr 8e-4 --training.steps=4321 \\
          --lr_scheduler.warmup_steps 100 --lr_scheduler.decay_ratio 0.2 \\
          --lr_scheduler.decay_type sqrt
        """,
      total: 4321,
      formula: F.torchtitan("sqrt", peak: 8e-4, warmup: 100, total: 4321, decay: 864, floor: 0)),
    PublicConfiguration(
      name: "MPT 7B: llm-foundry, mpt-7b.yaml", format: .composer,
      text: """
        scheduler:
          name: cosine_with_warmup
          t_warmup: 100ba
          alpha_f: 0.1
        optimizer:
          name: decoupled_adamw
          lr: 1.2e-4
        max_duration: 63900ba  # ~ 134B tokens
        global_train_batch_size: 1024
        """,
      total: 63_900,
      formula: F.riseAndFall("cosine", peak: 1.2e-4, warmup: 100, end: 63_900, floor: 1.2e-5)),
    PublicConfiguration(
      name: "MosaicBERT: a warm-up as a part of the training", format: .composer,
      text: """
        scheduler:
          name: linear_decay_with_warmup
          t_warmup: 0.06dur
          alpha_f: 0.02
        optimizer:
          lr: 5.0e-4
        max_duration: 286720000sp
        global_train_batch_size: 4096
        """,
      total: 70_000,
      formula: F.riseAndFall("linear", peak: 5e-4, warmup: 4200, end: 70_000, floor: 1e-5)),
    PublicConfiguration(
      name: "Llama 3.1 8B fine-tuning with Mosaic's foundry", format: .composer,
      text: """
        optimizer:
          lr: 5.0e-07
          name: decoupled_lionw
        scheduler:
          name: linear_decay_with_warmup
          alpha_f: 0
          t_warmup: 10ba
        max_duration: 3ep
        """,
      facts: TrainingFacts(stepsPerEpoch: 55), total: 165,
      formula: F.riseAndFall("linear", peak: 5e-7, warmup: 10, end: 165, floor: 0)),
    PublicConfiguration(
      name: "A tiny Llama: nanotron, config_tiny_llama.yaml", format: .nanotron,
      text: """
        optimizer:
          learning_rate_scheduler:
            learning_rate: 0.0003
            lr_decay_starting_step: null
            lr_decay_steps: 13
            lr_decay_style: cosine
            lr_warmup_steps: 2
            lr_warmup_style: linear
            min_decay_lr: 1.0e-05
        tokens:
          train_steps: 15
        """,
      total: 15,
      formula: F.riseAndFall("cosine", peak: 3e-4, warmup: 2, end: 15, floor: 1e-5)),
    PublicConfiguration(
      name: "SmolLM-style: nanotron, 1-sqrt behind a stable phase", format: .nanotron,
      text: """
        optimizer:
          learning_rate_scheduler:
            learning_rate: 0.003
            lr_decay_starting_step: 480000
            lr_decay_steps: 120000
            lr_decay_style: 1-sqrt
            lr_warmup_steps: 5000
            lr_warmup_style: linear
            min_decay_lr: 0
        tokens:
          train_steps: 600000
        """,
      total: 600_000,
      formula: F.riseAndFall(
        "1-sqrt", peak: 3e-3, warmup: 5000, stable: 475_000, end: 600_000, floor: 0)),
    PublicConfiguration(
      name: "Levanter's own values", format: .levanter,
      text: """
        trainer:
          num_train_steps: 20000
        optimizer:
          learning_rate: 6E-4
          min_lr_ratio: 0.1
          lr_schedule: cosine
        """,
      total: 20_000,
      formula: F.riseAndFall("cosine", peak: 6e-4, warmup: 200, end: 20_000, floor: 6e-5)),
    PublicConfiguration(
      name: "Levanter with a decay at the end", format: .levanter,
      text: """
        trainer: {num_train_steps: 30001}
        optimizer: {learning_rate: 1e-3, warmup: 0.05, decay: 0.2, lr_schedule: linear,
          min_lr_ratio: 0.0}
        """,
      total: 30_001,
      formula: F.riseAndFall(
        "linear", peak: 1e-3, warmup: 1500, stable: 30_001 - 6000 - 1500, end: 30_001, floor: 0)),
  ]

  static let small: [PublicConfiguration] = [
    PublicConfiguration(
      name: "GPT-2 124M: nanoGPT, train.py", format: .nanoGPT,
      text: """
        learning_rate = 6e-4 # max learning rate
        max_iters = 600000 # total number of training iterations
        decay_lr = True # whether to decay the learning rate
        warmup_iters = 2000 # how many steps to warm up for
        lr_decay_iters = 600000 # should be ~= max_iters per Chinchilla
        min_lr = 6e-5
        """,
      total: 600_000,
      formula: F.nanoGPT(peak: 6e-4, warmup: 2000, decay: 600_000, floor: 6e-5)),
    PublicConfiguration(
      name: "Shakespeare by letters: nanoGPT, train_shakespeare_char.py", format: .nanoGPT,
      text: """
        batch_size = 64
        learning_rate = 1e-3 # with baby networks can afford to go a bit higher
        max_iters = 5000
        lr_decay_iters = 5000 # make equal to max_iters usually
        min_lr = 1e-4
        warmup_iters = 100
        """,
      total: 5000, formula: F.nanoGPT(peak: 1e-3, warmup: 100, decay: 5000, floor: 1e-4)),
    PublicConfiguration(
      name: "GPT-2 1558M: llm.c, run_gpt2_1558M.sh", format: .llmc,
      text: """
        while true; do
            if [ -f "$done_file" ]; then break; fi
            mpirun -np 8 ./train_gpt2cu \\
                -v 250 -s 300000 -g 384 \\
                -k "cosine" \\
                -l 0.0006 \\
                -q 0.1 \\
                -u 700 \\
                -x 32000 \\
                -e "d48"
            sleep 1
        done
        """,
      total: 32_000,
      formula: F.llmc("cosine", peak: 6e-4, warmup: 700, total: 32_000, fraction: 0.1)),
    PublicConfiguration(
      name: "GPT-2 124M with WSD: llm.c", format: .llmc,
      text: "./train_gpt2cu -l 6e-4 -u 700 -q 0.0 -k wsd -x 18865", total: 18_865,
      formula: F.llmc("wsd", peak: 6e-4, warmup: 700, total: 18_865, fraction: 0)),
    PublicConfiguration(
      name: "A flow with warmup_cosine_decay_schedule: optax", format: .optax,
      text: """
        import optax
        schedule = optax.warmup_cosine_decay_schedule(init_value=0.0,
                                                      peak_value=1.0,
                                                      warmup_steps=1000,
                                                      decay_steps=3e5,
                                                      end_value=0.1)
        optimizer = optax.adam(schedule)
        """,
      total: 300_000,
      formula: F.riseAndFall("cosine", peak: 1, warmup: 1000, end: 300_000, floor: 0.1)),
    PublicConfiguration(
      name: "join_schedules with names: optax", format: .optax,
      text: """
        LR = 3e-4
        WARMUP, total = 300, 24_000
        warm = 300
        schedule = optax.join_schedules(
            schedules=[
                optax.linear_schedule(0.0, LR, warm),
                optax.constant_schedule(LR),
                optax.linear_schedule(LR, LR / 10, transition_steps=4000),
            ],
            boundaries=[warm, 20_000],
        )
        """,
      total: 24_000,
      formula: F.riseAndFall(
        "linear", peak: 3e-4, warmup: 300, stable: 19_700, end: 24_000, floor: 3e-5)),
  ]
}
