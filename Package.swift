// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "losscast",
  products: [
    .executable(name: "losscast", targets: ["losscast"]),
    .library(name: "VectorMath", targets: ["VectorMath"]),
    .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
    .library(name: "LeastSquares", targets: ["LeastSquares"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "Schedules", targets: ["Schedules"]),
    .library(name: "TrainingConfigurations", targets: ["TrainingConfigurations"]),
    .library(name: "TrainingLogs", targets: ["TrainingLogs"]),
    .library(name: "ScalingLaws", targets: ["ScalingLaws"]),
    .library(name: "Forecasting", targets: ["Forecasting"]),
    .library(name: "Reports", targets: ["Reports"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // The doors to C libraries.
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke", providers: [.apt(["liblapacke-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    // Kernels in C, compiled for several instruction sets, and their Swift face.
    .target(name: "CTextScan"),
    .target(name: "CVectorMath"),
    .target(name: "VectorMath", dependencies: ["CVectorMath"]),

    // Numerics: no Foundation here.
    .target(name: "LinearAlgebra", dependencies: ["CLAPACKE"]),
    .target(
      name: "LeastSquares",
      dependencies: [
        "LinearAlgebra", "VectorMath", .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "Statistics",
      dependencies: [
        "LeastSquares", "LinearAlgebra", "VectorMath",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "Schedules",
      dependencies: [.product(name: "RealModule", package: "swift-numerics")]),
    .target(
      name: "ScalingLaws",
      dependencies: [
        "LeastSquares", "LinearAlgebra", "Schedules", "VectorMath",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),

    // Files in, forecasts and reports out.
    .target(name: "TrainingLogs", dependencies: ["CTextScan", "CZlib", "CZstd"]),
    .target(
      name: "TrainingConfigurations",
      dependencies: [
        "Schedules", .product(name: "TOMLKit", package: "TOMLKit"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Forecasting",
      dependencies: [
        "LeastSquares", "LinearAlgebra", "ScalingLaws", "Schedules", "Statistics", "TrainingLogs",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "Reports", dependencies: ["Forecasting", "TrainingLogs"]),
    .executableTarget(
      name: "losscast",
      dependencies: [
        "Forecasting", "LeastSquares", "Reports", "ScalingLaws", "Schedules",
        "TrainingConfigurations", "TrainingLogs",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["LeastSquares", "Schedules"], path: "Tests/TestSupport"),
    .testTarget(name: "VectorMathTests", dependencies: ["TestSupport", "VectorMath"]),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "TestSupport"]),
    .testTarget(
      name: "LeastSquaresTests", dependencies: ["LeastSquares", "LinearAlgebra", "TestSupport"]),
    .target(
      name: "CoverageSimulation",
      dependencies: [
        "LeastSquares", "Statistics", .product(name: "RealModule", package: "swift-numerics"),
      ],
      path: "Tests/CoverageSimulation"),
    .testTarget(
      name: "StatisticsTests",
      dependencies: [
        "CoverageSimulation", "LeastSquares", "LinearAlgebra", "Statistics", "TestSupport",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .testTarget(name: "SchedulesTests", dependencies: ["Schedules", "TestSupport"]),
    .testTarget(
      name: "TrainingConfigurationsTests",
      dependencies: ["Schedules", "TestSupport", "TrainingConfigurations"]),
    .testTarget(
      name: "TrainingLogsTests", dependencies: ["CTextScan", "TrainingLogs", "TestSupport"]),
    .testTarget(
      name: "ScalingLawsTests",
      dependencies: ["LeastSquares", "LinearAlgebra", "ScalingLaws", "Schedules", "TestSupport"]),
    .testTarget(
      name: "ForecastingTests",
      dependencies: [
        "Forecasting", "LeastSquares", "LinearAlgebra", "ScalingLaws", "Schedules", "TrainingLogs",
        "TestSupport",
      ]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Forecasting", "Reports", "TestSupport"]),
    .testTarget(name: "CommandLineTests", dependencies: ["losscast", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// Benchmarks are built only when asked for: LOSSCAST_BENCHMARKS=1 swift build -c release.
if Context.environment["LOSSCAST_BENCHMARKS"] != nil {
  package.targets += [
    .executableTarget(
      name: "FitBenchmark",
      dependencies: [
        "LeastSquares", "LinearAlgebra", "ScalingLaws", "Schedules", "VectorMath",
      ],
      path: "Tests/Benchmarks/FitBenchmark"),
    .executableTarget(
      name: "AreaBenchmark", dependencies: ["Schedules"], path: "Tests/Benchmarks/AreaBenchmark"),
    .executableTarget(
      name: "CoverageBenchmark",
      dependencies: ["CoverageSimulation", "LeastSquares", "Statistics"],
      path: "Tests/Benchmarks/CoverageBenchmark"),
    .executableTarget(
      name: "LogBenchmark", dependencies: ["TrainingLogs"], path: "Tests/Benchmarks/LogBenchmark"),
    .executableTarget(
      name: "KernelBenchmark", dependencies: ["VectorMath"],
      path: "Tests/Benchmarks/KernelBenchmark"),
  ]
}

// Targets in C take no Swift settings.
let targetsInC = ["CTextScan", "CVectorMath"]
for target in package.targets
where target.type != .system && !targetsInC.contains(target.name) {
  target.swiftSettings = [
    // SE-0335: `any` is written out.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0409: an import leaks nothing unless it says `public`.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0444: a member is visible only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
