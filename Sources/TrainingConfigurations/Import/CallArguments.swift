/// The arguments of a call by name, as the function declares them.
struct CallArguments {
  let call: PythonCall
  private let parameters: [String]

  /// Matches a call with a function's parameters.
  ///
  /// - Throws: `invalid` for an argument that the function does not have.
  init(_ call: PythonCall, _ parameters: [String]) throws(ConfigurationError) {
    self.call = call
    self.parameters = parameters
    if call.positional.count > parameters.count {
      throw ConfigurationError(
        .invalid, "\(call.name)() takes at most \(parameters.count) arguments", key: call.name,
        line: call.line)
    }
    if let name = call.named.keys.sorted().first(where: { !parameters.contains($0) }) {
      throw ConfigurationError(
        .invalid,
        "\(call.name)() has no argument '\(name)'; it has "
          + parameters.joined(separator: ", "), key: name, line: call.line)
    }
  }

  /// The value of a parameter; nil when it is not given, or None.
  subscript(name: String) -> PythonExpression? {
    let position = parameters.firstIndex(of: name).flatMap {
      $0 < call.positional.count ? call.positional[$0] : nil
    }
    let value = call.named[name] ?? position
    return value == .unknown("None") ? nil : value
  }

  /// A finite number; nil when it is not given.
  func number(_ name: String) throws(ConfigurationError) -> Double? {
    guard let value = self[name] else { return nil }
    guard case .number(let number) = value, number.isFinite else {
      let shown = if case .unknown(let code) = value { "'\(code)'" } else { "something else" }
      throw fault(name, "this must be a number, not \(shown); write its value")
    }
    return number
  }

  /// A number that must be there.
  func required(_ name: String) throws(ConfigurationError) -> Double {
    guard let value = try number(name) else {
      throw ConfigurationError(
        .missing, "\(call.name)() needs it", key: name, line: call.line)
    }
    return value
  }

  /// A number of steps, at least 0.
  func steps(_ name: String) throws(ConfigurationError) -> Double {
    let value = try required(name)
    guard value >= 0, value <= 1e12 else { throw fault(name, "must be from 0 to 10^12") }
    return value
  }

  /// A learning rate, at least 0.
  func rate(_ name: String) throws(ConfigurationError) -> Double {
    let value = try required(name)
    guard value >= 0 else { throw fault(name, "must not be negative") }
    return value
  }

  /// A list.
  func list(_ name: String) throws(ConfigurationError) -> [PythonExpression] {
    guard case .list(let values)? = self[name] else { throw fault(name, "must be a list") }
    return values
  }

  /// A list of numbers, at least 0 and rising.
  func rising(_ name: String) throws(ConfigurationError) -> [Double] {
    var numbers: [Double] = []
    for value in try list(name) {
      guard case .number(let number) = value, number.isFinite, number >= numbers.last ?? 0 else {
        throw fault(name, "must be rising numbers from 0")
      }
      numbers.append(number)
    }
    return numbers
  }

  /// An error about one argument.
  func fault(_ name: String, _ message: String) -> ConfigurationError {
    ConfigurationError(
      .invalid, "\(call.name)(): \(message)", key: name, line: call.line)
  }
}
