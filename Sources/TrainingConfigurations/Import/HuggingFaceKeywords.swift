/// Which `lr_scheduler_kwargs` each of transformers' schedules takes.
///
/// Source: transformers 005edacb, `optimization.py`: the parameters of the functions, and
/// `get_scheduler`, which hands nothing on to the two constant ones.
enum HuggingFaceKeywords {
  private static let taken: [String: [String]] = [
    "linear": [],
    "cosine": ["num_cycles"],
    "cosine_with_restarts": ["num_cycles"],
    "polynomial": ["lr_end", "power"],
    "inverse_sqrt": ["timescale"],
    "cosine_with_min_lr": ["num_cycles", "min_lr", "min_lr_rate"],
    "cosine_warmup_with_min_lr": ["num_cycles", "min_lr", "min_lr_rate", "warmup_lr_rate"],
    "warmup_stable_decay": [
      "num_decay_steps", "num_stable_steps", "warmup_type", "decay_type", "min_lr_ratio",
      "num_cycles",
    ],
  ]

  /// Refuses what a schedule does not take; notes what transformers leaves out.
  ///
  /// - Throws: `invalid` for a keyword that the schedule's function does not have.
  static func check(
    _ reading: inout SettingsReading, type: String
  ) throws(ConfigurationError) {
    let place = "lr_scheduler_kwargs"
    guard let members = reading.settings[place]?.members, !members.isEmpty else { return }
    guard let names = taken[type] else {
      reading.note("transformers does not hand lr_scheduler_kwargs on to '\(type)'")
      return
    }
    for name in members.keys.sorted() where !names.contains(name) {
      guard reading.has("\(place).\(name)") else { continue }
      let known = names.isEmpty ? "no keywords" : names.joined(separator: ", ")
      throw ConfigurationError(
        .invalid, "'\(type)' of transformers does not take this; it takes \(known)",
        key: "\(place).\(name)", line: members[name]?.line)
    }
    if type.hasSuffix("with_min_lr"), reading.has("\(place).min_lr"),
      reading.has("\(place).min_lr_rate")
    {
      throw ConfigurationError(
        .invalid, "transformers takes only one of min_lr and min_lr_rate; remove the other",
        key: "\(place).min_lr_rate", line: members["min_lr_rate"]?.line)
    }
  }
}
