public import Forecasting
public enum ForecastChart {
  public struct ObservedRun {
    public init(name: String, curve: ObservedCurve) {}
  }
  public static func svg(
    title: String, observed: [ObservedRun], forecast: PredictedCurve, learningRate: ObservedCurve?,
    level: Double
  ) -> String { "" }
}
