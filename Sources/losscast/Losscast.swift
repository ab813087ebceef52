import ArgumentParser

@main
struct Losscast: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "losscast", abstract: "Fit loss curves and forecast where a run will end.")
}
