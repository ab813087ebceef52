import Foundation
import Schedules
import TestSupport
import Testing
import TrainingConfigurations

/// The code that is written, executed by Python: with the torch and optax that are there, or with
/// stand-ins that have the same formulas.
@Suite struct PythonCodeTests {
  /// Every shape and every convention.
  static let expressions = [
    "peak=3e-4,total=300,warmup:30,decay:rest", "peak=3e-4,warmup:30,cosine:270:to=0.1x",
    "peak=1,conv=llmc,warmup:30,stable:200,decay:70:1-sqrt",
    "peak=1,conv=torchtitan,warmup:30,cosine:200", "peak=1,conv=nanogpt,warmup:30,cosine:200",
    "peak=1,conv=olmo,warmup:30,power:200:b=-0.51,decay:40",
    "peak=1,conv=olmo,stable:1,warmup:30:at=0.5x,cosine:100",
    "peak=1,conv=deepspeed,warmup:30:log,decay:200", "peak=2,conv=deepspeed,stable:30,decay:200",
    "peak=1,conv=llmc,warmup:30:cosine,stable:10,decay:100:mirror-cosine:to=0.1x",
    "peak=1,warmup:30:1-sqrt:at=0.2x,square:100", "peak=1,warmup:30:quad,cosine:100:p=2:k=1.5",
    "peak=1,warmup:30:const:at=0.1x,cosine-linear:100:to=0.05x",
    "peak=1,warmup:30,poly:100:p=1.5:to=0.01x", "peak=1,warmup:30,exp:100:to=0.1x,stable:9",
    "peak=1,warmup:30,mexp:100:to=0.1x", "peak=1,warmup:30,mexp:100:g=0.2",
    "peak=1,warmup:30,half-life:100:h=20:to=0.1x", "peak=1,warmup:30,inv:100:to=0.1x",
    "peak=1,warmup:30,invsqrt:100:tau=40", "peak=1,rex:100:beta=0.9", "peak=1,tanh:100",
    "peak=1,cosine:80:of=100,decay:20", "peak=1,cosine:50:skip=50",
    "peak=1,warmup:99:cosine:at=0.04x:of=98.9,cosine:234:skip=0.1:of=233.1:to=4e-6x",
    "peak=1,stable:70,stable:10:at=0.316x,stable:10:at=0.1x", "peak=3e-4,total=50",
  ]

  /// Runs Python; nil when it is not there.
  private func python(_ script: String) throws -> String? {
    let workdir = try Workdir()
    defer { workdir.remove() }
    let path = try workdir.write(script, to: "script.py")
    let output = try workdir.write("", to: "out")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", path]
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    // 127: there is no such command.
    guard process.terminationStatus != 127 else { return nil }
    #expect(process.terminationStatus == 0, "Python failed")
    return try String(contentsOfFile: output, encoding: .utf8)
  }

  private static let standIns = """
    import json, math, sys, types
    try:
        import torch
    except ImportError:
        class LambdaLR:
            def __init__(self, optimizer, function):
                self.lr_lambdas, self.base = [function], optimizer
        for name in ["torch", "torch.optim", "torch.optim.lr_scheduler"]:
            sys.modules[name] = types.ModuleType(name)
        sys.modules["torch.optim.lr_scheduler"].LambdaLR = LambdaLR
    try:
        import optax
    except ImportError:
        optax = types.ModuleType("optax")
        def linear_schedule(a, b, n):
            return lambda c: a + (b - a) * min(max(c, 0), n) / n
        def polynomial_schedule(a, b, p, n):
            return lambda c: (a - b) * (1 - min(max(c, 0), n) / n) ** p + b
        def cosine_decay_schedule(a, n, alpha=0.0, exponent=1.0):
            def rate(c):
                cosine = 0.5 * (1 + math.cos(math.pi * min(c, n) / n))
                return a * ((1 - alpha) * cosine ** exponent + alpha)
            return rate
        def join_schedules(parts, boundaries):
            def rate(c):
                begun = [b for b in boundaries if b <= c]
                return parts[len(begun)](c - (begun[-1] if begun else 0))
            return rate
        optax.constant_schedule = lambda a: lambda c: a
        optax.linear_schedule, optax.polynomial_schedule = linear_schedule, polynomial_schedule
        optax.cosine_decay_schedule, optax.join_schedules = cosine_decay_schedule, join_schedules
        sys.modules["optax"], sys.modules["jax"] = optax, types.ModuleType("jax")
        sys.modules["jax.numpy"] = sys.modules["jax"].numpy = math
    results = []

    """

  private func rates(
    as format: ConfigurationFormat, _ call: String
  ) throws -> [[Double]]? {
    var script = Self.standIns
    let encoder = JSONEncoder()
    // Python keeps the backslash of an escaped slash.
    encoder.outputFormatting = .withoutEscapingSlashes
    for expression in Self.expressions {
      let schedule = try Schedule(parsing: expression)
      let code = try ScheduleExporter().export(schedule, as: format).text
      let literal = String(decoding: try encoder.encode(code), as: UTF8.self)
      script += "scope = {}\nexec(\(literal), scope)\nresults.append(\(call))\n"
    }
    script += "print(json.dumps(results))\n"
    guard let output = try python(script) else { return nil }
    return try JSONDecoder().decode([[Double]].self, from: Data(output.utf8))
  }

  private func expectEqual(_ rates: [[Double]], tolerance: Double) throws {
    #expect(rates.count == Self.expressions.count)
    for (expression, rates) in zip(Self.expressions, rates) {
      let schedule = try Schedule(parsing: expression)
      for (update, rate) in rates.enumerated() {
        expectClose(
          rate, schedule.learningRate(at: update), tolerance: tolerance, scale: schedule.peak,
          "update \(update) of \(expression)")
      }
    }
  }

  @Test func theLambdaHasTheRates() throws {
    let call =
      "[scope['PEAK'] * scope['scheduler'](scope['PEAK']).lr_lambdas[0](t) for t in range(400)]"
    guard let rates = try rates(as: .pytorch, call) else {
      print("skipped: python3 is not installed")
      return
    }
    try expectEqual(rates, tolerance: 1e-14)
  }

  @Test func theOptaxCodeHasTheRates() throws {
    let call = "[float(scope['schedule'](t)) for t in range(400)]"
    guard let rates = try rates(as: .optax, call) else {
      print("skipped: python3 is not installed")
      return
    }
    try expectEqual(rates, tolerance: 1e-12)
  }
}
