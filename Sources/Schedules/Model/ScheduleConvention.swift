/// Which position of the schedule an update reads, and how far into a warm-up it is.
///
/// Frameworks differ by one: update t = 0 has rate 0 with `hf`, peak / W with `llmc`,
/// peak / (W + 1) with `nanogpt`; `olmo` counts the step before it reads the schedule, `deepspeed`
/// after: its first two updates have the same rate.
package enum ScheduleConvention: String, CaseIterable, Sendable {
  /// f(t), warm-up j / W: HF transformers, PyTorch.
  case hf
  /// As `hf`: Megatron-LM.
  case megatron
  /// As `hf`: optax.
  case optax
  /// f(t), warm-up (j + 1) / W: llm.c.
  case llmc
  /// As `llmc`: torchtitan.
  case torchtitan
  /// f(t), warm-up (j + 1) / (W + 1): nanoGPT.
  case nanogpt
  /// f(t + 1), warm-up j / W: OLMo, OLMo-core.
  case olmo
  /// f(t - 1), f(0) at t = 0, warm-up j / W: DeepSpeed's WarmupLR and WarmupDecayLR.
  case deepspeed

  /// What is added to an update's index to give its position in the schedule.
  package var shift: Int {
    switch self {
    case .olmo: 1
    case .deepspeed: -1
    default: 0
    }
  }

  /// What is added to the step within a warm-up before the division.
  package var warmupNumeratorShift: Int {
    switch self {
    case .hf, .megatron, .optax, .olmo, .deepspeed: 0
    case .llmc, .torchtitan, .nanogpt: 1
    }
  }

  /// What is added to the warm-up's length before the division.
  package var warmupDenominatorShift: Int { self == .nanogpt ? 1 : 0 }
}
