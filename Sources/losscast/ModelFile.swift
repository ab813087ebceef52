import Forecasting
import Foundation

/// Reads model files; `fit -o` writes them.
enum ModelFile {
  static func read(_ path: String) throws -> Forecaster {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw CommandFailure(
        .inputNotFound, "\(path): no such model file; make one with losscast fit … -o \(path)")
    }
    guard !isDirectory.boolValue, let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure(.inputNotFound, "\(path): cannot be read as a model file")
    }
    let model: FittedLaw
    do {
      model = try JSONDecoder().decode(FittedLaw.self, from: data)
    } catch {
      throw CommandFailure(.unusableData, "\(path): \(explain(error)); fit the model again")
    }
    guard model.losscast == 1 else {
      throw CommandFailure(
        .unusableData,
        "\(path): the model has format version \(model.losscast), this program reads version 1")
    }
    do {
      return try Forecaster(model: model)
    } catch {
      throw CommandFailure(.unusableData, "\(path): \(error)")
    }
  }

  private static func explain(_ error: any Error) -> String {
    JSONFault.text(error).map { "not a model file of Losscast: \($0)" }
      ?? "not JSON, or cut short"
  }
}
