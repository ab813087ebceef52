import Foundation

/// A formula of parameters b1, b2, … and named variables as a list of elementary operations, each
/// after its operands, evaluated with its gradient by reverse-mode differentiation.
struct Formula: Sendable {
  /// An elementary operation; operands are positions in the list.
  enum Operation: Sendable {
    case number(Double)
    case parameter(Int)
    case variable(Int)
    case negated(Int)
    case sum(Int, Int)
    case difference(Int, Int)
    case product(Int, Int)
    case quotient(Int, Int)
    case power(Int, Int)
    case call(Function, Int)
  }

  /// The functions a formula may call.
  enum Function: String, Sendable {
    case exp, log, sin, cos, atan, sqrt, abs
    /// 1 for positive arguments, else 0.
    case step
  }

  private(set) var operations: [Operation] = []
  /// Whether an operation's value depends on a parameter.
  private(set) var isVariable: [Bool] = []

  /// Working space of an evaluation, kept from row to row.
  struct Workspace {
    var values: [Double] = []
    var adjoints: [Double] = []
  }

  /// Adds an operation; returns its position.
  mutating func append(_ operation: Operation) -> Int {
    operations.append(operation)
    switch operation {
    case .number, .variable: isVariable.append(false)
    case .parameter: isVariable.append(true)
    case .negated(let u), .call(_, let u): isVariable.append(isVariable[u])
    case .sum(let u, let v), .difference(let u, let v), .product(let u, let v),
      .quotient(let u, let v), .power(let u, let v):
      isVariable.append(isVariable[u] || isVariable[v])
    }
    return operations.count - 1
  }

  /// The value; `workspace` then holds what the gradient needs.
  func value(_ parameters: [Double], _ variables: [Double], _ workspace: inout Workspace) -> Double
  {
    if workspace.values.count < operations.count {
      workspace.values = [Double](repeating: 0, count: operations.count)
      workspace.adjoints = workspace.values
    }
    for index in operations.indices {
      let value: Double
      switch operations[index] {
      case .number(let number): value = number
      case .parameter(let j): value = parameters[j]
      case .variable(let k): value = variables[k]
      case .negated(let u): value = -workspace.values[u]
      case .sum(let u, let v): value = workspace.values[u] + workspace.values[v]
      case .difference(let u, let v): value = workspace.values[u] - workspace.values[v]
      case .product(let u, let v): value = workspace.values[u] * workspace.values[v]
      case .quotient(let u, let v): value = workspace.values[u] / workspace.values[v]
      case .power(let u, let v): value = pow(workspace.values[u], workspace.values[v])
      case .call(let function, let u): value = Self.value(function, workspace.values[u])
      }
      workspace.values[index] = value
    }
    return workspace.values[operations.count - 1]
  }

  /// Adds the gradient at the point of the last `value` to `slopes`.
  func addGradient(to slopes: inout [Double], _ workspace: inout Workspace) {
    for index in operations.indices { workspace.adjoints[index] = 0 }
    workspace.adjoints[operations.count - 1] = 1
    for index in operations.indices.reversed() where isVariable[index] {
      let adjoint = workspace.adjoints[index]
      switch operations[index] {
      case .number, .variable: break
      case .parameter(let j): slopes[j] += adjoint
      case .negated(let u): workspace.adjoints[u] -= adjoint
      case .sum(let u, let v):
        workspace.adjoints[u] += adjoint
        workspace.adjoints[v] += adjoint
      case .difference(let u, let v):
        workspace.adjoints[u] += adjoint
        workspace.adjoints[v] -= adjoint
      case .product(let u, let v):
        workspace.adjoints[u] += adjoint * workspace.values[v]
        workspace.adjoints[v] += adjoint * workspace.values[u]
      case .quotient(let u, let v):
        workspace.adjoints[u] += adjoint / workspace.values[v]
        workspace.adjoints[v] -= adjoint * workspace.values[index] / workspace.values[v]
      case .power(let u, let v):
        let (base, exponent) = (workspace.values[u], workspace.values[v])
        if isVariable[u], exponent != 0 {
          workspace.adjoints[u] += adjoint * exponent * pow(base, exponent - 1)
        }
        if isVariable[v] {
          workspace.adjoints[v] += adjoint * workspace.values[index] * log(base)
        }
      case .call(let function, let u):
        let slope = Self.slope(function, at: workspace.values[u], value: workspace.values[index])
        workspace.adjoints[u] += adjoint * slope
      }
    }
  }

  private static func value(_ function: Function, _ x: Double) -> Double {
    switch function {
    case .exp: exp(x)
    case .log: log(x)
    case .sin: sin(x)
    case .cos: cos(x)
    case .atan: atan(x)
    case .sqrt: x.squareRoot()
    case .abs: abs(x)
    case .step: x > 0 ? 1 : 0
    }
  }

  private static func slope(_ function: Function, at x: Double, value: Double) -> Double {
    switch function {
    case .exp: value
    case .log: 1 / x
    case .sin: cos(x)
    case .cos: -sin(x)
    case .atan: 1 / (1 + x * x)
    case .sqrt: 0.5 / value
    case .abs: x < 0 ? -1 : 1
    case .step: 0
    }
  }
}
