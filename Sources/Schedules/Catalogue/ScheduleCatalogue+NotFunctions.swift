/// What frameworks call schedules and the step alone does not give.
extension ScheduleCatalogue {
  static let notFunctionsOfTheStep: [ScheduleCatalogueEntry] = [
    ScheduleCatalogueEntry(
      .notAFunctionOfTheStep, "plateau", elsewhere: ["ReduceLROnPlateau", "reduce_lr_on_plateau"],
      "lowers the rate when the loss stops falling",
      formula: "the rate times factor= after patience= evaluations without a better loss",
      source: "PyTorch lr_scheduler.py ReduceLROnPlateau",
      remark: "Use the logged rates, or write the drops that happened as 'multistep'."),
    ScheduleCatalogueEntry(
      .notAFunctionOfTheStep, "schedule-free", elsewhere: ["ScheduleFree"],
      "a constant rate with averaged weights", formula: "P min(1, (t + 1)/W)",
      source: "facebookresearch/schedule_free",
      remark:
        "The rate can be written (warmup, stable, conv=llmc), but the evaluated weights are an "
        + "average: laws of annealing say nothing about it."),
    ScheduleCatalogueEntry(
      .notAFunctionOfTheStep, "autolrs", elsewhere: ["AutoLRS"],
      "searches a constant rate for each stage during the run",
      source: "AutoLRS, ICLR 2021",
      remark: "What it found is a row of stable phases with at=, or the logged rates."),
    ScheduleCatalogueEntry(
      .notAFunctionOfTheStep, "fedhyper", elsewhere: ["FedHyper"],
      "follows the products of the clients' updates", source: "FedHyper, arXiv 2310.03156",
      remark: "Use the logged rates."),
    ScheduleCatalogueEntry(
      .notAFunctionOfTheStep, "refined",
      "computed from the gradient norms of a finished run",
      source: "arXiv 2310.07831; facebookresearch/adaptive_scheduling",
      remark: "'losscast schedule refine LOG' computes it from a log's gradient norms."),
    ScheduleCatalogueEntry(
      .notAFunctionOfTheStep, "exp_range", "triangles whose height falls by gamma each step",
      formula: "low + (P - low) scale gamma^t", source: "PyTorch lr_scheduler.py CyclicLR",
      remark:
        "No row of phases says it; 'cyclic' with mode=triangular2 halves the height each cycle. "
        + "Use the logged rates."),
    ScheduleCatalogueEntry(
      .notAFunctionOfTheStep, "batch-size-schedule",
      elsewhere: ["rampup-batch-size", "step_batch_size_schedule"],
      "the batch grows during the run", source: "Megatron-LM; MiniCPM; DeepSeek-V3",
      remark:
        "A larger batch acts like a lower rate, by no agreed rule. The rate over steps is that "
        + "of the log."),
  ]
}
