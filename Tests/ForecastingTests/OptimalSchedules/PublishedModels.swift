import Forecasting
import Foundation
import ScalingLaws

/// Models with given parameters, as if fitted.
enum PublishedModels {
  /// A model of a law; its covariance is diagonal, from standard errors.
  static func forecaster(
    _ law: any LossLaw, _ parameters: [Double], errors: [String: Double]? = nil,
    warmup: String = "actual", peaks: [Double] = [3e-4]
  ) throws -> Forecaster {
    let entries = zip(law.parameters, parameters).map { parameter, value in
      [
        "name": parameter.name, "value": value, "role": parameter.isLinear ? "linear" : "nonlinear",
      ] as [String: Any]
    }
    var document: [String: Any] = [
      "losscast": 1, "law": law.name, "parameters": entries,
      "objective": [
        "name": "huber-log", "width": 1e-3, "cost": 0, "termination": "converged", "iterations": 1,
      ],
      "residuals": [
        "count": 400, "rmse": 1e-3, "relativeScale": 1e-3, "autocorrelationSteps": 0,
        "effectiveCount": 400,
      ],
      "identifiability": ["weak": [String]()],
      "data": peaks.map {
        ["run": "r", "sha256": "", "rows": 400, "steps": [2160, 24000], "peak": $0] as [String: Any]
      },
      "warmup": ["area": warmup], "warnings": [String](),
    ]
    if let errors {
      let names = law.parameters.map(\.name)
      document["covariance"] = names.indices.map { row in
        names.indices.map { column -> Double in
          let error = errors[names[row]] ?? 0
          return row == column ? error * error : 0
        }
      }
    }
    let data = try JSONSerialization.data(withJSONObject: document)
    return try Forecaster(model: JSONDecoder().decode(FittedLaw.self, from: data))
  }

  /// Parameters of the code published with arXiv 2503.12811, in its README: L0, A, B, α, C, β, γ.
  static let repository = [
    "25M": [3.0405, 0.5247, 363.79, 0.5079, 2.0656, 0.5828, 0.6414],
    "100M": [2.6514, 0.6012, 437.95, 0.4530, 2.1325, 0.5979, 0.6552],
    "400M": [2.3747, 0.6542, 523.42, 0.4288, 2.0246, 0.5935, 0.6347],
  ]

  /// Parameters such as fits of the noise-floor law to runs of 24,000 steps give.
  static let noiseFloor = [
    2.6, 40, 0.25, 0, 0, 0.55, 0.65, 0.75, 0.006, 0.2, 0.5, 3e-4,
  ]
}
