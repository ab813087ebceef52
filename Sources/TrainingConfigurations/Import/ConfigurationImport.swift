/// How the settings of one framework make a schedule.
protocol ConfigurationImport {
  /// Settings that tell the framework from others, as paths.
  static var tellingSettings: [String] { get }
  /// Settings one of which is always there; empty where none is.
  static var requiredSettings: [String] { get }

  /// The schedule of the settings.
  ///
  /// - Throws: `missing`, `invalid` or `notSupported`, with the setting at fault.
  static func sketch(
    from reading: inout SettingsReading
  ) throws(ConfigurationError) -> ScheduleSketch
}

extension ConfigurationImport {
  static var requiredSettings: [String] { [] }
}
